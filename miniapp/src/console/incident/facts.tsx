import { formatDate, formatDateTime } from '../../../../api/core/time.ts'
import { t } from '../../shared/i18n.ts'
import { Timeline, type TimelineStep } from '../../ui/case-parts.tsx'
import { Icon } from '../../ui/icons.tsx'
import type { CaseStep, CaseView } from '../types.ts'
import { shortDate, stepWords, timeWords, wordsOr } from '../words.ts'

const DEGREE_DIGITS = 5

/** The place in words; the point opens in whatever map the device has, nothing is fetched from outside. */
export function Place({ incident }: { incident: CaseView }) {
  const { lat, lng, text, isPrivate, source } = incident.place
  const where = [incident.hamletName, incident.unitName].filter(Boolean).join(', ')
  return (
    <section class="desk-section" aria-labelledby="place-title">
      <h2 id="place-title">{t('console:place.title')}</h2>
      <p>{text || where}</p>
      {text !== '' && text !== where && <p class="muted small">{where}</p>}
      {lat !== undefined && lng !== undefined && (
        <p>
          <a class="desk-geo" href={`geo:${lat},${lng}`}>
            <Icon name="place" /> {lat.toFixed(DEGREE_DIGITS)}, {lng.toFixed(DEGREE_DIGITS)}
          </a>
        </p>
      )}
      <p class="muted small">{wordsOr(`console:place.source.${source}`, source)}</p>
      {isPrivate && <p class="muted small">{t('console:place.private')}</p>}
    </section>
  )
}

/** The day by which an answer is due, and how that day was counted. */
export function Due({ incident }: { incident: CaseView }) {
  if (incident.dueDate === null) return null
  const time = timeWords(incident)
  const accepted = incident.timeline.find((step) => step.to === 'accepted')
  return (
    <section class="desk-section desk-due" aria-labelledby="due-title">
      <h2 id="due-title">{t('console:due.title')}</h2>
      <p class="desk-due-day">
        <span class="desk-strong">{formatDate(incident.dueDate)}</span>
        <span class={`desk-time ${time.tone}`}>{time.text}</span>
      </p>
      <p class="muted small">
        {t(accepted ? 'console:due.how' : 'console:due.how_sent', {
          from: shortDate(accepted?.at ?? incident.createdAt),
        })}
      </p>
    </section>
  )
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** Words that belong to a step: a reason, a question, a note. */
function noteOf(step: CaseStep): string | undefined {
  const { data } = step
  const reason = textOf(data.reasonCode)
  return (
    (reason && wordsOr(`incidents:reason.${reason}`, reason)) ??
    textOf(data.question) ??
    textOf(data.note) ??
    textOf(data.noProofReason) ??
    textOf(data.comment) ??
    textOf(data.text)
  )
}

function toStep(step: CaseStep): TimelineStep {
  const who = step.by.name ?? t(`console:by.${step.by.kind}`)
  const agency = step.agency ? ` · ${step.agency.name}` : ''
  const note = noteOf(step)
  return {
    title: `${stepWords(step.kind, step.to)}${agency}`,
    at: `${formatDateTime(new Date(step.at))} · ${who}`,
    ...(note === undefined ? {} : { note }),
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
