import './appointments.css'
import { useState } from 'preact/hooks'
import { AgeNote } from '../../offline/age-note.tsx'
import { type Fresh, useKept } from '../../offline/use-kept.ts'
import { NeedSignIn } from '../../resident/need-sign-in.tsx'
import { Page } from '../../resident/page.tsx'
import { useHashQuery } from '../../resident/route.ts'
import { useSignedIn } from '../../resident/session.ts'
import { t } from '../../shared/i18n.ts'
import { type Loaded, useLoad } from '../../shared/use-load.ts'
import { Notice, ProblemNotice, Skeleton } from '../../ui/feedback.tsx'
import { BookForm } from './book-form.tsx'
import { type Appointment, type Desk, listDesks, listOwn } from './calls.ts'
import { OwnAppointment } from './own.tsx'

const AHEAD: readonly string[] = ['booked', 'arrived', 'called']

type OwnProps = { loaded: Loaded<Fresh<Appointment[]>>; retry: () => void; onChange: () => void }

function Own({ loaded, retry, onChange }: OwnProps) {
  if (loaded.state === 'loading') return <Skeleton rows={2} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const { data, keptAt } = loaded.data
  const ahead = data.filter(({ state }) => AHEAD.includes(state)).reverse()
  if (ahead.length === 0) return null
  return (
    <section class="stack" aria-labelledby="own-appointments">
      <h2 id="own-appointments">{t('screens:appointment.own')}</h2>
      <AgeNote keptAt={keptAt} />
      {ahead.map((one) => (
        <OwnAppointment key={one.id} appointment={one} onChange={onChange} />
      ))}
    </section>
  )
}

type DesksProps = { loaded: Loaded<Desk[]>; retry: () => void; onBooked: () => void }

function Desks({ loaded, retry, onBooked }: DesksProps) {
  const procedureCode = useHashQuery().get('procedure') ?? undefined
  /** Somebody was quicker: said above the times, which come anew. */
  const [lost, setLost] = useState<unknown>()
  if (loaded.state === 'loading') return <Skeleton rows={3} />
  if (loaded.state === 'failed') return <ProblemNotice problem={loaded.problem} onRetry={retry} />
  const open = loaded.data.filter(({ days }) => days.length > 0)
  return (
    <>
      {lost !== undefined && <ProblemNotice problem={lost} />}
      {open.length === 0 && <Notice>{t('screens:appointment.none')}</Notice>}
      {open.map((desk) => (
        <BookForm
          key={desk.officeId}
          desk={desk}
          procedureCode={procedureCode}
          onBooked={() => {
            setLost(undefined)
            onBooked()
          }}
          onStale={(problem) => {
            setLost(problem)
            retry()
          }}
        />
      ))}
    </>
  )
}

function Appointments() {
  const [own, againOwn] = useKept('appointments', listOwn)
  const [desks, againDesks] = useLoad('desks', listDesks)
  const again = () => {
    againOwn()
    againDesks()
  }
  return (
    <>
      <Own loaded={own} retry={againOwn} onChange={again} />
      <Desks loaded={desks} retry={againDesks} onBooked={again} />
    </>
  )
}

/** A time at the desk with a number in its queue. */
export function AppointmentsPage() {
  return (
    <Page title={t('screens:appointment.title')}>
      <p class="muted">{t('screens:appointment.text')}</p>
      {useSignedIn() ? <Appointments /> : <NeedSignIn why={t('screens:appointment.sign_in')} />}
    </Page>
  )
}
