import { useEffect, useRef } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import type { CaseView } from '../types.ts'
import { stepWords, wordsOr } from '../words.ts'
import type { CaseState } from './use-case.ts'
import { differencesOf } from './versions.ts'

type Stale = NonNullable<CaseState['stale']>

/** Somebody else changed the case meanwhile: what, when, and that nothing typed is lost. */
function StaleNotice({ stale, now }: { stale: Stale; now: CaseView | undefined }) {
  const differences = now === undefined ? [] : differencesOf(stale.seen, now)
  return (
    <Notice kind="warn" title={t('console:stale.title')}>
      <ul>
        {stale.steps.map((step, i) => (
          <li key={i}>
            {stepWords(step.move, step.state)} · {wordsOr(`console:by.${step.by}`, step.by)} ·{' '}
            {formatDateTime(new Date(step.at))}
          </li>
        ))}
      </ul>
      {differences.length > 0 && (
        <table class="desk-versions">
          <thead>
            <tr>
              <td />
              <th scope="col">{t('console:stale.seen')}</th>
              <th scope="col">{t('console:stale.now')}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ name, before, after }) => (
              <tr key={name}>
                <th scope="row">{t(`console:stale.field.${name}`)}</th>
                <td>{before}</td>
                <td>{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>{t('console:stale.todo')}</p>
    </Notice>
  )
}

/** What went wrong with the last move. Shown in the sheet where it was made, else on the page; brought into sight. */
export function MoveNotices({ state }: { state: CaseState }) {
  const ref = useRef<HTMLDivElement>(null)
  const { stale, problem } = state
  useEffect(() => {
    if (stale !== undefined || problem !== undefined)
      ref.current?.scrollIntoView({ block: 'center' })
  }, [stale, problem])
  return (
    <div ref={ref} class="desk-notices">
      {stale && <StaleNotice stale={stale} now={state.incident} />}
      {problem !== undefined && <ProblemNotice problem={problem} />}
    </div>
  )
}
