import type { Language } from '../../../../locales/index.ts'
import type { Message } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { actorId, audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { asPush } from '../messages.ts'
import { type Steer, steer } from '../policy/dispatch.ts'
import { Audience, type Why } from '../schema.ts'
import {
  addCounts,
  byState,
  type Counts,
  countRecipients,
  findCells,
  findCounts,
  isSameCount,
  movedFrom,
  replaceCounts,
  sumOf,
} from '../store/counts.ts'
import {
  collectOutcomes,
  type DispatchRow,
  findActiveDispatches,
  findDispatch,
  findDispatchBySubject,
  haltDispatch,
  insertDispatch,
  lockDispatch,
  moveAll,
  saveDispatch,
} from '../store/dispatch.ts'
import { planSlice, pumpSlice } from '../store/plan.ts'

/** One to many: the fine right (who may warn whom) is asked by the room that calls. */
export function requireDesk(ctx: Ctx): void {
  const { kind } = ctx.actor
  if (kind === 'official' || kind === 'system') return
  throw new AppError(kind === 'anonymous' ? 'http.unauthenticated' : 'http.forbidden')
}

async function getLocked(tx: Ctx, dispatchId: string): Promise<DispatchRow> {
  const row = await lockDispatch(tx.db, dispatchId)
  if (row === undefined) throw new AppError('http.not_found')
  return row
}

export type NewDispatch = {
  /** What it tells about, for example `alert` and the id of that version; a subject has one dispatch. */
  subject: { kind: string; id: string }
  lane: 'alert' | 'notice'
  audience: (typeof Audience)['_input']
  message: (language: Language) => Message
  expiresAt?: Date
  isLifeSafety?: boolean
}

/**
 * Prepares one message for many; nothing is sent before `planDispatch` and `steerDispatch(start)`. The same subject
 * again answers the same dispatch. Its id. Reaching everybody whatever they subscribed to needs danger to life.
 */
export async function createDispatch(ctx: Ctx, input: NewDispatch): Promise<string> {
  requireDesk(ctx)
  const audience = parseInput(Audience, input.audience)
  const { subject, expiresAt = null, isLifeSafety = false } = input
  if (audience.isEveryone && !isLifeSafety)
    throw new AppError('http.invalid_input', {
      issues: [{ path: 'audience.isEveryone', code: 'custom' }],
    })
  const id = ctx.newId()
  const worded = (language: Language) =>
    asPush(ctx.translate(language), input.message(language), {
      ref: id,
      isDemo: ctx.settings.isDemo,
    })
  return inTransaction(ctx, async (tx) => {
    const made = await insertDispatch(tx.db, {
      id,
      kind: audience.kind,
      lane: isLifeSafety ? 'alert' : input.lane,
      isLifeSafety,
      messageVi: worded('vi'),
      messageEn: worded('en'),
      audience,
      subjectKind: subject.kind,
      subjectId: subject.id,
      expiresAt,
      createdByKind: tx.actor.kind,
      createdBy: actorId(tx.actor),
      now: tx.now(),
    })
    if (made === undefined) {
      const known = await findDispatchBySubject(tx.db, subject.kind, subject.id)
      if (known === undefined) throw new AppError('http.conflict')
      return known.id
    }
    await audit(tx, {
      action: 'delivery.dispatch_created',
      subjectKind: 'dispatch',
      subjectId: made.id,
      data: { kind: audience.kind, lane: made.lane, isLifeSafety },
    })
    return made.id
  })
}

/** Residents of one planning statement; each is a transaction, so that a crash loses at most one. */
export const PLAN_SLICE = 50_000

export type Planned = { planned: number; isDone: boolean }

/**
 * Fills the recipients' ledger, slice by slice, going on where it stopped; `maxSlices` bounds one call. How many were
 * added, and whether all are in. Again adds nobody.
 */
export async function planDispatch(
  ctx: Ctx,
  input: { dispatchId: string; maxSlices?: number },
): Promise<Planned> {
  requireDesk(ctx)
  const { dispatchId, maxSlices = Number.POSITIVE_INFINITY } = input
  let planned = 0
  for (let n = 0; n < maxSlices; n++) {
    const slice = await inTransaction(ctx, (tx) => planNext(tx, dispatchId))
    planned += slice.planned
    if (slice.isDone) return { planned, isDone: true }
  }
  return { planned, isDone: false }
}

async function planNext(tx: Ctx, dispatchId: string): Promise<Planned> {
  const row = await getLocked(tx, dispatchId)
  if (row.state !== 'planning') return { planned: 0, isDone: true }
  const audience = row.audience as Audience
  const now = tx.now()
  const { cells, looked, lastId } = await planSlice(tx.db, row, audience, PLAN_SLICE, now)
  const planned = sumOf(cells)
  await addCounts(tx.db, dispatchId, cells)
  if (looked === PLAN_SLICE) {
    await saveDispatch(tx.db, dispatchId, { planCursor: lastId, updatedAt: now })
    return { planned, isDone: false }
  }
  await saveDispatch(tx.db, dispatchId, { state: 'ready', planCursor: lastId, updatedAt: now })
  const { planned: all = 0 } = await findCounts(tx.db, dispatchId)
  await audit(tx, {
    action: 'delivery.dispatch_planned',
    subjectKind: 'dispatch',
    subjectId: dispatchId,
    data: { recipients: all },
  })
  return { planned, isDone: true }
}

/** Why everybody on a ledger got it; a single place is named. */
function whyOf(row: DispatchRow): Why {
  const { kind, places, isEveryone } = row.audience as Audience
  const [place, ...more] = places
  const by = isEveryone ? 'everyone' : 'subscription'
  return { by, kind, ...(place === undefined || more.length > 0 ? {} : place) }
}

/**
 * Moves up to `limit` planned recipients into inbox and outbox, area first, if the dispatch is running; what has
 * expired goes nowhere. How many were moved.
 */
export async function pumpDispatch(
  ctx: Ctx,
  input: { dispatchId: string; limit: number },
): Promise<number> {
  requireDesk(ctx)
  const { dispatchId, limit } = input
  return inTransaction(ctx, async (tx) => {
    const row = await getLocked(tx, dispatchId)
    if (row.state !== 'running') return 0
    const now = tx.now()
    if (row.expiresAt !== null && Date.parse(row.expiresAt) <= now.getTime()) {
      const expired = await moveAll(tx.db, dispatchId, 'planned', 'expired')
      await addCounts(tx.db, dispatchId, movedFrom('planned', expired))
      return sumOf(expired)
    }
    const moved = await pumpSlice(tx.db, row, whyOf(row), limit, now)
    await addCounts(tx.db, dispatchId, movedFrom('planned', moved))
    if (moved.some(({ state }) => state === 'queued')) tx.afterCommit(() => tx.ports.wake('outbox'))
    return sumOf(moved)
  })
}

/**
 * Starts, pauses, resumes or cancels. A pause lets out what is in the outbox already; a cancel takes that back too,
 * but for what a sender holds. Again changes nothing; `http.conflict` when it cannot be.
 */
export async function steerDispatch(
  ctx: Ctx,
  input: { dispatchId: string; wish: Steer },
): Promise<DispatchRow['state']> {
  requireDesk(ctx)
  const { dispatchId, wish } = input
  return inTransaction(ctx, async (tx) => {
    const row = await getLocked(tx, dispatchId)
    const state = steer(row.state, wish)
    if (state === undefined) throw new AppError('http.conflict')
    if (state === row.state) return state
    const now = tx.now()
    await saveDispatch(tx.db, dispatchId, { state, updatedAt: now })
    if (state === 'cancelled') {
      const planned = await moveAll(tx.db, dispatchId, 'planned', 'cancelled')
      const queued = await haltDispatch(tx.db, dispatchId, now)
      const changes = [...movedFrom('planned', planned), ...movedFrom('queued', queued)]
      await addCounts(tx.db, dispatchId, changes)
    }
    await audit(tx, {
      action: `delivery.dispatch_${wish}`,
      subjectKind: 'dispatch',
      subjectId: dispatchId,
      fields: ['state'],
      data: { state },
    })
    return state
  })
}

const COLLECT_LIMIT = 5_000

/** Learns what became of sent messages; closes a dispatch of which nothing is left. How many outcomes came in. */
export async function collectDispatch(ctx: Ctx, input: { dispatchId: string }): Promise<number> {
  requireDesk(ctx)
  const { dispatchId } = input
  return inTransaction(ctx, async (tx) => {
    const row = await getLocked(tx, dispatchId)
    const settled = await collectOutcomes(tx.db, dispatchId, COLLECT_LIMIT)
    await addCounts(tx.db, dispatchId, movedFrom('queued', settled))
    const { planned = 0, queued = 0 } = await findCounts(tx.db, dispatchId)
    if (row.state === 'running' && planned + queued === 0)
      await saveDispatch(tx.db, dispatchId, { state: 'done', updatedAt: tx.now() })
    return sumOf(settled)
  })
}

export type DispatchProgress = {
  state: DispatchRow['state']
  counts: Counts
  total: number
  /** By channel (empty: the inbox alone) and by unit (empty: the whole province). */
  byChannel: Record<string, Counts>
  byUnit: Record<string, Counts>
}

/** Counts by state, from the counters: as fast for a million as for one. */
export async function getDispatchProgress(
  ctx: Ctx,
  input: { dispatchId: string },
): Promise<DispatchProgress> {
  requireDesk(ctx)
  const row = await findDispatch(ctx.db, input.dispatchId)
  if (row === undefined) throw new AppError('http.not_found')
  const cells = await findCells(ctx.db, row.id)
  const by = (name: 'channel' | 'unitCode'): Record<string, Counts> => {
    const keys = new Set(cells.map((cell) => cell[name]))
    return Object.fromEntries(
      [...keys].toSorted().map((key) => [key, byState(cells.filter((cell) => cell[name] === key))]),
    )
  }
  return {
    state: row.state,
    counts: byState(cells),
    total: sumOf(cells),
    byChannel: by('channel'),
    byUnit: by('unitCode'),
  }
}

/** Counts the rows themselves and puts the counters right; true when they were. */
export async function reconcileDispatch(ctx: Ctx, input: { dispatchId: string }): Promise<boolean> {
  requireDesk(ctx)
  const { dispatchId } = input
  return inTransaction(ctx, async (tx) => {
    await getLocked(tx, dispatchId)
    const counted = await countRecipients(tx.db, dispatchId)
    if (isSameCount(await findCells(tx.db, dispatchId), counted)) return true
    await replaceCounts(tx.db, dispatchId, counted)
    await audit(tx, {
      action: 'delivery.dispatch_recounted',
      subjectKind: 'dispatch',
      subjectId: dispatchId,
    })
    return false
  })
}

/** Messages of one dispatch that may wait in the outbox, so that a pause or a cancel bites soon. */
const BACKLOG = 4_000
const PUMP_SLICE = 1_000
const AT_ONCE = 20

/** One round over all dispatches, alerts first: plan a slice, send a slice, learn outcomes. How much was done. */
export async function runDispatches(ctx: Ctx): Promise<number> {
  let done = 0
  for (const { id: dispatchId, state } of await findActiveDispatches(ctx.db, AT_ONCE)) {
    if (state === 'planning') {
      done += 1
      await planDispatch(ctx, { dispatchId, maxSlices: 1 })
    }
    done += await collectDispatch(ctx, { dispatchId })
    if (state !== 'running') continue
    const { queued = 0 } = await findCounts(ctx.db, dispatchId)
    const room = Math.min(PUMP_SLICE, BACKLOG - queued)
    if (room > 0) done += await pumpDispatch(ctx, { dispatchId, limit: room })
  }
  return done
}
