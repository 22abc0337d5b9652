import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'

/** Reference data is changed by the system (start, command line) and by administrators only. */
export function requireKeeper(ctx: Ctx): void {
  const { actor } = ctx
  if (actor.kind === 'system') return
  if (actor.kind === 'official' && actor.roles.includes('admin')) return
  throw new AppError(actor.kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden')
}
