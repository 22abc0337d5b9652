import type { Ctx } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import {
  apologyText,
  plainText,
  stateName,
  timeText,
  updatedText,
  waitsText,
} from '../messages/words.ts'
import { isEnd, waitsFor } from '../policy/states.ts'
import { timeLeft } from '../policy/work-rule.ts'
import type { DossierView } from '../schema.ts'
import type { DossierRow } from '../store/dossiers.ts'
import { calendarUrl } from './calendar-link.ts'
import { loadRule } from './rule.ts'

/** The authority of which this is a mirror; fees are paid there, never here. */
export const PORTAL_URL = 'https://dichvucong.gov.vn'

/** What a resident sees, worded in their language. `full` also shows what needs the second factor. */
export async function viewDossier(
  ctx: Ctx,
  row: DossierRow,
  level: 'public' | 'full',
): Promise<DossierView> {
  const { t } = ctx
  const { state, newDueAt } = row
  const due = newDueAt ?? row.dueAt
  const today = localDate(ctx.now())
  const left =
    isEnd(state) || due === null
      ? undefined
      : timeLeft(today, localDate(new Date(due)), await loadRule(ctx, row.ruleVersion))
  const wasLate = !isEnd(state) && row.dueAt !== null && localDate(new Date(row.dueAt)) < today
  return {
    code: row.code,
    state,
    stateName: stateName(t, state),
    plain: plainText(t, state),
    waitsFor: waitsFor(state),
    waitsText: waitsText(t, state, row.agencyName),
    agencyName: row.agencyName,
    procedureName: row.procedureName,
    ...(row.procedureCode === null ? {} : { procedureCode: row.procedureCode }),
    ...(row.receivedAt === null ? {} : { receivedAt: row.receivedAt }),
    ...(row.dueAt === null ? {} : { dueAt: row.dueAt }),
    ...(newDueAt === null ? {} : { newDueAt }),
    ...(left === undefined ? {} : { timeLeft: left, timeText: timeText(t, left) }),
    ...(isEnd(state) || due === null
      ? {}
      : { calendarUrl: await calendarUrl(ctx, 'dossier', row.id) }),
    ...(wasLate || (newDueAt !== null && !isEnd(state))
      ? { apology: apologyText(t, newDueAt) }
      : {}),
    asOf: row.asOf,
    updatedText: updatedText(t, row.asOf),
    portalUrl: PORTAL_URL,
    steps: row.steps.map((step) => ({ ...step, stateName: stateName(t, step.state) })),
    ...(level === 'full' ? { details: detailsOf(row) } : {}),
  }
}

function detailsOf(row: DossierRow): NonNullable<DossierView['details']> {
  const { applicantMasked, missingPapers, feeVnd, isFeePaid, lateReason, resultPlace } = row
  return {
    applicantMasked,
    missingPapers,
    ...(feeVnd === null
      ? {}
      : { fee: { amountVnd: feeVnd, isPaid: isFeePaid, payUrl: PORTAL_URL } }),
    ...(lateReason === null ? {} : { lateReason }),
    ...(resultPlace === null ? {} : { resultPlace }),
  }
}
