import './inbox.css'
import { useEffect, useState } from 'preact/hooks'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import {
  endTopic,
  type InboxItem,
  listInbox,
  listTopics,
  markAllRead,
  markRead,
  type Topic,
} from '../../resident/delivery-calls.ts'
import { NeedSignIn } from '../../resident/need-sign-in.tsx'
import { Page } from '../../resident/page.tsx'
import { useSignedIn } from '../../resident/session.ts'
import { t } from '../../shared/i18n.ts'
import { useWork } from '../../shared/use-work.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { Message } from './message.tsx'

function Empty() {
  return (
    <Notice title={t('screens:inbox.empty_title')}>
      <p>{t('screens:inbox.empty')}</p>
      <div>
        <LinkButton href="#/me/topics" look="secondary">
          {t('screens:inbox.choose_topics')}
        </LinkButton>
      </div>
    </Notice>
  )
}

/** The first page from the server, then what was read, stopped or added here. */
function useInbox() {
  const [loaded, retry] = useKept('inbox', () => listInbox())
  const [topics, reloadTopics] = useKept('topics', listTopics)
  const [items, setItems] = useState<InboxItem[]>([])
  const [cursor, setCursor] = useState<string>()
  useEffect(() => {
    if (loaded.state !== 'ready') return
    setItems(loaded.data.data.items)
    setCursor(loaded.data.data.nextCursor)
  }, [loaded])
  const work = useWork()
  const readNow = new Date().toISOString()
  const open = (id: string) => {
    setItems((all) => all.map((one) => (one.id === id ? { ...one, readAt: readNow } : one)))
    // Unread again on the next visit is all that a lost call costs.
    markRead(id).catch(() => undefined)
  }
  const readAll = () =>
    work.run(async () => {
      await markAllRead()
      setItems((all) => all.map((one) => ({ ...one, readAt: one.readAt ?? readNow })))
    })
  const more = () =>
    work.run(async () => {
      const page = await listInbox(cursor)
      setItems((all) => [...all, ...page.items])
      setCursor(page.nextCursor)
    })
  const stop = async (topic: Topic) => {
    await endTopic(topic.id)
    reloadTopics()
  }
  const own = topics.state === 'ready' ? topics.data.data.subscriptions : []
  return { loaded, retry, items, cursor, topics: own, ...work, open, readAll, more, stop }
}

function Messages() {
  const inbox = useInbox()
  const { loaded, retry, items, cursor, isBusy, problem } = inbox
  if (loaded.state === 'loading') return <Skeleton rows={4} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const age = <AgeNote keptAt={loaded.data.keptAt} />
  if (loaded.data.data.items.length === 0)
    return (
      <>
        {age}
        <Empty />
      </>
    )
  const unread = items.filter(({ readAt, isExpired }) => readAt === null && !isExpired).length
  return (
    <>
      {age}
      <div class="inbox-head">
        <p aria-live="polite">
          {unread > 0 ? t('screens:inbox.unread', { count: unread }) : t('screens:inbox.all_read')}
        </p>
        {unread > 0 && (
          <Button look="quiet" isBusy={isBusy} onClick={inbox.readAll}>
            {t('screens:inbox.read_all')}
          </Button>
        )}
      </div>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      <ul class="stack">
        {items.map((item) => (
          <Message
            key={item.id}
            item={item}
            topics={inbox.topics.filter(({ kind }) => kind === item.kind)}
            onOpen={() => inbox.open(item.id)}
            onStop={inbox.stop}
          />
        ))}
      </ul>
      {cursor !== undefined && (
        <div class="button-row">
          <Button look="secondary" isBusy={isBusy} onClick={inbox.more}>
            {t('screens:near.more')}
          </Button>
        </div>
      )}
    </>
  )
}

/** Everything that was sent to the person, whatever chat carried it. */
export function InboxPage() {
  return (
    <Page title={t('screens:inbox.title')}>
      {useSignedIn() ? <Messages /> : <NeedSignIn why={t('screens:inbox.why')} />}
    </Page>
  )
}
