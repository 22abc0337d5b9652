import { formatDate, formatDateTime } from '../../../../api/core/time.ts'
import { currentLanguage, t } from '../../shared/i18n.ts'
import { Timeline, type TimelineStep } from '../../ui/case-parts.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { CaseStep, CaseView } from '../types.ts'
import { stepWords, timeWords, wordsOr } from '../words.ts'

const DEGREE_DIGITS = 5

/** What was read in the sender's words, quoted, so that a wrong reading is seen; nothing when nothing was. */
export function Said({ incident }: { incident: CaseView }) {
  const { depthCm, timeWords, beganOn } = incident
  if (depthCm === undefined && timeWords === undefined) return null
  const day = beganOn === undefined ? '' : ` (${formatDate(beganOn)})`
  return (
    <section class="desk-section" aria-labelledby="said-title">
      <h2 id="said-title">{t('console:said.title')}</h2>
      {depthCm !== undefined && <p>{t('console:said.depth', { cm: depthCm })}</p>}
      {timeWords !== undefined && <p>{t('console:said.time', { words: timeWords, day })}</p>}
    </section>
  )
}

/** The place in words; the point opens in whatever map the device has, nothing is fetched from outside. */
export function Place({ incident }: { incident: CaseView }) {
  const { place, point, placeSource, isPrivatePlace, hamletName, unitName } = incident
  const hamlet = hamletName !== undefined && !place.includes(hamletName) ? hamletName : undefined
  const around = [hamlet, unitName].filter(Boolean).join(', ')
  return (
    <section class="desk-section" aria-labelledby="place-title">
      <h2 id="place-title">{t('console:place.title')}</h2>
      <p>{place || around}</p>
      {place !== '' && place !== around && <p class="muted small">{around}</p>}
      {point && (
        <p>
          <a class="desk-geo" href={`geo:${point.lat},${point.lng}`}>
            <Icon name="place" /> {point.lat.toFixed(DEGREE_DIGITS)},{' '}
            {point.lng.toFixed(DEGREE_DIGITS)}
          </a>
        </p>
      )}
      <p class="muted small">{wordsOr(`console:place.source.${placeSource}`, placeSource)}</p>
      {isPrivatePlace && <p class="muted small">{t('console:place.private')}</p>}
    </section>
  )
}

/** Days of the term that are no usual ones: holidays that did not count, weekend days that did. */
function DueDays({ count }: { count: NonNullable<CaseView['dueCount']> }) {
  const free = count.skipped.filter((day) => day.why !== 'weekend')
  const name = (day: (typeof free)[number]) =>
    day.name?.[currentLanguage()] ?? t('console:due.day_off')
  return (
    <>
      {free.length > 0 && (
        <ul class="muted small">
          {free.map((day) => (
            <li key={day.date}>
              {formatDate(day.date)}: {name(day)}
            </li>
          ))}
        </ul>
      )}
      {count.worked.length > 0 && (
        <p class="muted small">
          {t('console:due.worked', { days: count.worked.map(formatDate).join(', ') })}
        </p>
      )}
      {count.isEstimated && <p class="muted small">{t('console:due.estimated')}</p>}
    </>
  )
}

/** The day by which an answer is due, and how that day was counted. */
export function Due({ incident }: { incident: CaseView }) {
  const { dueDate, dueFrom, dueInWorkingDays, dueCount } = incident
  if (dueDate === undefined) return null
  const time = timeWords(incident)
  return (
    <section class="desk-section desk-due" aria-labelledby="due-title">
      <h2 id="due-title">{t('console:due.title')}</h2>
      <p class="desk-due-day">
        <span class="desk-strong">{formatDate(dueDate)}</span>
        <span class={`desk-time ${time.tone}`}>{time.text}</span>
      </p>
      {dueFrom !== undefined && dueInWorkingDays !== undefined && (
        <p class="muted small">
          {t('console:due.how', { count: dueInWorkingDays, from: formatDate(dueFrom) })}
        </p>
      )}
      {dueCount && <DueDays count={dueCount} />}
    </section>
  )
}

function toStep(step: CaseStep): TimelineStep {
  const who = step.by ?? t(`console:by.${step.byKind}`)
  const agency = step.agency ? ` · ${step.agency.name}` : ''
  return {
    title: `${stepWords(step.kind, step.state)}${agency}`,
    at: `${formatDateTime(new Date(step.at))} · ${who}`,
    ...(step.note === undefined ? {} : { note: step.note }),
  }
}

/** Every step, oldest first, with who made it. */
export function History({ incident }: { incident: CaseView }) {
  return (
    <section class="desk-section" aria-labelledby="history-title">
      <h2 id="history-title">{t('console:history.title')}</h2>
      <Timeline steps={incident.timeline.map(toStep)} />
    </section>
  )
}
