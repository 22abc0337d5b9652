import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import { useLoad } from '../../shared/use-load.ts'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { readList } from '../calls.ts'
import type { Filters } from '../desk-location.ts'
import type { View } from '../types.ts'
import { agoWords, categoryWords, stateWords } from '../words.ts'

const LISTED = 20

/** The cases of the window as a list: the same without a map. */
export function WindowList({ view, filters }: { view: Exclude<View, 'inbox'>; filters: Filters }) {
  const [loaded, retry] = useLoad(JSON.stringify([view, filters]), () => readList(view, filters))
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  if (loaded.state !== 'ready') return null
  const cases = loaded.data.items.flatMap((item) =>
    item.source === 'case' || item.source === 'notice' ? [item] : [],
  )
  const now = new Date()
  return (
    <section class="desk-section" aria-labelledby="window-title">
      <h2 id="window-title">{t('console:map.in_window')}</h2>
      {cases.length === 0 && <p class="muted">{t('console:map.none')}</p>}
      <ul class="stack tight">
        {cases.slice(0, LISTED).map((item) => (
          <li key={item.id}>
            <Link href={`/case/${item.id}`}>
              {categoryWords(item.category)}, {item.publicCode}
            </Link>{' '}
            <span class="muted small">
              {item.hamletName ?? item.place} · {stateWords(item.state)} ·{' '}
              {agoWords(item.createdAt, now)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
