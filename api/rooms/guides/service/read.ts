import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { parseInput } from '../../../http/kit.ts'
import { HOTLINES, listHotlines } from '../../areas/index.ts'
import { DRAWING_DATA } from '../data/drawings.ts'
import { buildIndex, judgeHits, searchLessons } from '../policy/search.ts'
import {
  type LessonAnswer,
  type LessonCard,
  LessonQuery,
  type LessonView,
  type Words,
} from '../schema.ts'
import { findPublished, type LessonRow, listPublished } from '../store.ts'

const HOTLINE_CODE = 'hue-s'

/** The city's call centre as administrators keep it, else as it ships. */
async function findHotline(ctx: Ctx): Promise<string> {
  const isMeant = ({ code }: { code: string }) => code === HOTLINE_CODE
  const kept = (await listHotlines(ctx.db)).find(isMeant)
  return (kept ?? HOTLINES.find(isMeant))?.phone ?? ''
}

/** A version as a reader sees it, in the language of `ctx`; a draft has no day of review yet. */
export async function toView(ctx: Ctx, row: LessonRow, reviewedOn: string): Promise<LessonView> {
  const { lesson, version } = row
  const { id, minutes, level } = lesson
  const say = (words: Words) => words[ctx.language]
  return {
    ...{ id, version, minutes, level, reviewedOn },
    title: say(lesson.title),
    needs: say(lesson.needs),
    steps: lesson.steps.map(({ text, drawing, alt }) => ({
      text: say(text),
      drawing,
      alt: say(alt ?? DRAWING_DATA[drawing].alt),
    })),
    faults: lesson.faults.map(({ when, remedy }) => ({ when: say(when), remedy: say(remedy) })),
    warning: say(lesson.warning),
    questions: lesson.questions.map(({ text, options, answer, why }) => ({
      ...{ text: say(text), options: options.map(say), answer, why: say(why) },
    })),
    owner: ctx.t('guides:owner'),
    hotline: await findHotline(ctx),
  }
}

const toCard = (ctx: Ctx, { lesson, reviewedOn }: LessonRow): LessonCard => ({
  id: lesson.id,
  title: lesson.title[ctx.language],
  minutes: lesson.minutes,
  level: lesson.level,
  reviewedOn: reviewedOn ?? '',
})

/** What is published, in the order in which it is offered. */
export async function listLessons(ctx: Ctx): Promise<LessonCard[]> {
  return (await listPublished(ctx.db)).map((row) => toCard(ctx, row))
}

/** The published version. Throws `guides.not_found`. */
export async function readLesson(ctx: Ctx, id: string): Promise<LessonView> {
  const row = await findPublished(ctx.db, id)
  if (row?.reviewedOn == null) throw new AppError('guides.not_found')
  return toView(ctx, row, row.reviewedOn)
}

/** Which published lessons, and which step of each, a question in plain words means. The question is kept nowhere. */
export async function answerQuestion(ctx: Ctx, input: { q: string }): Promise<LessonAnswer> {
  const { q } = parseInput(LessonQuery, input)
  const rows = await listPublished(ctx.db)
  const index = buildIndex(rows.map(({ lesson }) => lesson))
  const { outcome, hits } = judgeHits(searchLessons(index, q))
  const items = hits.flatMap(({ id, step }) => {
    const row = rows.find(({ lessonId }) => lessonId === id)
    return row === undefined ? [] : [{ ...toCard(ctx, row), step }]
  })
  return { outcome, items }
}
