import type { Ctx } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import { consumeEvents, type DomainEvent } from '../../../db/events.ts'
import { keptUntil } from '../../../db/retention.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { discardMedia, forgetOrigin, forgetOriginals } from '../../../files/index.ts'
import { requireSelf } from '../../identity/index.ts'
import { type Steps, textOf, toOwn } from '../policy/view.ts'
import type { OwnIncident } from '../schema.ts'
import { loadAround } from '../service/around.ts'
import { auditCase } from '../service/record.ts'
import { findActivity, findCaseMedia, type IncidentRow, lockIncident } from '../store/cases.ts'
import { findQuestions } from '../store/satisfaction.ts'
import { maskedStep, withoutSender } from './policy.ts'
import {
  deleteFollowers,
  findDue,
  findFollowed,
  findOwn,
  forgetActors,
  forgetPartner,
  moveSender,
  saveStepData,
  saveWithoutSender,
} from './store.ts'

const BATCH = 200

/** Takes everything off a locked case that leads to its sender. The case, its answer and its public photos stay. */
async function forgetSender(tx: Ctx, incident: IncidentRow, why: 'kept_long_enough' | 'erased') {
  const isOver = why === 'kept_long_enough'
  const changes = { ...withoutSender(incident), ...(isOver ? { purgedAt: tx.now() } : {}) }
  await saveWithoutSender(tx.db, incident, changes, tx.now())
  for (const step of await findActivity(tx.db, [incident.id])) {
    const masked = maskedStep(step, incident.isPrivatePlace)
    if (masked !== undefined) await saveStepData(tx.db, step.id, masked)
  }
  await forgetActors(tx.db, incident.id)
  const media = await findCaseMedia(tx.db, [incident.id])
  const sent = media.filter((item) => item.role === 'report')
  await forgetOrigin(
    tx,
    sent.map((item) => item.mediaId),
  )
  const unseen = sent.filter((item) => !item.isPublished)
  await discardMedia(
    tx,
    unseen.map((item) => item.mediaId),
  )
  const covered = await forgetOriginals(
    tx,
    media.map((item) => item.mediaId),
  )
  await auditCase(tx, incident, {
    action: 'incident.forget_sender',
    fields: Object.keys(changes),
    data: { why, photos: unseen.length, covered },
  })
}

/**
 * Applies the retention table to cases that ended a term ago (half a year as it ships), each in its own transaction; again changes nothing.
 * Returns how many.
 */
export async function purgeEnded(ctx: Ctx): Promise<number> {
  const before = await keptUntil(ctx, 'cases')
  let purged = 0
  for (const id of await findDue(ctx.db, before, BATCH)) {
    try {
      const isDone = await inTransaction(ctx, async (tx) => {
        const incident = await lockIncident(tx.db, id)
        if (incident === undefined || incident.purgedAt !== null) return false
        await deleteFollowers(tx.db, { incidentId: id })
        await forgetPartner(tx.db, id)
        await forgetSender(tx, incident, 'kept_long_enough')
        return true
      })
      if (isDone) purged += 1
    } catch (error) {
      ctx.log.error('incidents.purge_failed', { incidentId: id, error })
    }
  }
  return purged
}

/** A case as its sender sees it, and what else is kept of what they said and chose. */
type ExportedIncident = OwnIncident & {
  channel: string
  hidesIdentity: boolean
  said: { at: string; kind: string; text: string }[]
  satisfaction?: { askedAt: string; answeredAt: string | null; score: number | null }
}

export type OwnExport = {
  incidents: ExportedIncident[]
  following: { publicCode: string; since: string }[]
}

/** Why they rated as they did, and what was not done: what the sender's own page does not repeat. */
const saidBy = (steps: Steps): ExportedIncident['said'] =>
  steps.flatMap(({ at, kind, data }) => {
    const text = textOf(data.comment) ?? textOf(data.note)
    return ['rate', 'reopen'].includes(kind) && text !== undefined ? [{ at, kind, text }] : []
  })

/** What this room keeps about a resident: their cases as they see them, and which they follow. `http.forbidden` for others. */
export async function exportOwnIncidents(ctx: Ctx, residentId: string): Promise<OwnExport> {
  requireSelf(ctx, residentId)
  const rows = await findOwn(ctx.db, residentId)
  const around = await loadAround(ctx, rows)
  const asked = await findQuestions(
    ctx.db,
    rows.map((row) => row.id),
  )
  const today = localDate(ctx.now())
  const own = (row: IncidentRow): ExportedIncident[] => {
    const parts = around.get(row.id)
    if (parts === undefined) return []
    const { channel, hidesIdentity } = row
    const satisfaction = asked.get(row.id)
    return [
      {
        ...toOwn(row, parts, today),
        ...{ channel, hidesIdentity, said: saidBy(parts.activity) },
        ...(satisfaction === undefined ? {} : { satisfaction }),
      },
    ]
  }
  return { incidents: rows.flatMap(own), following: await findFollowed(ctx.db, residentId) }
}

/**
 * Takes a resident out of this room: their cases go on without them, as after the retention. Again changes nothing.
 * `http.forbidden` for others.
 */
export async function eraseReporter(ctx: Ctx, residentId: string): Promise<number> {
  requireSelf(ctx, residentId)
  return inTransaction(ctx, async (tx) => {
    await deleteFollowers(tx.db, { residentId })
    const own = await findOwn(tx.db, residentId)
    for (const { id } of own) {
      const incident = await lockIncident(tx.db, id)
      if (incident !== undefined) await forgetSender(tx, incident, 'erased')
    }
    return own.length
  })
}

async function followIdentity(tx: Ctx, { kind, subjectId, data }: DomainEvent): Promise<void> {
  if (kind === 'identity.resident_erased') await eraseReporter(tx, subjectId)
  if (kind === 'identity.residents_joined') await moveSender(tx.db, String(data.from), subjectId)
}

/** Runs what identity decided about people over this room; how many events were read. */
export const consumeResidentEvents = (ctx: Ctx): Promise<number> =>
  consumeEvents(ctx, 'incidents', followIdentity)
