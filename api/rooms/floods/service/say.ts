import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid, sha256Hex } from '../../../core/ids.ts'
import { CM_OF_MARK } from '../policy/depth.ts'
import type { Mark } from '../schema.ts'
import { deleteDepths, findPoint, type PointRow, saveDepth } from '../store.ts'

/** Who said it, for counting once: a chat, a phone, or the signed-in person. Kept as a digest only. */
export type Sayer = { channel: string; chatKey: string } | { device: string }

const keyOf = (ctx: Ctx, sayer: Sayer): string => {
  if (ctx.actor.kind === 'resident') return `resident:${ctx.actor.residentId}`
  return 'device' in sayer ? `device:${sayer.device}` : `${sayer.channel}:${sayer.chatKey}`
}

/** A point that is watched; `floods.not_found`. */
export async function getFloodPoint(ctx: Ctx, id: string): Promise<PointRow> {
  const row = isUuid(id) ? await findPoint(ctx.db, id) : undefined
  if (row === undefined || row.closedAt !== null) throw new AppError('floods.not_found')
  return row
}

/**
 * How high the water stands on a grown person at a point. The last word of a person counts, once. It is one figure among
 * others and changes nothing that an official stated, so it leaves no audit row and names nobody.
 */
export async function sayDepth(
  ctx: Ctx,
  input: { id: string; mark: Mark; sayer: Sayer },
): Promise<PointRow> {
  const row = await getFloodPoint(ctx, input.id)
  await saveDepth(ctx.db, {
    pointId: row.id,
    // With the point in it, two points do not tell that one person spoke of both.
    sayerHash: await sha256Hex(`${row.id}:${keyOf(ctx, input.sayer)}`),
    depthCm: CM_OF_MARK[input.mark],
    saidAt: ctx.now(),
  })
  return row
}

const KEPT_MS = 86_400_000

/** Removes what residents said of depths a day ago. How many. */
export const purgeDepths = (ctx: Ctx): Promise<number> =>
  deleteDepths(ctx.db, new Date(ctx.now().getTime() - KEPT_MS))
