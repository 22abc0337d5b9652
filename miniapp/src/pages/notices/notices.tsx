import '../alerts/alerts.css'
import { useState } from 'preact/hooks'
import { AgeNote } from '../../offline/age-note.tsx'
import { useKept } from '../../offline/use-kept.ts'
import { HomeAwaited, useHomeUnit } from '../../resident/home-unit.tsx'
import {
  calendarUrl,
  getNotice,
  listNotices,
  type NoticeList,
  type NoticeView,
} from '../../resident/notice-calls.ts'
import { Page } from '../../resident/page.tsx'
import { PassOn } from '../../resident/pass-on.tsx'
import { t } from '../../shared/i18n.ts'
import { timeText } from '../../shared/words.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'

function Badges({ notice }: { notice: NoticeView }) {
  const tone = notice.isOver ? 'ended' : notice.isEmergency ? 'late' : 'waiting'
  return (
    <p class="badges">
      <span class={`badge ${tone}`}>
        {t(notice.isOver ? 'screens:notice.over' : 'screens:notice.holds')}
      </span>
      <span class="badge">{notice.kindLabel}</span>
    </p>
  )
}

function List({ unitCode }: { unitCode: string }) {
  const [more, setMore] = useState<NoticeList[]>([])
  const [problem, setProblem] = useState<unknown>()
  const [loaded, retry] = useKept(`notices ${unitCode}`, () => listNotices(unitCode))
  if (loaded.state === 'loading') return <Skeleton rows={3} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const pages = [loaded.data.data, ...more]
  const cursor = pages.at(-1)?.nextCursor
  const all = pages.flatMap(({ notices }) => notices)
  const next = () =>
    listNotices(unitCode, cursor).then((page) => setMore([...more, page]), setProblem)
  return (
    <>
      <AgeNote keptAt={loaded.data.keptAt} />
      {all.length === 0 && <Notice>{t('screens:notice.none')}</Notice>}
      <ul class="alert-list">
        {all.map((notice) => (
          <li key={notice.id} class="card stack tight">
            <Badges notice={notice} />
            <h2>
              <a href={`#/notices/${notice.id}`}>{notice.title}</a>
            </h2>
            <p class="muted small">
              {[notice.issuer, notice.place, timeText(notice.sentAt)].filter(Boolean).join(' · ')}
            </p>
          </li>
        ))}
      </ul>
      {problem !== undefined && <ProblemNotice problem={problem} onRetry={() => void next()} />}
      {cursor !== undefined && (
        <Button look="secondary" onClick={() => void next()}>
          {t('screens:notice.older')}
        </Button>
      )}
    </>
  )
}

/** What the commune told its people, newest first. */
export function NoticesPage() {
  const home = useHomeUnit()
  return (
    <Page title={t('screens:notice.title')}>
      {home.home === undefined ? (
        <HomeAwaited home={home} rows={3} />
      ) : (
        <List unitCode={home.home.code} />
      )}
      <div class="button-row">
        <LinkButton href="#/me/topics" look="secondary">
          {t('screens:inbox.choose_topics')}
        </LinkButton>
      </div>
    </Page>
  )
}

function Facts({ notice }: { notice: NoticeView }) {
  const { event } = notice
  const rows = [
    [t('screens:notice.when'), event && `${timeText(event.startAt)} – ${timeText(event.endAt)}`],
    [t('screens:notice.where'), event?.place ?? null],
    [t('screens:alert.issuer'), notice.issuer],
    [t('screens:alert.signer'), notice.signer],
    [t('screens:alert.document'), notice.documentNo],
    [t('screens:alert.place'), notice.place],
    [t('screens:alert.issued'), timeText(notice.sentAt)],
    [t('screens:alert.expires'), timeText(notice.expiresAt)],
  ] as const
  return (
    <dl class="facts">
      {rows.map(([name, value]) =>
        value === null || value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

/** One notice: what, when and where, whose word it is, and ways to keep it and pass it on. */
export function NoticePageOf({ id }: { id: string }) {
  const [loaded, retry] = useKept(`notice ${id}`, () => getNotice(id))
  const notice = loaded.state === 'ready' ? loaded.data.data : undefined
  return (
    <Page title={notice?.title ?? t('screens:notice.title')}>
      {loaded.state === 'loading' && <Skeleton rows={3} />}
      {loaded.state === 'failed' && <ProblemNotice problem={loaded.problem} onRetry={retry} />}
      {loaded.state === 'ready' && <AgeNote keptAt={loaded.data.keptAt} />}
      {notice && (
        <div class="stack">
          <Badges notice={notice} />
          {!notice.hasOwnLanguage && <p class="muted">{t('screens:notice.untranslated')}</p>}
          {notice.body !== '' && <p class="alert-words">{notice.body}</p>}
          <Facts notice={notice} />
          <div class="button-row">
            {notice.event !== null && (
              <LinkButton href={calendarUrl(notice.id)} look="secondary">
                {t('screens:notice.calendar')}
              </LinkButton>
            )}
            {notice.link !== null && (
              <LinkButton href={notice.link.url} look="secondary">
                {notice.link.label}
              </LinkButton>
            )}
          </div>
          <PassOn
            path={`#/notices/${notice.id}`}
            title={notice.title}
            shareText={notice.shareText}
            readOut={notice.readOut}
          />
        </div>
      )}
      <div>
        <LinkButton href="#/notices" look="quiet">
          {t('screens:notice.all')}
        </LinkButton>
      </div>
    </Page>
  )
}
