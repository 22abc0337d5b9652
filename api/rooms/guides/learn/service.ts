import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { localDate } from '../../../core/time.ts'
import { audit } from '../../../db/audit.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { parseInput } from '../../../http/kit.ts'
import { giveConsent, hasConsent, requireSelf } from '../../identity/index.ts'
import { findPublished, listPublished } from '../store.ts'
import { better, countRight } from './policy.ts'
import { DoneLesson, type LearningView } from './schema.ts'
import { deleteProgress, findProgress, listProgress, saveProgress } from './store.ts'

/** The text of `learn` that was just agreed to. */
type Agreed = { version: number; channel: string }

/**
 * Keeps that a person did a lesson and how many answers were right; the better result stays. Only with consent to
 * `learn`: without it nothing is written. Throws `guides.not_found`, `http.invalid_input` for as many answers as there are
 * no questions, `identity.consent_missing`.
 */
export async function keepLesson(
  ctx: Ctx,
  input: DoneLesson & { residentId: string; lessonId: string; agreed?: Agreed },
): Promise<LearningView> {
  const { residentId, lessonId, agreed, ...rest } = input
  requireSelf(ctx, residentId)
  const { answers } = parseInput(DoneLesson, rest)
  const published = await findPublished(ctx.db, lessonId)
  if (published === undefined) throw new AppError('guides.not_found')
  const { questions } = published.lesson
  if (answers.length !== questions.length)
    throw new AppError('http.invalid_input', { issues: [{ path: 'answers', code: 'custom' }] })
  return inTransaction(ctx, async (tx) => {
    const mine = { residentId, purpose: 'learn' as const }
    if (agreed !== undefined) await giveConsent(tx, { ...mine, ...agreed })
    else if (!(await hasConsent(tx, mine))) throw new AppError('identity.consent_missing')
    const now = {
      right: countRight(questions, answers),
      asked: questions.length,
      doneOn: localDate(tx.now()),
    }
    const known = await findProgress(tx.db, residentId, lessonId)
    const { right, asked, doneOn } = better(known, now)
    await saveProgress(tx.db, { residentId, lessonId, right, asked, doneOn })
    if (known === undefined)
      await audit(tx, {
        action: 'guides.lesson_kept',
        subjectKind: 'resident',
        subjectId: residentId,
        data: { lessonId },
      })
    return readLearning(tx, { residentId })
  })
}

/** What a person has learned, in the language of `ctx`; a lesson that is offered no more keeps its id as its name. */
export async function readLearning(ctx: Ctx, input: { residentId: string }): Promise<LearningView> {
  requireSelf(ctx, input.residentId)
  const published = await listPublished(ctx.db)
  const titles = new Map(published.map((row) => [row.lessonId, row.lesson.title[ctx.language]]))
  const rows = await listProgress(ctx.db, input.residentId)
  return {
    lessons: rows.map(({ lessonId, right, asked, doneOn }) => ({
      ...{ id: lessonId, title: titles.get(lessonId) ?? lessonId, right, asked, doneOn },
    })),
    offered: published.length,
  }
}

/** Forgets what a person has learned; again changes nothing. */
export async function forgetLearning(
  ctx: Ctx,
  input: { residentId: string; because: string },
): Promise<void> {
  const { residentId, because } = input
  requireSelf(ctx, residentId)
  await inTransaction(ctx, async (tx) => {
    const lessons = await deleteProgress(tx.db, residentId)
    if (lessons === 0) return
    await audit(tx, {
      action: 'guides.learning_forgotten',
      subjectKind: 'resident',
      subjectId: residentId,
      data: { because, lessons },
    })
  })
}

/** One person's are another's now; of a lesson that both did the better result stays. */
export async function joinLearning(tx: Ctx, fromId: string, intoId: string): Promise<void> {
  for (const row of await listProgress(tx.db, fromId)) {
    const known = await findProgress(tx.db, intoId, row.lessonId)
    const { right, asked, doneOn } = better(known, row)
    await saveProgress(tx.db, { residentId: intoId, lessonId: row.lessonId, right, asked, doneOn })
  }
  await deleteProgress(tx.db, fromId)
}

/** What a resident has learned, for them. */
export async function exportLearning(ctx: Ctx, residentId: string) {
  requireSelf(ctx, residentId)
  const rows = await listProgress(ctx.db, residentId)
  return rows.map(({ lessonId, right, asked, doneOn }) => ({ lessonId, right, asked, doneOn }))
}
