import './words.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDate } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import {
  dropMisread,
  explainedUrl,
  explainMisread,
  listMisread,
  type Misread,
  type MisreadList,
  type MisreadState,
} from './calls.ts'
import { Meaning, meaningText } from './meaning.tsx'

const STATES: readonly MisreadState[] = ['open', 'explained']

/** Messages that Loa did not understand, of nobody: an official says what they meant, and Loa can learn from it. */
export function WordsPage() {
  const [state, setState] = useState<MisreadState>('open')
  const [list, setList] = useState<MisreadList>()
  const { problem, isBusy, run } = useWork()
  const load = () => run(async () => setList(await listMisread(state)))
  useEffect(() => {
    setList(undefined)
    void load()
  }, [state])
  const settled = (work: Promise<void>) => run(() => work).then((isDone) => isDone && load())
  return (
    <div class="desk-narrow stack">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('desk:words.title')}</h1>
      <p class="muted">{t('desk:words.text')}</p>
      <div class="words-bar">
        {STATES.map((one) => (
          <button
            key={one}
            type="button"
            class={one === state ? 'button primary' : 'button secondary'}
            aria-pressed={one === state}
            onClick={() => setState(one)}
          >
            {t(one === 'open' ? 'desk:words.open' : 'desk:words.explained')}
          </button>
        ))}
        <a href={explainedUrl()} download="loa-words.txt">
          {t('desk:words.download')}
        </a>
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void load()} />}
      {list === undefined && problem === undefined && <Skeleton />}
      {list?.items.length === 0 && <p>{t('desk:words.none')}</p>}
      {list !== undefined && list.open > 0 && (
        <p class="muted">{t('desk:words.count', { count: list.open })}</p>
      )}
      <ul class="words-list">
        {list?.items.map((item) => (
          <li key={item.id} class="card stack">
            <p class="desk-strong" lang={item.language}>
              {item.words}
            </p>
            <p class="muted small">{factsText(item)}</p>
            <Meaning
              item={item}
              intents={list.intents}
              categories={list.categories}
              isBusy={isBusy}
              onSave={(intent, category) => void settled(explainMisread(item.id, intent, category))}
              onDrop={() => void settled(dropMisread(item.id))}
            />
          </li>
        ))}
      </ul>
    </div>
  )
}

const factsText = ({ guess, confidence, times, lastOn, intent, category }: Misread): string =>
  intent === null
    ? t('desk:words.facts', {
        guess: meaningText(guess),
        share: Math.round(confidence * 100),
        count: times,
        date: formatDate(lastOn),
      })
    : t('desk:words.said', { meaning: meaningText(intent, category) })
