import type { OwnIncident } from '../../../../api/rooms/incidents/schema.ts'

/** As the server decides it: an answer may be objected to twice in all, each time within ten days. */
const MAX_REOPENINGS = 2
export const REOPEN_DAYS = 10

/** Why an answered case cannot be opened again; undefined while it can, or while there is nothing to object to. */
export function whyNoReopening(
  own: Pick<OwnIncident, 'state' | 'moves' | 'rating' | 'timeline'>,
): 'rated' | 'twice' | 'late' | undefined {
  if (own.moves.includes('reopen') || !['answered', 'closed'].includes(own.state)) return undefined
  if (own.rating !== undefined) return 'rated'
  const reopenings = own.timeline.filter(({ state }) => state === 'reopened').length
  return reopenings >= MAX_REOPENINGS ? 'twice' : 'late'
}
