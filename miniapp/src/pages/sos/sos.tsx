import './sos.css'
import { useState } from 'preact/hooks'
import { formatDateTime } from '../../../../api/core/time.ts'
import type { CallInput, CallView, Vulnerable } from '../../../../api/rooms/sos/schema.ts'
import { EmergencyStrip } from '../../resident/emergency.tsx'
import { Page } from '../../resident/page.tsx'
import { t } from '../../shared/i18n.ts'
import { asKey } from '../../shared/keys.ts'
import { Button } from '../../ui/button.tsx'
import { Notice, ProblemNotice } from '../../ui/feedback.tsx'
import { TextField } from '../../ui/field.tsx'
import { HoldButton } from './hold-button.tsx'
import { useCall } from './use-call.ts'

/** These can be dialled without any network and whatever else fails. */
const DIAL = ['112', '114', '115'] as const
const COUNTS = [1, 2, 3, 4, 5] as const
/** All kinds, by a type alone: the schema's values would bring the whole validator onto a phone in a flood. */
const ORDER: Record<Vulnerable, number> = {
  elderly: 1,
  child: 2,
  pregnant: 3,
  sick: 4,
  disabled: 5,
}
const KINDS = (Object.keys(ORDER) as Vulnerable[]).sort((a, b) => ORDER[a] - ORDER[b])

/** Call for help: numbers to dial first, then one button; works without a session and keeps trying without a network. */
export function SosPage() {
  const { kept, view, problem, isHeldUp, start, tell, end, forget } = useCall()
  return (
    <Page title={t('rescue:title')}>
      <section class="stack">
        <ul class="sos-dial">
          {DIAL.map((phone) => (
            <li key={phone}>
              <a class="sos-number" href={`tel:${phone}`}>
                <strong>{phone}</strong>
                <span>{t(`rescue:dial.${phone}`)}</span>
              </a>
            </li>
          ))}
        </ul>
        <p>{t('rescue:first')}</p>
      </section>
      {problem !== undefined && <ProblemNotice problem={problem} />}
      {kept === undefined ? (
        <HoldButton onHeld={start} />
      ) : (
        <>
          <Standing view={view} isSent={kept.isSent} isHeldUp={isHeldUp} />
          {view?.endedAt != null ? (
            <Button onClick={forget}>{t('rescue:done')}</Button>
          ) : (
            <>
              <More input={kept.input} onTell={tell} />
              <div class="stack">
                <Button look="secondary" isWide onClick={() => void end('safe')}>
                  {t('rescue:safe')}
                </Button>
                <Button look="quiet" isWide onClick={() => void end('withdrawn')}>
                  {t('rescue:mistake')}
                </Button>
              </div>
            </>
          )}
        </>
      )}
      <EmergencyStrip />
    </Page>
  )
}

const at = (instant: string) => formatDateTime(new Date(instant))

type StandingProps = {
  view: CallView | undefined
  isSent: boolean
  /** The last try came to nothing; what is only on its way alarms nobody. */
  isHeldUp: boolean
}

/** Whether it is sent, who took it, and each step; what is not there is said as plainly. */
function Standing({ view, isSent, isHeldUp }: StandingProps) {
  if (view === undefined || (!isSent && view.endedAt === null && !view.isTold))
    return (
      <Notice kind={isSent ? 'info' : 'error'} title={t(isSent ? 'rescue:sent' : 'rescue:waiting')}>
        {!isSent && <p>{t('rescue:waiting.text')}</p>}
      </Notice>
    )
  const { claimedBy, claimedAt, reachedAt, endedAt, state, unit, createdAt } = view
  return (
    <div class="stack" aria-live="polite">
      {!isSent && isHeldUp && <Notice kind="warn" title={t('rescue:more_waiting')} />}
      <Notice
        kind={view.isTold || endedAt !== null ? 'ok' : 'warn'}
        title={t('rescue:kept', { at: at(createdAt) })}
      >
        {endedAt === null && <p>{t(view.isTold ? 'rescue:told' : 'rescue:nobody', { unit })}</p>}
        <ol class="sos-steps">
          {claimedBy !== null && claimedAt !== null && (
            <li>{t('rescue:step.claimed', { who: claimedBy, at: at(claimedAt) })}</li>
          )}
          {reachedAt !== null && <li>{t('rescue:step.reached', { at: at(reachedAt) })}</li>}
          {endedAt !== null && <li>{t(asKey(`rescue:step.${state}`), { at: at(endedAt) })}</li>}
        </ol>
      </Notice>
    </div>
  )
}

type MoreProps = { input: CallInput; onTell: (more: Omit<CallInput, 'secret'>) => void }

/** What helps to be found; each answer goes at once. */
function More({ input, onTell }: MoreProps) {
  const [words, setWords] = useState('')
  const kinds = input.vulnerable ?? []
  const toggle = (kind: Vulnerable) =>
    onTell({
      vulnerable: kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind],
    })
  return (
    <section class="card stack">
      <p>{t(input.at === undefined ? 'rescue:no_place' : 'rescue:has_place')}</p>
      <fieldset class="stack tight">
        <legend>{t('rescue:people')}</legend>
        <div class="sos-chips">
          {COUNTS.map((count) => (
            <Button
              key={count}
              look="secondary"
              isPressed={input.people === count}
              onClick={() => onTell({ people: count })}
            >
              {count}
            </Button>
          ))}
        </div>
      </fieldset>
      <fieldset class="stack tight">
        <legend>{t('rescue:kinds')}</legend>
        <div class="sos-chips">
          {KINDS.map((kind) => (
            <Button
              key={kind}
              look="secondary"
              isPressed={kinds.includes(kind)}
              onClick={() => toggle(kind)}
            >
              {t(`rescue:kind.${kind}`)}
            </Button>
          ))}
        </div>
      </fieldset>
      <form
        class="stack tight"
        onSubmit={(event) => {
          event.preventDefault()
          if (words.trim() === '') return
          onTell({ words: words.trim() })
          setWords('')
        }}
      >
        <TextField label={t('rescue:words')} value={words} onInput={setWords} maxLength={1000} />
        <Button type="submit" look="secondary">
          {t('rescue:send')}
        </Button>
      </form>
    </section>
  )
}
