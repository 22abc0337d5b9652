import type { Message } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { parseInput } from '../../../http/kit.ts'
import { requireCan } from '../../identity/index.ts'
import { categoryOf } from '../data/categories.ts'
import { decideMove } from '../policy/decide.ts'
import { RIGHTS_OF } from '../policy/rights.ts'
import { PUBLIC_STATES } from '../policy/table.ts'
import { toPublic } from '../policy/view.ts'
import { MoveIncident, type PublicIncident, type State } from '../schema.ts'
import { findIncident, type IncidentRow } from '../store/cases.ts'
import { loadAround } from './around.ts'
import { factsFor } from './move.ts'
import { wordPreview } from './tell.ts'

async function readable(ctx: Ctx, id: string): Promise<IncidentRow> {
  requireCan(ctx, 'incidents.read_desk')
  const incident = await findIncident(ctx.db, id)
  if (incident === undefined) throw new AppError('incidents.not_found')
  requireCan(ctx, 'incidents.read_desk', incident)
  return incident
}

/** What the sender would read after a step, on the channel the report came by; null: nobody would be told. */
export type MovePreview = { channel: string; message: Message | null }

/**
 * The message of a step that is not made: nothing is written. An answer that an approver reads first is shown as the
 * sender will get it. Throws as the step would, but never `incidents.stale`.
 */
export async function previewMove(
  ctx: Ctx,
  input: Omit<MoveIncident, 'version'>,
): Promise<MovePreview> {
  requireCan(ctx, 'incidents.read_desk')
  const { id, move } = parseInput(MoveIncident.omit({ version: true }), input)
  const incident = await readable(ctx, id)
  for (const action of RIGHTS_OF[move.kind]) requireCan(ctx, action, incident)
  const decided = decideMove(incident, move, await factsFor(ctx, incident, move, 'official'))
  if (!decided.ok) throw new AppError(decided.code, { params: decided.params })
  const { channel } = incident
  const { decision } = decided
  const tell = decision.to === 'answer_proposed' ? 'answered' : decision.tell
  if (tell === null || incident.reporterId === null) return { channel, message: null }
  return { channel, message: await wordPreview(ctx, incident, { tell, move, decision }) }
}

/**
 * What everybody will read of a case: as it is once it is accepted, or with the answer that is proposed. `isNow`: it can
 * be read so already. Throws `incidents.not_found`, `http.forbidden`.
 */
export async function previewPublic(
  ctx: Ctx,
  id: string,
): Promise<{ isNow: boolean; incident: PublicIncident }> {
  const row = await readable(ctx, id)
  const around = (await loadAround(ctx, [row])).get(row.id)
  if (around === undefined) throw new AppError('incidents.not_found')
  const isProposed = row.state === 'answer_proposed'
  const isNow = (PUBLIC_STATES as readonly State[]).includes(row.state) && !isProposed
  if (isNow) return { isNow, incident: toPublic(row, around, localDate(ctx.now())) }
  const showsReport = !row.isPrivatePlace && !categoryOf(row.category).isPrivate
  const media = around.media.map((one) => ({
    ...one,
    isPublished: one.isPublished || (one.role === 'proof' ? isProposed : showsReport),
  }))
  const then: IncidentRow = isProposed
    ? { ...row, state: 'answered', answeredAt: ctx.now().toISOString() }
    : { ...row, state: 'accepted' }
  return { isNow, incident: toPublic(then, { ...around, media }, localDate(ctx.now())) }
}
