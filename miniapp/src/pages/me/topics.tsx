import { useState } from 'preact/hooks'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import {
  addTopic,
  endTopic,
  listTopics,
  stopAll,
  type Topics as TopicList,
} from '../../resident/delivery-calls.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { NewTopic } from './new-topic.tsx'
import { When } from './when.tsx'

function Subscriptions({ list, onChange }: { list: TopicList; onChange: () => void }) {
  const [stopped, setStopped] = useState<string>()
  const { isBusy, problem, run } = useWork()
  const stop = () =>
    run(async () => {
      setStopped((await stopAll()).text)
      onChange()
    })
  return (
    <Card>
      {list.subscriptions.length === 0 && <p class="muted">{t('screens:topics.none')}</p>}
      <ul class="stack">
        {list.subscriptions.map(({ id, label, place, levelLabel, onlyLifeSafety }) => (
          <li key={id} class="me-row">
            <p>
              {label}
              <br />
              <span class="muted small">
                {[place, levelLabel].filter(Boolean).join(', ')}
                {onlyLifeSafety && ` · ${t('screens:topics.only_urgent')}`}
              </span>
            </p>
            <Button
              look="quiet"
              isBusy={isBusy}
              label={t('screens:inbox.stop', { topic: label, place })}
              onClick={() => run(() => endTopic(id).then(onChange))}
            >
              {t('screens:topics.end')}
            </Button>
          </li>
        ))}
      </ul>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {stopped && <Notice kind="ok">{stopped}</Notice>}
      <NewTopic
        kinds={list.kinds}
        onAdd={async (topic) => {
          await addTopic(topic)
          onChange()
        }}
      />
      {list.subscriptions.some(({ onlyLifeSafety }) => !onlyLifeSafety) && (
        <div>
          <Button look="quiet" isBusy={isBusy} onClick={stop}>
            {t('screens:topics.stop_all')}
          </Button>
        </div>
      )}
    </Card>
  )
}

/** What the person is told about, where, and when not. */
export function Topics() {
  const [loaded, retry] = useKept('topics', listTopics)
  const [kept, setKept] = useState<TopicList>()
  const reload = () => listTopics().then(setKept, retry)
  if (loaded.state === 'loading') return <Skeleton rows={3} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const list = kept ?? loaded.data.data
  return (
    <>
      {kept === undefined && <AgeNote keptAt={loaded.data.keptAt} />}
      <Subscriptions list={list} onChange={reload} />
      <Card title={t('screens:when.title')}>
        <When preferences={list.preferences} />
      </Card>
    </>
  )
}
