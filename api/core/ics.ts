import { addDays, type LocalDate, TIME_ZONE } from './time.ts'

/** One entry of a calendar: a whole local day, or a time of one. */
export type CalendarEvent = {
  /** Stable, so that the same entry again replaces itself. */
  uid: string
  summary: string
  description: string
  location?: string
  when: { date: LocalDate } | { startAt: Date; endAt: Date }
  /** Raised with each change. */
  sequence: number
  isCancelled?: boolean
}

const escapeText = (text: string): string =>
  text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r\n?|\n/g, '\\n')

const MAX_OCTETS = 75 // RFC 5545 §3.1, without the line break
const octets = (text: string): number => new TextEncoder().encode(text).length

/** Long lines go on in the next one after a space, never inside a sign. */
function fold(line: string): string {
  const lines: string[] = []
  let current = ''
  for (const sign of line) {
    if (octets(current + sign) > MAX_OCTETS) {
      lines.push(current)
      current = ' '
    }
    current += sign
  }
  return [...lines, current].join('\r\n')
}

const packed = (date: LocalDate): string => date.replaceAll('-', '')
const utc = (at: Date): string => at.toISOString().replace(/[-:]|\.\d{3}/g, '')

function timesOf({ when }: CalendarEvent): string[] {
  if ('date' in when) {
    // The end of a whole day is exclusive.
    const end = addDays(when.date, 1)
    return [`DTSTART;VALUE=DATE:${packed(when.date)}`, `DTEND;VALUE=DATE:${packed(end)}`]
  }
  return [`DTSTART:${utc(when.startAt)}`, `DTEND:${utc(when.endAt)}`]
}

/** A calendar file (RFC 5545) with one entry, to be added to whatever calendar a phone has. */
export function toIcs(event: CalendarEvent, now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Loa//Loa//VI',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-TIMEZONE:${TIME_ZONE}`,
    'BEGIN:VEVENT',
    `UID:${event.uid}`,
    `DTSTAMP:${utc(now)}`,
    `SEQUENCE:${event.sequence}`,
    ...timesOf(event),
    `SUMMARY:${escapeText(event.summary)}`,
    `DESCRIPTION:${escapeText(event.description)}`,
    ...(event.location === undefined ? [] : [`LOCATION:${escapeText(event.location)}`]),
    `STATUS:${event.isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.map(fold).join('\r\n')}\r\n`
}
