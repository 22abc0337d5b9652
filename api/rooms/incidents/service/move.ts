import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { parsePublicCode } from '../../../core/ids.ts'
import { localDate } from '../../../core/time.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { attachMedia, describeMedia, publishMedia, unpublishMedia } from '../../../files/index.ts'
import { parseInput } from '../../../http/kit.ts'
import { findAgency, loadCalendar } from '../../areas/index.ts'
import { requireCan } from '../../identity/index.ts'
import { categoryOf } from '../data/categories.ts'
import { decideMove } from '../policy/decide.ts'
import { countDue } from '../policy/due.ts'
import type { Decision, Move, MoveFacts } from '../policy/moves.ts'
import { RIGHTS_OF, roleOf } from '../policy/rights.ts'
import { isEnd, PUBLIC_STATES } from '../policy/table.ts'
import { MoveIncident, type State } from '../schema.ts'
import { clearAttention } from '../store/attention.ts'
import {
  deleteUnpublishedProof,
  findActivity,
  findByCodes,
  findCaseMedia,
  findRoute,
  type IncidentRow,
  insertCaseMedia,
  lockIncident,
  saveDecision,
} from '../store/cases.ts'
import { raiseAttention } from './attention.ts'
import { mergeFollowers } from './follow.ts'
import { auditCase, recordSteps } from './record.ts'
import { tellReporter } from './tell.ts'

export type Moved = { id: string; publicCode: string; state: State; version: number }

/**
 * One step of a case by an official. Throws `incidents.not_found`, `http.forbidden`, `incidents.stale` (with what
 * changed since `version`), `incidents.bad_transition`, `incidents.proof_missing`, `incidents.agency_unknown`.
 */
export async function moveIncident(ctx: Ctx, input: MoveIncident): Promise<Moved> {
  requireCan(ctx, 'incidents.read_desk')
  const { id, version, move } = parseInput(MoveIncident, input)
  return inTransaction(ctx, async (tx) => {
    const incident = await lockIncident(tx.db, id)
    if (incident === undefined) throw new AppError('incidents.not_found')
    requireCan(tx, 'incidents.read_desk', incident)
    for (const action of RIGHTS_OF[move.kind]) requireCan(tx, action, incident)
    if (incident.version !== version) throw await stale(tx, incident, version)
    if (move.kind === 'assign' || move.kind === 'accept_and_assign')
      await requireAgency(tx, incident, move.agencyCode)
    return applyMove(tx, incident, move, 'official')
  })
}

/** What happened since the reader's version, so that a page can say it instead of only refusing. */
async function stale(tx: Ctx, incident: IncidentRow, seen: number): Promise<AppError> {
  const steps = await findActivity(tx.db, [incident.id])
  const since = steps
    .filter((step) => Number(step.data.version ?? 0) > seen)
    .map(({ kind, toState, at, data }) => ({
      move: kind,
      state: toState,
      at,
      by: data.role ?? 'official',
      fields: typeof data.fields === 'string' ? data.fields.split(' ') : [],
    }))
  const { version, state } = incident
  return new AppError('incidents.stale', { detail: { version, state, steps: since } })
}

async function requireAgency(tx: Ctx, incident: IncidentRow, code: string): Promise<void> {
  const agency = await findAgency(tx.db, code)
  const isHere = agency?.unitCode === null || agency?.unitCode === incident.unitCode
  const today = localDate(tx.now())
  const isNow =
    agency !== undefined &&
    agency.validFrom <= today &&
    (agency.validTo === null || agency.validTo >= today)
  if (!isNow || !isHere)
    throw new AppError('incidents.agency_unknown', { params: { agency: code } })
}

/** Columns that follow from others. */
const SILENT: readonly string[] = ['dueBasis', 'escalationStep']

