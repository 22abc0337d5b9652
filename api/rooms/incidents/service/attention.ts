import type { Actor, Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { isUuid } from '../../../core/ids.ts'
import { audit } from '../../../db/audit.ts'
import { appendEvent } from '../../../db/events.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { type Action, type Reach, reachOf, requireCan } from '../../identity/index.ts'
import { RECIPIENTS, type Recipient } from '../data/ladder.ts'
import type { AttentionItem } from '../schema-desk.ts'
import { findAttention, insertAttention, listAttention, setCleared } from '../store/attention.ts'
import type { IncidentRow } from '../store/cases.ts'

/** Who may be meant by each of them. */
export const RIGHT_OF: Record<Recipient, Action> = {
  officer: 'incidents.work',
  dispatcher: 'incidents.assign',
  approver: 'incidents.approve_answer',
}
const LIMIT = 200

/** Puts a case before somebody; the same key again adds nothing. */
export async function raiseAttention(
  tx: Ctx,
  incident: Pick<IncidentRow, 'id'>,
  what: { kind: AttentionItem['kind']; recipient: Recipient; key: string },
): Promise<void> {
  const { kind, recipient } = what
  await appendEvent(tx, { kind: 'incident.attention', subjectId: incident.id })
  await insertAttention(tx.db, {
    id: tx.newId(),
    incidentId: incident.id,
    kind,
    recipient,
    key: `${kind}:${incident.id}:${what.key}`,
    at: tx.now(),
  })
}

/** Who hears what a sender adds: the officer who has the case, else the dispatcher. */
export const listenerOf = ({ agencyCode, state }: IncidentRow): Recipient =>
  agencyCode === null || state === 'reopened' ? 'dispatcher' : 'officer'

/** Which of the things to notice are meant for this official, and of which cases. */
export const attentionReaches = (actor: Actor): { recipient: Recipient; reach: Reach }[] =>
  RECIPIENTS.map((recipient) => ({ recipient, reach: reachOf(actor, RIGHT_OF[recipient]) }))

/** What waits for this official, the newest first. Throws `http.unauthenticated`, `http.forbidden`. */
export async function listOwnAttention(ctx: Ctx): Promise<AttentionItem[]> {
  requireCan(ctx, 'incidents.read_desk')
  return (await listAttention(ctx.db, attentionReaches(ctx.actor), LIMIT)) as AttentionItem[]
}

/** Takes one off the list; again changes nothing. Throws `incidents.not_found`, `http.forbidden`. */
export async function markAttentionSeen(ctx: Ctx, id: string): Promise<{ id: string }> {
  requireCan(ctx, 'incidents.read_desk')
  return inTransaction(ctx, async (tx) => {
    const found = isUuid(id) ? await findAttention(tx.db, id) : undefined
    if (found === undefined) throw new AppError('incidents.not_found')
    requireCan(tx, RIGHT_OF[found.recipient], found)
    if (found.clearedAt !== null) return { id }
    await setCleared(tx.db, id, tx.now())
    await appendEvent(tx, { kind: 'incident.attention_seen', subjectId: found.incidentId })
    await audit(tx, {
      action: 'incident.attention_seen',
      subjectKind: 'incident',
      subjectId: found.incidentId,
    })
    return { id }
  })
}
