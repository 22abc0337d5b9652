import '../alerts/alerts.css'
import './notices.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { useWork } from '../access/use-work.ts'
import { Begin } from '../begin.tsx'
import { CardList } from '../card-list.tsx'
import type { Official } from '../types.ts'
import { type Desk, type Draft, moveNotice, type OneNotice, readDesk } from './calls.ts'
import { NoticeCard } from './card.tsx'
import { draftOf, newDraft } from './draft-of.ts'
import { NoticeForm } from './form.tsx'

type Open = { first: Draft; of?: { id: string; version: number } }

/** Notices: what is being written, what waits for a second person, what goes out now, and how it went. */
export function NoticesPage({ me }: { me: Official }) {
  const [desk, setDesk] = useState<Desk>()
  const [lost, setLost] = useState<unknown>()
  const [form, setForm] = useState<Open>()
  const { isBusy, problem, run } = useWork()
  const load = () =>
    readDesk().then((fresh) => {
      setDesk(fresh)
      setLost(undefined)
    }, setLost)
  useEffect(() => void load(), [])
  const card = (notice: OneNotice) => (
    <NoticeCard
      key={notice.id}
      notice={notice}
      isBusy={isBusy}
      onMove={(move, reason) => void run(() => moveNotice(notice, move, reason)).then(load)}
      onEdit={() =>
        setForm({ first: draftOf(notice), of: { id: notice.id, version: notice.version } })
      }
      onEnd={() => void load()}
    />
  )
  return (
    <div class="desk-narrow stack alert-desk">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('console:menu.notices')}</h1>
      {lost !== undefined && <ProblemNotice problem={lost} onRetry={() => void load()} />}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {desk === undefined && lost === undefined && <Skeleton />}
      {desk && (
        <>
          <Begin
            me={me}
            label={t('desk:notice.new')}
            onBegin={(unitCode) => setForm({ first: newDraft(unitCode, new Date()) })}
          />
          <CardList title={t('desk:alerts.open')} none={t('desk:alerts.none_open')}>
            {desk.open.map(card)}
          </CardList>
          <CardList title={t('desk:notice.going')} none={t('desk:notice.none_going')}>
            {desk.going.map(card)}
          </CardList>
          <CardList title={t('desk:notice.ended')} none={t('desk:notice.none_ended')}>
            {desk.ended.map(card)}
          </CardList>
        </>
      )}
      {form && desk && (
        <NoticeForm
          desk={desk}
          {...form}
          onSaved={() => void load()}
          onClose={() => setForm(undefined)}
        />
      )}
    </div>
  )
}
