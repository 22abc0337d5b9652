import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { deliver } from '../../delivery/index.ts'
import { reachOf, requireCan } from '../../identity/index.ts'
import { satisfactionMessage } from '../messages/own.ts'
import type { SatisfactionSum } from '../schema-desk.ts'
import { AnswerSatisfaction } from '../schema-follow.ts'
import { lockIncident } from '../store/cases.ts'
import { findToAsk, insertQuestion, saveScore, sumScores } from '../store/satisfaction.ts'
import { agencyName } from './around.ts'
import { lockOwn } from './own.ts'
import { auditCase } from './record.ts'

const ASK_AFTER_DAYS = 7
/** Whoever was not asked by then is not asked about old times. */
const ASK_UNTIL_DAYS = 30
const BATCH = 200
const DAY_MS = 86_400_000

/** Asks senders, seven days after closing and once, whether the matter is really solved; returns how many cases. */
export async function askSatisfaction(ctx: Ctx): Promise<number> {
  const ago = (days: number) => new Date(ctx.now().getTime() - days * DAY_MS)
  const span = { after: ago(ASK_UNTIL_DAYS), before: ago(ASK_AFTER_DAYS), limit: BATCH }
  let asked = 0
  for (const { id } of await findToAsk(ctx.db, span)) {
    try {
      asked += await inTransaction(ctx, (tx) => askOne(tx, id))
    } catch (error) {
      ctx.log.error('incidents.ask_failed', { incidentId: id, error })
    }
  }
  return asked
}

async function askOne(tx: Ctx, id: string): Promise<number> {
  const incident = await lockIncident(tx.db, id)
  if (incident === undefined) return 0
  const { unitCode, agencyCode, reporterId, publicCode } = incident
  const askedAt = tx.now()
  if (!(await insertQuestion(tx.db, { incidentId: id, unitCode, agencyCode, askedAt }))) return 0
  await auditCase(tx, incident, { action: 'incident.ask_satisfaction' })
  if (reporterId === null) return 1
  await deliver(tx, {
    residentId: reporterId,
    kind: 'incident_step',
    lane: 'notice',
    message: (language) => satisfactionMessage(tx.translate(language), publicCode),
    dedupeKey: `incident:${id}:satisfaction`,
  })
  return 1
}

/**
 * The sender's answer, 1 to 5; the first one holds. No official sees it but in sums. Throws `incidents.not_found`
 * (as `lockOwn`), `incidents.bad_transition` when nothing was asked or it was answered.
 */
export async function answerSatisfaction(
  ctx: Ctx,
  input: AnswerSatisfaction,
): Promise<{ publicCode: string }> {
  const { score, ...given } = parseInput(AnswerSatisfaction, input)
  return inTransaction(ctx, async (tx) => {
    const incident = await lockOwn(tx, given)
    if (!(await saveScore(tx.db, { incidentId: incident.id, score, now: tx.now() })))
      throw new AppError('incidents.bad_transition', {
        params: { from: incident.state, move: 'satisfaction' },
      })
    await auditCase(tx, incident, { action: 'incident.answer_satisfaction' })
    return { publicCode: incident.publicCode }
  })
}

/** What officials may know: sums of at least five answers by unit and agency. Throws `http.forbidden`. */
export async function listSatisfaction(ctx: Ctx): Promise<SatisfactionSum[]> {
  requireCan(ctx, 'incidents.read_desk')
  const sums = await sumScores(ctx.db, reachOf(ctx.actor, 'incidents.read_desk'))
  const named: SatisfactionSum[] = []
  for (const sum of sums) {
    const code = sum.agencyCode
    named.push({ ...sum, agencyName: code === null ? null : await agencyName(ctx, code) })
  }
  return named
}
