import './alerts.css'
import { t } from '../../shared/i18n.ts'
import { ProblemNotice } from '../../ui/feedback.tsx'
import { Check } from '../../ui/field.tsx'
import { useWork } from '../access/use-work.ts'
import { Begin } from '../begin.tsx'
import { CardList } from '../card-list.tsx'
import { DeskFrame } from '../drafts/frame.tsx'
import { useDesk } from '../drafts/use-desk.ts'
import type { Official } from '../types.ts'
import {
  type Desk,
  type Draft,
  follow,
  moveAlert,
  type OneAlert,
  readDesk,
  setAutomatic,
} from './calls.ts'
import { AlertCard } from './card.tsx'
import { draftOf, newDraft } from './draft-of.ts'
import { ForeignPart } from './foreign.tsx'
import { AlertForm } from './form.tsx'

/** Warnings: what is being written, what waits for a second person, what holds, and rivers that speak by themselves. */
export function AlertsPage({ me, meantId }: { me: Official; meantId: string | undefined }) {
  const state = useDesk<Desk, Draft>(readDesk)
  const { desk, open, setOpen, isBusy, act, load } = state
  const card = (alert: OneAlert) => (
    <AlertCard
      key={alert.id}
      alert={alert}
      isBusy={isBusy}
      isMeant={alert.id === meantId}
      onMove={(move) => act(() => moveAlert(alert, move))}
      onEdit={() =>
        setOpen({ first: draftOf(alert), of: { id: alert.id, version: alert.version } })
      }
      onFollow={(as) => act(() => follow(alert.id, as))}
    />
  )
  return (
    <DeskFrame title={t('console:menu.alerts')} desk={state}>
      {desk && (
        <>
          <Begin
            me={me}
            label={t('desk:alerts.new')}
            onBegin={(unitCode) => setOpen({ first: newDraft(desk, unitCode, new Date()) })}
          />
          <CardList title={t('desk:alerts.open')} none={t('desk:alerts.none_open')}>
            {desk.open.map(card)}
          </CardList>
          <CardList title={t('desk:alerts.in_force')} none={t('desk:alerts.none_in_force')}>
            {desk.inForce.map(card)}
          </CardList>
          <ForeignPart me={me} onAdopted={load} />
          <Rivers me={me} desk={desk} onChanged={load} />
        </>
      )}
      {open && desk && (
        <AlertForm desk={desk} {...open} onSaved={load} onClose={() => setOpen(undefined)} />
      )}
    </DeskFrame>
  )
}

/** Whoever issues warnings lets a river speak by itself; the others see which do. */
function Rivers({ me, desk, onChanged }: { me: Official; desk: Desk; onChanged: () => void }) {
  const { problem, run } = useWork()
  const mayChoose = me.roles.includes('approver')
  return (
    <section class="stack" aria-label={t('desk:alerts.rivers')}>
      <h2>{t('desk:alerts.rivers')}</h2>
      <p class="muted small">{t('desk:alerts.rivers_hint')}</p>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {mayChoose
        ? desk.stations.map(({ code, name, isAutomatic }) => (
            <Check
              key={code}
              label={name}
              isOn={isAutomatic}
              onChange={(isOn) => void run(() => setAutomatic(code, isOn)).then(onChanged)}
            />
          ))
        : desk.stations.map(({ code, name, isAutomatic }) => (
            <p key={code}>
              {name}: {t(isAutomatic ? 'desk:alerts.automatic' : 'desk:alerts.asks')}
            </p>
          ))}
    </section>
  )
}
