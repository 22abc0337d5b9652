import { distanceM, type LngLat } from '../../../api/core/geo.ts'
import { formatDate, formatDateTime, localDate } from '../../../api/core/time.ts'
import type { PublicIncident, Step } from '../../../api/rooms/incidents/schema.ts'
import { hasWords, t } from './i18n.ts'
import { asKey } from './keys.ts'

/** The name of a category; of one newer than this page, that of `other`. */
export function categoryName(category: string): string {
  const key = asKey(`incidents:category.${category}`)
  return t(hasWords(key) ? key : 'incidents:category.other')
}

/** The label of a state, as a resident reads it. */
export const stateLabel = (state: string): string => t(asKey(`incidents:state.${state}`))

/** The label of a step; names the agency or the case it was merged with where that is known. */
export function stepLabel(
  step: Step,
  incident: Pick<PublicIncident, 'reasonCode' | 'duplicateOf'>,
): string {
  if (step.state === 'assigned' && step.agency) {
    return t('incidents:step.assigned', { agency: step.agency.name })
  }
  if (step.state === 'refused' && incident.reasonCode) {
    const reason = t(asKey(`incidents:reason.${incident.reasonCode}`))
    return t('incidents:step.refused', { reason })
  }
  if (step.state === 'duplicate' && incident.duplicateOf) {
    return t('incidents:step.duplicate', { code: incident.duplicateOf })
  }
  return stateLabel(step.state)
}

/** `22:30 23/11/2026` from an ISO instant. */
export const timeText = (at: string): string => formatDateTime(new Date(at))

/** `23/11/2026` from `YYYY-MM-DD`. */
export const dayText = (day: string): string => formatDate(day)

/** "hôm nay 22:30" for today, else the whole date. */
export function shortTimeText(at: string, now: Date = new Date()): string {
  const instant = new Date(at)
  const text = formatDateTime(instant)
  return localDate(instant) === localDate(now)
    ? t('miniapp:time.today', { time: text.slice(0, 5) })
    : text
}

/** "khoảng 300 m" or "1,2 km", rounded as far as a phone's fix deserves. */
export function distanceText(from: LngLat, to: LngLat): string {
  const metres = distanceM(from, to)
  if (metres < 950)
    return t('miniapp:distance.m', { m: Math.max(50, Math.round(metres / 50) * 50) })
  return t('miniapp:distance.km', {
    km: (metres / 1000).toFixed(1).replace('.', t('miniapp:decimal')),
  })
}
