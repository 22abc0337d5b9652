import type { FlowEntry, FlowMeta } from '../../../chat/entry.ts'
import type { Flow, FlowData } from '../../../chat/flow.ts'
import { type Message, say, text } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { formatDate } from '../../../core/time.ts'
import { listMessage } from '../messages.ts'
import { listLessons, readLesson } from '../service/read.ts'
import { feedback, type QuizData, quizFlow, result } from './flow.ts'
import { keepLesson, readLearning } from './service.ts'

const listChoice = (ctx: Ctx) => ({ id: 'guide.+0', label: ctx.t('guides:choice.list') })
const ownChoice = (ctx: Ctx) => ({ id: 'learning', label: ctx.t('guides:quiz.choice.own') })

/** The questions of the lesson behind the button; none for one that is gone. */
async function look(ctx: Ctx, { payload, questions }: FlowData): Promise<FlowData> {
  if (questions !== undefined || typeof payload !== 'string') return {}
  try {
    const lesson = await readLesson(ctx, payload)
    return { lessonId: lesson.id, title: lesson.title, questions: lesson.questions }
  } catch (error) {
    if (error instanceof AppError && error.code === 'guides.not_found') return { questions: [] }
    throw error
  }
}

async function finish(ctx: Ctx, raw: FlowData, meta: FlowMeta): Promise<readonly Message[]> {
  // What the engine hands back is what this flow put there; its version guards the shape.
  const data = raw as QuizData
  const { lessonId, questions, answers, consentVersion } = data
  if (questions.length === 0) return [listMessage(ctx.t, await listLessons(ctx))]
  if (consentVersion === null) return [say(ctx.t('guides:quiz.not_kept'), [listChoice(ctx)])]
  const { residentId } = meta
  const said = data.isAsked ? undefined : feedback(data, ctx.t)
  try {
    await keepLesson(ctx, { residentId, lessonId, answers })
  } catch (error) {
    // An editor changed the questions meanwhile.
    if (!(error instanceof AppError) || error.code !== 'http.invalid_input') throw error
    return [
      say(ctx.t('guides:quiz.changed'), [
        { id: `quiz.${lessonId}`, label: ctx.t('guides:quiz.choice.again') },
      ]),
    ]
  }
  return [
    {
      parts: [
        ...(said === undefined ? [] : [text(said)]),
        text(`${result(data, ctx.t)} ${ctx.t('guides:quiz.kept')}`),
      ],
      choices: [ownChoice(ctx), listChoice(ctx)],
    },
  ]
}

/** “Bài đã học”: what this chat's person agreed to have kept. */
export async function learningInChat(
  ctx: Ctx,
  { residentId }: { residentId: string | null },
): Promise<readonly Message[]> {
  const { lessons, offered } =
    residentId === null ? { lessons: [], offered: 0 } : await readLearning(ctx, { residentId })
  if (lessons.length === 0) return [say(ctx.t('guides:learning.none'), [listChoice(ctx)])]
  const rows = lessons.map(({ title, right, asked, doneOn }) => ({
    label: title,
    value: ctx.t('guides:learning.row', { right, asked, date: formatDate(doneOn) }),
  }))
  const title = ctx.t('guides:learning.title', { count: lessons.length, offered })
  const url = `${ctx.settings.publicUrl}/#/learning`
  return [
    {
      parts: [
        { kind: 'fields', title, rows },
        { kind: 'link', label: ctx.t('guides:learning.page'), url },
      ],
      choices: [listChoice(ctx)],
    },
  ]
}

export const quizEntry: FlowEntry<Ctx> = {
  flow: quizFlow as Flow,
  intents: ['quiz'],
  purpose: 'learn',
  look,
  finish,
}
