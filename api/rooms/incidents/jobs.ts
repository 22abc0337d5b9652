import type { Ctx } from '../../context.ts'
import { localDate } from '../../core/time.ts'
import { appendEvent } from '../../db/events.ts'
import { inTransaction } from '../../db/transaction.ts'
import { loadCalendar } from '../areas/index.ts'
import { type LadderStep, SHIPPED_LADDER } from './data/ladder.ts'
import { attentionKind, cutoffOf, recipientOf } from './policy/ladder.ts'
import { CLOSES_AFTER_DAYS, INFO_LAPSES_AFTER_DAYS, type SystemMove } from './policy/moves.ts'
import { isOpen } from './policy/table.ts'
import { searchWords } from './policy/words.ts'
import { raiseAttention } from './service/attention.ts'
import { applyMove } from './service/move.ts'
import { auditCase } from './service/record.ts'
import { findForStep, findLadder, setEscalationStep } from './store/attention.ts'
import { findWaiting, lockIncident } from './store/cases.ts'
import { findWordless, insertWords } from './store/words.ts'

const BATCH = 500
const DAY_MS = 86_400_000

type Wait = { state: 'answered' | 'needs_info'; days: number; move: SystemMove }

/** Fills the words of cases from before words were searched by; returns how many. */
export async function fillWords(ctx: Ctx): Promise<number> {
  const rows = await findWordless(ctx.db, BATCH)
  const filled = rows.map((row) => ({ incidentId: row.id, words: searchWords(row) }))
  await insertWords(ctx.db, filled)
  return filled.length
}

/** Moves what has waited long enough, each case in its own transaction; one that fails does not hold up the rest. */
async function sweep(ctx: Ctx, { state, days, move }: Wait): Promise<number> {
  const before = new Date(ctx.now().getTime() - days * DAY_MS)
  let moved = 0
  for (const { id } of await findWaiting(ctx.db, { state, before, limit: BATCH })) {
    try {
      await inTransaction(ctx, async (tx) => {
        const incident = await lockIncident(tx.db, id)
        if (incident?.state === state) await applyMove(tx, incident, move, 'system')
      })
      moved += 1
    } catch (error) {
      ctx.log.error('incidents.sweep_failed', { incidentId: id, move: move.kind, error })
    }
  }
  return moved
}

/** Closes cases that were answered ten days ago and not objected to; returns how many. */
export const closeAnswered = (ctx: Ctx): Promise<number> =>
  sweep(ctx, { state: 'answered', days: CLOSES_AFTER_DAYS, move: { kind: 'close' } })

/** Refuses cases whose question nobody answered for seven days; returns how many. */
export const lapseUnanswered = (ctx: Ctx): Promise<number> =>
  sweep(ctx, { state: 'needs_info', days: INFO_LAPSES_AFTER_DAYS, move: { kind: 'lapse' } })

/**
 * Takes every step of the ladder whose day has come: reminds before a due day, then puts a late case before the next one
 * up. Each step happens once for a due day; a new due day begins anew. Returns how many steps were taken.
 */
export async function escalateDue(ctx: Ctx): Promise<number> {
  const today = localDate(ctx.now())
  const calendar = await loadCalendar(ctx.db)
  const own = await findLadder(ctx.db, today)
  let taken = 0
  for (const step of own.length === 0 ? SHIPPED_LADDER : own) {
    const cutoff = cutoffOf(step, today, calendar)
    for (const { id } of await findForStep(ctx.db, { step: step.step, cutoff, limit: BATCH })) {
      try {
        taken += await inTransaction(ctx, (tx) => takeStep(tx, id, step))
      } catch (error) {
        ctx.log.error('incidents.escalation_failed', { incidentId: id, step: step.step, error })
      }
    }
  }
  return taken
}

async function takeStep(tx: Ctx, id: string, step: LadderStep): Promise<number> {
  const incident = await lockIncident(tx.db, id)
  if (incident === undefined || !isOpen(incident.state) || incident.escalationStep >= step.step)
    return 0
  await setEscalationStep(tx.db, id, step.step)
  const { dueDate, agencyCode } = incident
  const kind = attentionKind(step)
  // Found only after its due day: there is nothing to remind of any more.
  if (kind === 'due_soon' && dueDate !== null && dueDate < localDate(tx.now())) return 0
  const recipient = recipientOf(step, agencyCode)
  await raiseAttention(tx, incident, { kind, recipient, key: `${dueDate}:${step.step}` })
  const data = { step: step.step, recipient, dueDate }
  await auditCase(tx, incident, { action: `incident.${kind}`, data })
  await appendEvent(tx, { kind: `incident.${kind}`, subjectId: id, data })
  return 1
}
