import type { Ctx } from '../context.ts'
import { AppError } from '../core/errors.ts'
import { isUuid } from '../core/ids.ts'
import { type Action, can } from '../rooms/identity/index.ts'
import { ownsMedia, type Rendition } from './service.ts'
import { findMedia, type MediaRow } from './store.ts'

/** The part of a case that rights reach by; undefined when there is no such case. */
export type CaseScope = {
  unitCode: string | null
  agencyCode: string | null
  assigneeId: string | null
  /** What one must be allowed to do there, to see its photos. */
  right: Action
}
/** How files ask the rooms of cases, which stand to their right. */
export type FindCaseScope = (ctx: Ctx, id: string) => Promise<CaseScope | undefined>

/**
 * A photo that this reader may see: a published one, an own one, or one of a case that the official works on; what was
 * covered of it only the last. Anything else is `files.not_found`, so that asking does not tell what exists.
 */
export async function getReadableMedia(
  ctx: Ctx,
  input: { mediaId: string; conversationKey?: string | undefined; rendition: Rendition },
  findCaseScope: FindCaseScope,
): Promise<MediaRow> {
  const row = isUuid(input.mediaId) ? await findMedia(ctx.db, input.mediaId) : undefined
  if (row === undefined) throw new AppError('files.not_found')
  if (input.rendition === 'public') {
    if (row.publishedAt !== null) return row
    if (ownsMedia(row, { actor: ctx.actor, conversationKey: input.conversationKey })) return row
  }
  if (ctx.actor.kind === 'official' && row.attachedTo !== null) {
    const scope = await findCaseScope(ctx, row.attachedTo)
    if (scope !== undefined && can(ctx.actor, scope.right, scope)) return row
  }
  throw new AppError('files.not_found')
}
