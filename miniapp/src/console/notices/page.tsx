import '../alerts/alerts.css'
import './notices.css'
import { t } from '../../shared/i18n.ts'
import { Begin } from '../begin.tsx'
import { CardList } from '../card-list.tsx'
import { DeskFrame } from '../drafts/frame.tsx'
import { useDesk } from '../drafts/use-desk.ts'
import type { Official } from '../types.ts'
import { type Desk, type Draft, moveNotice, type OneNotice, readDesk } from './calls.ts'
import { NoticeCard } from './card.tsx'
import { draftOf, newDraft } from './draft-of.ts'
import { NoticeForm } from './form.tsx'

/** Notices: what is being written, what waits for a second person, what goes out now, and how it went. */
export function NoticesPage({ me }: { me: Official }) {
  const state = useDesk<Desk, Draft>(readDesk)
  const { desk, open, setOpen, isBusy, act, load } = state
  const card = (notice: OneNotice) => (
    <NoticeCard
      key={notice.id}
      notice={notice}
      isBusy={isBusy}
      onMove={(move, reason) => act(() => moveNotice(notice, move, reason))}
      onEdit={() =>
        setOpen({ first: draftOf(notice), of: { id: notice.id, version: notice.version } })
      }
      onEnd={load}
    />
  )
  return (
    <DeskFrame title={t('console:menu.notices')} desk={state}>
      {desk && (
        <>
          <Begin
            me={me}
            label={t('desk:notice.new')}
            onBegin={(unitCode) => setOpen({ first: newDraft(unitCode, new Date()) })}
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
      {open && desk && (
        <NoticeForm desk={desk} {...open} onSaved={load} onClose={() => setOpen(undefined)} />
      )}
    </DeskFrame>
  )
}
