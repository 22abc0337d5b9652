import type { Ctx } from '../../../context.ts'
import { distanceM } from '../../../core/geo.ts'
import { truncate } from '../../../core/text.ts'
import { can, reachOf } from '../../identity/index.ts'
import { attentionReaches, isExactSource, MAX_REPEATS } from '../../incidents/index.ts'
import { findNotices } from '../inbox/store.ts'
import type { CasePage } from '../schema.ts'
import type { CaseRow, StepRow } from '../store.ts'
import { findAround, findRaised, findRepeats } from './store.ts'

/** Earlier cases of the same matter at this place; their pages only for who may read them. */
export async function repeatsOf(
  ctx: Ctx,
  id: string,
): Promise<Pick<CasePage, 'repeats' | 'mayHaveMoreRepeats'>> {
  const rows = await findRepeats(ctx.db, id)
  const repeats = rows.map((row) => ({
    publicCode: row.publicCode,
    state: row.state,
    createdAt: row.createdAt,
    ...(can(ctx.actor, 'incidents.read_desk', row) ? { id: row.id } : {}),
  }))
  return { repeats, mayHaveMoreRepeats: repeats.length === MAX_REPEATS }
}

/** What a place is: a walk along the house fronts. Older than two years says little of today. */
const AROUND_M = 100
const AROUND_DAYS = 730
const DAY_MS = 86_400_000
const ANSWER_EXCERPT = 200

/** What else was reported at this place, whatever it was about, as far as this official reaches; newest first. */
export async function historyOf(ctx: Ctx, row: CaseRow): Promise<CasePage['around']> {
  const { id, lng, lat, hamletId, category, placeSource } = row
  const isExact = lng !== null && lat !== null && isExactSource(placeSource)
  if (!isExact && hamletId === null) return []
  const found = await findAround(ctx.db, {
    id,
    reach: reachOf(ctx.actor, 'incidents.read_desk'),
    since: new Date(ctx.now().getTime() - AROUND_DAYS * DAY_MS),
    where: isExact
      ? { at: { lng, lat }, radiusM: AROUND_M }
      : { hamletId: hamletId ?? '', category },
  })
  return found.flatMap((one) => {
    const metres =
      isExact && one.lng !== null && one.lat !== null
        ? Math.round(distanceM({ lng, lat }, { lng: one.lng, lat: one.lat }))
        : undefined
    if (metres !== undefined && metres > AROUND_M) return []
    return {
      id: one.id,
      publicCode: one.publicCode,
      category: one.category,
      state: one.state,
      createdAt: one.createdAt,
      ...(metres === undefined ? {} : { metres }),
      ...(one.answerText === null ? {} : { answer: truncate(one.answerText, ANSWER_EXCERPT) }),
    }
  })
}

/** Reminders, steps up and news of a case; which of them wait for this official. */
export async function noticesOf(ctx: Ctx, id: string): Promise<CasePage['notices']> {
  const raised = await findRaised(ctx.db, id)
  if (raised.length === 0) return []
  const waiting = await findNotices(ctx.db, [id], attentionReaches(ctx.actor))
  const mine = new Set(waiting.map((one) => one.id))
  return raised.map((one) => ({ ...one, isWaiting: mine.has(one.id) }))
}

export const wordsOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

type LastWords = Pick<CasePage, 'question' | 'noProofReason' | 'document' | 'extensionAsked'>

/** The question that was asked last, what the last answer stands on, and what more time was asked for. */
export function lastWords(steps: readonly StepRow[]): LastWords {
  const question = wordsOf(steps.findLast((s) => s.kind === 'ask_info')?.data.question)
  // An answer leaves two rows; its words are on the last.
  const answer = steps.findLast((s) => s.kind === 'answer')?.data
  const reason = wordsOf(answer?.noProofReason)
  const number = wordsOf(answer?.documentNumber)
  const reference = wordsOf(answer?.documentReference)
  const extension = steps.findLast((s) => s.kind === 'request_extension')?.data
  const note = wordsOf(extension?.note)
  const days = extension?.days
  return {
    ...(question === undefined ? {} : { question }),
    ...(reason === undefined ? {} : { noProofReason: reason }),
    ...(number === undefined
      ? {}
      : { document: { number, ...(reference === undefined ? {} : { reference }) } }),
    ...(note === undefined
      ? {}
      : { extensionAsked: { note, ...(typeof days === 'number' ? { days } : {}) } }),
  }
}
