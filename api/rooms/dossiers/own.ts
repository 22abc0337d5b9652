import type { Ctx } from '../../context.ts'
import { requireSelf } from '../identity/index.ts'

/** The signed-in resident's id; throws for anybody else. */
export function ownId(ctx: Ctx): string {
  const residentId = ctx.actor.kind === 'resident' ? ctx.actor.residentId : ''
  requireSelf(ctx, residentId)
  return residentId
}
