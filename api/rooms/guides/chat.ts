import type { Message } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import {
  listMessage,
  noneMessage,
  startMessage,
  stepMessage,
  stuckMessage,
  unsureMessage,
} from './messages.ts'
import { QUERY_MAX } from './schema.ts'
import { answerQuestion, listLessons, readLesson } from './service/read.ts'

/** Less is the number of a choice, not a question. */
const QUESTION_MIN = 3

/** `<lesson>` or `<lesson>.<step>` behind a button; a step that is no number is the first. */
function parsePayload(payload: string): { id: string; n: number | undefined } {
  const [id = '', step] = payload.split('.')
  const n = Number(step)
  return { id, n: step === undefined ? undefined : Number.isInteger(n) && n > 0 ? n : 1 }
}

const pageUrl = (ctx: Ctx, id: string): string => `${ctx.settings.publicUrl}/#/guides/${id}`

/** An old button of a lesson that is gone leads to the list. */
async function orList(ctx: Ctx, show: () => Promise<Message>): Promise<Message[]> {
  try {
    return [await show()]
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'guides.not_found') throw error
    return [listMessage(ctx.t, await listLessons(ctx))]
  }
}

/** A lesson, one step of it, more of the list, or what a question in plain words means. */
export async function guideInChat(
  ctx: Ctx,
  { words, payload }: { words: string; payload?: string },
): Promise<Message[]> {
  if (payload?.startsWith('+'))
    return [listMessage(ctx.t, await listLessons(ctx), Number(payload.slice(1)) || 0)]
  if (payload !== undefined) return showLesson(ctx, payload)
  const q = words.trim().slice(0, QUERY_MAX)
  if (q.length < QUESTION_MIN) return [listMessage(ctx.t, await listLessons(ctx))]
  const { outcome, items } = await answerQuestion(ctx, { q })
  const [first] = items
  if (outcome === 'found' && first !== undefined) return showLesson(ctx, first.id)
  return [outcome === 'unsure' ? unsureMessage(ctx.t, items) : noneMessage(ctx.t)]
}

const showLesson = (ctx: Ctx, payload: string): Promise<Message[]> =>
  orList(ctx, async () => {
    const { id, n } = parsePayload(payload)
    const lesson = await readLesson(ctx, id)
    return n === undefined
      ? startMessage(ctx.t, lesson, pageUrl(ctx, id))
      : stepMessage(ctx.t, lesson, n)
  })

/** “Tôi bị kẹt” at a step. */
export const stuckInChat = (ctx: Ctx, payload: string): Promise<Message[]> =>
  orList(ctx, async () => {
    const { id, n = 1 } = parsePayload(payload)
    return stuckMessage(ctx.t, await readLesson(ctx, id), n)
  })
