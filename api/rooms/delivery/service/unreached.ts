import type { Ctx } from '../../../context.ts'
import { findHamlet } from '../../areas/index.ts'
import { type Reach, residentNames } from '../../identity/index.ts'
import { placeText } from '../messages.ts'
import { countReaders, countUnreached, findUnreached, type WhyNot } from '../store/unreached.ts'
import { requireDesk } from './dispatch.ts'

type Of = { dispatchId: string; reach: Reach }
type Unreached = { place: string; why: WhyNot; n: number }
type ToCall = { place: string; name: string | null; why: WhyNot }

/** More than a commune calls in a day; the rest is said to be there. */
const CALL_LIST_MAX = 2_000

/** How many in reach do not have what a dispatch told, by hamlet and reason; nobody is named. */
export async function sizeUnreached(ctx: Ctx, { dispatchId, reach }: Of): Promise<Unreached[]> {
  requireDesk(ctx)
  const groups = await countUnreached(ctx.db, dispatchId, reach)
  const placeOf = await placesOf(ctx, groups)
  return groups.map((group) => ({ place: placeOf(group), why: group.why, n: group.n }))
}

/** How many in reach opened it in the inbox of the app or the web. */
export async function sizeReaders(ctx: Ctx, { dispatchId, reach }: Of): Promise<number> {
  requireDesk(ctx)
  return countReaders(ctx.db, dispatchId, reach)
}

/** Who they are, hamlet by hamlet. The room that calls asks for the right to see people, and audits. */
export async function listUnreached(
  ctx: Ctx,
  { dispatchId, reach }: Of,
): Promise<{ people: ToCall[]; isMore: boolean }> {
  requireDesk(ctx)
  const found = await findUnreached(ctx.db, dispatchId, reach, CALL_LIST_MAX + 1)
  const rows = found.slice(0, CALL_LIST_MAX)
  const placeOf = await placesOf(ctx, rows)
  const names = await residentNames(
    ctx,
    rows.map(({ residentId }) => residentId),
  )
  return {
    people: rows.map((row) => ({
      place: placeOf(row),
      name: names.get(row.residentId) ?? null,
      why: row.why,
    })),
    isMore: found.length > rows.length,
  }
}

type Home = { unitCode: string | null; hamletId: string | null }

/** Labels of the places of a list, each hamlet read once. */
async function placesOf(ctx: Ctx, homes: readonly Home[]): Promise<(home: Home) => string> {
  const ids = [...new Set(homes.map(({ hamletId }) => hamletId))].filter((id) => id !== null)
  const hamlets = new Map(
    await Promise.all(ids.map(async (id) => [id, await findHamlet(ctx.db, id)] as const)),
  )
  return ({ unitCode, hamletId }) =>
    placeText(ctx.t, unitCode ?? undefined, hamletId === null ? undefined : hamlets.get(hamletId))
}
