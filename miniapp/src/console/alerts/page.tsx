import './alerts.css'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { Check } from '../../ui/field.tsx'
import { useWork } from '../access/use-work.ts'
import { Begin } from '../begin.tsx'
import { CardList } from '../card-list.tsx'
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

type Open = { first: Draft; of?: { id: string; version: number } }

/** Warnings: what is being written, what waits for a second person, what holds, and rivers that speak by themselves. */
export function AlertsPage({ me, meantId }: { me: Official; meantId: string | undefined }) {
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
  const card = (alert: OneAlert) => (
    <AlertCard
      key={alert.id}
      alert={alert}
      isBusy={isBusy}
      isMeant={alert.id === meantId}
      onMove={(move) => void run(() => moveAlert(alert, move)).then(load)}
      onEdit={() =>
        setForm({ first: draftOf(alert), of: { id: alert.id, version: alert.version } })
      }
      onFollow={(as) => void run(() => follow(alert.id, as)).then(load)}
    />
  )
  return (
    <div class="desk-narrow stack alert-desk">
      <Link href="/" class="desk-back">
        {t('console:back')}
      </Link>
      <h1>{t('console:menu.alerts')}</h1>
      {lost !== undefined && <ProblemNotice problem={lost} onRetry={() => void load()} />}
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {desk === undefined && lost === undefined && <Skeleton />}
      {desk && (
        <>
          <Begin
            me={me}
            label={t('desk:alerts.new')}
            onBegin={(unitCode) => setForm({ first: newDraft(desk, unitCode, new Date()) })}
          />
          <CardList title={t('desk:alerts.open')} none={t('desk:alerts.none_open')}>
            {desk.open.map(card)}
          </CardList>
          <CardList title={t('desk:alerts.in_force')} none={t('desk:alerts.none_in_force')}>
            {desk.inForce.map(card)}
          </CardList>
          <ForeignPart me={me} onAdopted={() => void load()} />
          <Rivers me={me} desk={desk} onChanged={() => void load()} />
        </>
      )}
      {form && desk && (
        <AlertForm
          desk={desk}
          {...form}
          onSaved={() => void load()}
          onClose={() => setForm(undefined)}
        />
      )}
    </div>
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
