export type Hours = Record<string, [string, string][]>

/** From Monday, as a week is read here; 0 is Sunday. */
export const WEEK = ['1', '2', '3', '4', '5', '6', '0'] as const

/** `07:30-11:30, 13:30-17:00` and back; what is no span stays as it is written, for the server to refuse. */
export const hoursText = (spans: readonly (readonly [string, string])[] | undefined): string =>
  (spans ?? []).map((span) => span.join('-')).join(', ')

export function readHours(text: string): [string, string][] {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return parts.map((part) => {
    const [from = '', to = ''] = part.split(/\s*[-–]\s*/)
    return [padded(from), padded(to)]
  })
}

const padded = (time: string): string => (/^\d:\d\d$/.test(time) ? `0${time}` : time)
