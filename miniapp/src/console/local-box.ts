/** Viet Nam is UTC+7 all year; what the box shows is the clock there, wherever the desk stands. */
const OFFSET_MS = 7 * 3_600_000

/** `2026-11-27T22:00` for a date box. */
export const toLocalBox = (instant: string): string =>
  new Date(Date.parse(instant) + OFFSET_MS).toISOString().slice(0, 16)
export const fromLocalBox = (text: string): string | undefined => {
  const at = Date.parse(`${text}:00+07:00`)
  return Number.isNaN(at) ? undefined : new Date(at).toISOString()
}
