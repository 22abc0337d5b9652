import { z } from 'zod'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { moveIncident, OfficialMove } from '../../incidents/index.ts'

const MOST = 50

export const BulkMoves = z.object({
  moves: z
    .array(z.object({ id: z.uuid(), version: z.number().int().positive(), move: OfficialMove }))
    .min(1)
    .max(MOST),
})
type BulkMoves = z.infer<typeof BulkMoves>

export const BulkResult = z
  .object({ id: z.uuid(), ok: z.boolean(), code: z.string().optional() })
  .meta({ id: 'BulkResult' })
export type BulkResult = z.infer<typeof BulkResult>

/**
 * Many steps at once, each a step of its own: one that is stale or not allowed is told with its code, the others are
 * made. Throws `http.invalid_input`, `http.forbidden`.
 */
export async function moveMany(ctx: Ctx, input: BulkMoves): Promise<BulkResult[]> {
  requireCan(ctx, 'incidents.read_desk')
  const { moves } = parseInput(BulkMoves, input)
  const results: BulkResult[] = []
  for (const one of moves) results.push(await moveOne(ctx, one))
  return results
}

async function moveOne(ctx: Ctx, one: BulkMoves['moves'][number]): Promise<BulkResult> {
  try {
    await moveIncident(ctx, one)
    return { id: one.id, ok: true }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { id: one.id, ok: false, code: error.code }
  }
}
