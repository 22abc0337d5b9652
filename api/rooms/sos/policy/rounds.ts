const MINUTE_MS = 60_000
/** Minutes from one round to the next: soon at first; from then on as long as nobody takes it. */
const WAITS_MINUTES = [2, 3] as const
const LATER_MINUTES = 5
/** After two hours a phone that rang every five minutes was heard or is not there. */
const CALM_AFTER_MS = 120 * MINUTE_MS
const CALM_MINUTES = 30

/** When the round after `round` (1 is the call itself) is due. */
export function nextRoundAt(round: number, createdAt: Date, now: Date): Date {
  const isOld = now.getTime() - createdAt.getTime() >= CALM_AFTER_MS
  const minutes = isOld ? CALM_MINUTES : (WAITS_MINUTES[round - 1] ?? LATER_MINUTES)
  return new Date(now.getTime() + minutes * MINUTE_MS)
}

/** Whose roster a round goes to: the unit's own at first, then the city's desk (null) as well. */
export const rostersOf = (round: number, unitCode: string): (string | null)[] =>
  round === 1 ? [unitCode] : [unitCode, null]

/** The round at which the sender is told that nobody has taken it, and to call again. */
export const WARNS_SENDER_AT = 3

/** Words that come later ring at most so often; a place or a number of people rings at once. */
const WORDS_EVERY_MS = MINUTE_MS

/** Whether what was added is told now; if not, the next round and the board have it. */
export const tellsAddition = (toldAt: Date | null, now: Date, hasNewFacts: boolean): boolean =>
  hasNewFacts || toldAt === null || now.getTime() - toldAt.getTime() >= WORDS_EVERY_MS
