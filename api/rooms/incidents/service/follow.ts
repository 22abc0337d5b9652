import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { parsePublicCode } from '../../../core/ids.ts'
import { consumeEvents, type DomainEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import type { Tell } from '../policy/moves.ts'
import { PUBLIC_STATES } from '../policy/table.ts'
import type { State } from '../schema.ts'
import type { Following } from '../schema-follow.ts'
import { findByCodes, findIncident, findPublicCode, type IncidentRow } from '../store/cases.ts'
import {
  countFollowers,
  deleteFollow,
  findFollowers,
  insertFollow,
  isFollower,
  moveFollowers,
  repointDuplicates,
} from '../store/follow.ts'
import { auditCase } from './record.ts'
import { tellFollowers } from './tell.ts'

function requireResident(ctx: Ctx): string {
  if (ctx.actor.kind === 'resident') return ctx.actor.residentId
  throw new AppError(ctx.actor.kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden')
}

async function findOpenToAll(tx: Ctx, code: string): Promise<IncidentRow> {
  const [row] = await findByCodes(tx.db, [parsePublicCode(code) ?? ''])
  // What the public does not see cannot be followed, and asking does not tell that it exists.
  if (row === undefined || !(PUBLIC_STATES as readonly State[]).includes(row.state))
    throw new AppError('incidents.not_found')
  return row
}

async function following(tx: Ctx, row: IncidentRow, isFollowing: boolean): Promise<Following> {
  const followers = (await countFollowers(tx.db, [row.id])).get(row.id) ?? 0
  return { publicCode: row.publicCode, followers, isFollowing }
}

/** Whether the signed-in resident follows a public case, or sent it. Throws `http.unauthenticated`, `incidents.not_found`. */
export async function getFollowing(ctx: Ctx, code: string): Promise<Following> {
  const residentId = requireResident(ctx)
  const row = await findOpenToAll(ctx, code)
  const isOwn = row.reporterId === residentId
  return following(ctx, row, isOwn || (await isFollower(ctx.db, row.id, residentId)))
}

/**
 * A signed-in resident follows a public case ("me too") and is told its public steps; the own case needs none, and
 * again changes nothing. Throws `http.unauthenticated`, `incidents.not_found`, `incidents.bad_transition` once closed.
 */
export async function followIncident(ctx: Ctx, code: string): Promise<Following> {
  const residentId = requireResident(ctx)
  return inTransaction(ctx, async (tx) => {
    const row = await findOpenToAll(tx, code)
    if (row.reporterId === residentId) return following(tx, row, true)
    if (row.state === 'closed')
      throw new AppError('incidents.bad_transition', {
        params: { from: row.state, move: 'follow' },
      })
    const isNew = await insertFollow(tx.db, { incidentId: row.id, residentId, since: tx.now() })
    if (isNew) await auditCase(tx, row, { action: 'incident.follow' })
    return following(tx, row, true)
  })
}

/** Stops following; again changes nothing. Throws `http.unauthenticated`, `incidents.not_found`. */
export async function unfollowIncident(ctx: Ctx, code: string): Promise<Following> {
  const residentId = requireResident(ctx)
  return inTransaction(ctx, async (tx) => {
    const [row] = await findByCodes(tx.db, [parsePublicCode(code) ?? ''])
    if (row === undefined) throw new AppError('incidents.not_found')
    if (await deleteFollow(tx.db, { incidentId: row.id, residentId }))
      await auditCase(tx, row, { action: 'incident.unfollow' })
    return following(tx, row, false)
  })
}

/** Whoever followed a merged case, and who sent it, follows the one that goes on; followers are told once. */
export async function mergeFollowers(tx: Ctx, merged: IncidentRow): Promise<void> {
  const intoId = merged.duplicateOfId
  if (intoId === null) return
  const moved = await findFollowers(tx.db, merged.id)
  const { id: fromId, reporterId } = merged
  await moveFollowers(tx.db, { fromId, intoId, reporterId, now: tx.now() })
  await repointDuplicates(tx.db, fromId, intoId)
  const residentIds = moved.filter((id) => id !== reporterId)
  await tellFollowers(tx, merged, { tell: 'duplicate', residentIds, key: 'merged' })
  const code = await findPublicCode(tx.db, intoId)
  await auditCase(tx, merged, {
    action: 'incident.merge_followers',
    data: { into: code ?? null, moved: moved.length + Number(reporterId !== null) },
  })
}

/** Steps that are told to followers; the rest concerns the sender alone. */
const FOR_FOLLOWERS: readonly Tell[] = [
  'assigned',
  'in_progress',
  'extended',
  'answered',
  'reopened',
  'closed',
]

const isForFollowers = (tell: unknown): tell is Tell => FOR_FOLLOWERS.some((one) => one === tell)

async function tellStep(tx: Ctx, event: DomainEvent): Promise<void> {
  const { tell } = event.data
  if (!event.kind.startsWith('incident.') || !isForFollowers(tell)) return
  const incident = await findIncident(tx.db, event.subjectId)
  if (incident === undefined) return
  // An answer that was objected to meanwhile is no news any more.
  if (tell === 'answered' && incident.answeredAt === null) return
  const residentIds = await findFollowers(tx.db, incident.id)
  await tellFollowers(tx, incident, { tell, residentIds, key: event.id })
}

/** Tells followers what happened since the last time, apart from the official's own click; how many events were read. */
export const consumeFollowedSteps = (ctx: Ctx): Promise<number> =>
  consumeEvents(ctx, 'incident-followers', tellStep)