/** Decides and writes one move of a locked case, whoever makes it; the caller has checked who that is. */
export async function applyMove(
  tx: Ctx,
  incident: IncidentRow,
  move: Move,
  by: MoveFacts['by'],
): Promise<Moved> {
  const decided = decideMove(incident, move, await factsFor(tx, incident, move, by))
  if (!decided.ok) throw new AppError(decided.code, { params: decided.params })
  const { decision } = decided
  const saved = await saveDecision(tx.db, incident, decision.changes, tx.now())
  if (saved === undefined) throw await stale(tx, incident, incident.version)
  await writeMedia(tx, saved, move, decision)
  const role = roleOf(tx.actor, by, move.kind)
  const fields = Object.keys(decision.changes).filter((name) => !SILENT.includes(name))
  await recordSteps(
    tx,
    saved,
    decision.activity.map((row) => ({
      ...row,
      data: { ...row.data, role, fields: fields.join(' ') },
    })),
    decision.tell,
  )
  await auditCase(tx, saved, {
    action: `incident.${move.kind}`,
    fields,
    data: { from: incident.state, to: saved.state, version: saved.version },
  })
  if (by === 'official') await clearAttention(tx.db, saved.id, tx.now())
  await noticeMove(tx, saved, move)
  if (saved.state === 'duplicate') await mergeFollowers(tx, saved)
  if (decision.tell !== null) await tellReporter(tx, saved, decision.tell)
  const { id, publicCode, state, version } = saved
  return { id, publicCode, state, version }
}

/** Steps that somebody of the office should hear of, beside the work list. */
async function noticeMove(tx: Ctx, incident: IncidentRow, move: Move): Promise<void> {
  const key = String(incident.version)
  if (move.kind === 'reopen' || move.kind === 'not_our_task') {
    const kind = move.kind === 'reopen' ? 'reopened' : 'not_our_task'
    await raiseAttention(tx, incident, { kind, recipient: 'dispatcher', key })
  }
  if (move.kind === 'give_info')
    await raiseAttention(tx, incident, { kind: 'info', recipient: 'dispatcher', key })
}

/** What the rules look at beside the case and the move. Reads only. */
export async function factsFor(
  tx: Ctx,
  incident: IncidentRow,
  move: Move,
  by: MoveFacts['by'],
): Promise<MoveFacts> {
  const { actor } = tx
  const category = categoryOf(incident.category)
  const route = await findRoute(tx.db, incident)
  const calendar = await loadCalendar(tx.db)
  const steps = await findActivity(tx.db, [incident.id])
  const count = (kind: Move['kind']) => steps.filter((step) => step.kind === kind).length
  const reopened = steps.findLast((step) => step.kind === 'reopen')
  const original =
    move.kind === 'mark_duplicate' ? await findOriginal(tx, move.originalCode) : undefined
  return {
    by,
    actorId: actor.kind === 'official' ? actor.officialId : null,
    now: tx.now(),
    needsApprover: category.needsApprover,
    countDue: (from, days) => countDue(from, days, calendar),
    dueInWorkingDays: route?.dueInWorkingDays ?? category.dueInWorkingDays,
    reopenings: count('reopen'),
    extensions: count('request_extension'),
    photos: move.kind === 'answer' ? await describeMedia(tx, move.mediaIds) : [],
    proofAfter: reopened?.at ?? incident.createdAt,
    ...(original === undefined ? {} : { original }),
  }
}

async function findOriginal(tx: Ctx, code: string) {
  const canonical = parsePublicCode(code)
  const [found] = canonical === undefined ? [] : await findByCodes(tx.db, [canonical])
  return found
}

async function writeMedia(
  tx: Ctx,
  incident: IncidentRow,
  move: Move,
  decision: Decision,
): Promise<void> {
  if (move.kind === 'answer') {
    const attached = await attachMedia(tx, {
      media: move.mediaIds.map((mediaId) => ({ mediaId })),
      attachedTo: incident.id,
    })
    await insertCaseMedia(
      tx.db,
      incident.id,
      'proof',
      attached.map((item) => item.mediaId),
    )
  }
  if (decision.dropsProof) await deleteUnpublishedProof(tx.db, incident.id)
  // Withdrawn or merged: the public no longer sees the case, nor its photos.
  if (isEnd(incident.state) && !(PUBLIC_STATES as readonly State[]).includes(incident.state)) {
    const media = await findCaseMedia(tx.db, [incident.id])
    await unpublishMedia(
      tx,
      media.map((item) => item.mediaId),
    )
  }
  if (decision.publish === 'none') return
  // What shows a private place or a private matter stays with the desk.
  const isPrivate = incident.isPrivatePlace || categoryOf(incident.category).isPrivate
  const role = decision.publish
  if (role === 'report' && isPrivate) return
  const media = await findCaseMedia(tx.db, [incident.id])
  await publishMedia(
    tx,
    media.filter((item) => item.role === role).map((item) => item.mediaId),
  )
}
