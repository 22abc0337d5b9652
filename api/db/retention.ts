import type { Ctx, Db } from '../context.ts'
import { addDays, type LocalDate, localDate } from '../core/time.ts'
import { TERMS, type TermClass } from './retention-table.ts'

const DAY_MS = 86_400_000

export type DatedTerm = { kept: TermClass; validFrom: LocalDate; days: number }

/** The term of a class on a day: the one dated last, kept within its bounds also where those became narrower later. */
export function termOn(
  kept: TermClass,
  dated: readonly Omit<DatedTerm, 'kept'>[],
  today: LocalDate,
): number {
  const { days, least, most } = TERMS[kept]
  const last = dated
    .filter(({ validFrom }) => validFrom <= today)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]
  return Math.min(most, Math.max(least, last?.days ?? days))
}

/** What an installation dated for itself, the earliest first. */
export async function findTerms(db: Db, kept?: TermClass): Promise<DatedTerm[]> {
  return db
    .selectFrom('retentionTerm')
    .selectAll()
    .$if(kept !== undefined, (qb) => qb.where('kept', '=', kept ?? 'cases'))
    .orderBy('validFrom')
    .execute()
}

/** How many days this class is kept today. */
export const termDays = async (ctx: Ctx, kept: TermClass): Promise<number> =>
  termOn(kept, await findTerms(ctx.db, kept), localDate(ctx.now()))

/** What ended before this instant has been kept long enough. */
export const keptUntil = async (ctx: Ctx, kept: TermClass): Promise<Date> =>
  new Date(ctx.now().getTime() - (await termDays(ctx, kept)) * DAY_MS)

/** The same as a local day. */
export const keptUntilDay = async (ctx: Ctx, kept: TermClass): Promise<LocalDate> =>
  addDays(localDate(ctx.now()), -(await termDays(ctx, kept)))
