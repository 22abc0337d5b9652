import './alerts.css'
import type { ComponentChild } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { t } from '../../shared/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { Check, SelectField } from '../../ui/field.tsx'
import { useWork } from '../access/use-work.ts'
import type { Official } from '../types.ts'
import {
  type Desk,
  type Draft,
  follow,
  listUnits,
  moveAlert,
  type NamedUnit,
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
export function AlertsPage({ me }: { me: Official }) {
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
            onBegin={(unitCode) => setForm({ first: newDraft(desk, unitCode, new Date()) })}
          />
          <List title={t('console:alerts.open')} none={t('console:alerts.none_open')}>
            {desk.open.map(card)}
          </List>
          <List title={t('console:alerts.in_force')} none={t('console:alerts.none_in_force')}>
            {desk.inForce.map(card)}
          </List>
          <ForeignPart unitCode={me.unitCode} onAdopted={() => void load()} />
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

type ListProps = { title: string; none: string; children: ComponentChild[] }

function List({ title, none, children }: ListProps) {
  return (
    <section class="stack" aria-label={title}>
      <h2>{title}</h2>
      {children.length === 0 ? <p class="muted">{none}</p> : <ul class="alert-list">{children}</ul>}
    </section>
  )
}

/** The commune's desk writes for its own; the city's desk says for which. */
function Begin({ me, onBegin }: { me: Official; onBegin: (unitCode: string) => void }) {
  const [units, setUnits] = useState<NamedUnit[]>([])
  const [chosen, setChosen] = useState(me.unitCode ?? undefined)
  useEffect(() => {
    if (me.unitCode === null) listUnits().then(setUnits, () => setUnits([]))
  }, [])
  return (
    <div class="button-row">
      {me.unitCode === null && (
        <SelectField
          label={t('console:alerts.unit')}
          none={t('console:alerts.unit_none')}
          value={chosen}
          options={units.map(({ code, fullName }) => ({ value: code, label: fullName }))}
          onChange={setChosen}
        />
      )}
      {chosen !== undefined && (
        <Button onClick={() => onBegin(chosen)}>{t('console:alerts.new')}</Button>
      )}
    </div>
  )
}

/** Whoever issues warnings lets a river speak by itself; the others see which do. */
function Rivers({ me, desk, onChanged }: { me: Official; desk: Desk; onChanged: () => void }) {
  const { problem, run } = useWork()
  const mayChoose = me.roles.includes('approver')
  return (
    <section class="stack" aria-label={t('console:alerts.rivers')}>
      <h2>{t('console:alerts.rivers')}</h2>
      <p class="muted small">{t('console:alerts.rivers_hint')}</p>
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
              {name}: {t(isAutomatic ? 'console:alerts.automatic' : 'console:alerts.asks')}
            </p>
          ))}
    </section>
  )
}
