import { asKey } from '../../../../locales/index.ts'
import type { FlowEntry, FlowMeta } from '../../../chat/entry.ts'
import type { Flow, FlowData } from '../../../chat/flow.ts'
import { type Message, say } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { AppError } from '../../../core/errors.ts'
import { QUERY_MAX } from '../schema.ts'
import { answerQuestion } from '../service/read.ts'
import { type HelpData, helpFlow } from './flow.ts'
import { askChoice, stepMessage } from './messages.ts'
import { PREFERRED } from './schema.ts'
import { askHelp, cancelHelp, listOwnHelp, readOffer } from './service/ask.ts'

const back = (ctx: Ctx) => ({ id: 'menu', label: ctx.t('menu:privacy.back') })

/** What may be asked for, and what this person has asked for already. */
async function look(ctx: Ctx, data: FlowData, residentId: string | null): Promise<FlowData> {
  if (data.lessons !== undefined) return {}
  const { lessons } = await readOffer(ctx)
  const as: Ctx = residentId === null ? ctx : { ...ctx, actor: { kind: 'resident', residentId } }
  const all = residentId === null ? [] : await listOwnHelp(as, { residentId })
  const own = all
    .filter(({ mayCancel }) => mayCancel)
    .map(({ id, lesson, hamlet, stateText }) => {
      const label = lesson ?? ctx.t('guides:help.other')
      return {
        id,
        label,
        text: ctx.t('guides:help.own', { what: label, hamlet, state: stateText }),
      }
    })
  return { lessons, own, ...(await lessonMeant(ctx, data)) }
}

/** Whoever says at once what is to be shown is not asked again. */
async function lessonMeant(ctx: Ctx, { payload, words }: FlowData): Promise<FlowData> {
  if (payload !== undefined || typeof words !== 'string' || words.trim() === '') return {}
  const { outcome, items } = await answerQuestion(ctx, { q: words.trim().slice(0, QUERY_MAX) })
  return outcome === 'found' && items[0] !== undefined ? { payload: items[0].id } : {}
}

/** What its person cannot mend within the flow ends it with the sentence and a way on. */
async function orExcuse(ctx: Ctx, work: () => Promise<Message>): Promise<readonly Message[]> {
  try {
    return [await work()]
  } catch (error) {
    const isTheirs =
      error instanceof AppError &&
      (error.code.startsWith('guides.') || error.code === 'http.rate_limited')
    if (!isTheirs) throw error
    const person = { id: 'person', label: ctx.t('guides:choice.person') }
    return [say(ctx.t(asKey(`errors:${error.code}`), error.params), [person, back(ctx)])]
  }
}

async function finish(ctx: Ctx, raw: FlowData, meta: FlowMeta): Promise<readonly Message[]> {
  // What the engine hands back is what this flow put there; its version guards the shape.
  const data = raw as HelpData
  const { residentId, channel } = meta
  const { drops, hamletId, forWhom, place } = data
  if (drops !== null) return cancelInChat(ctx, { residentId, payload: drops })
  if (data.consentVersion === null || hamletId === null || forWhom === null || place === null)
    return [say(ctx.t('guides:help.declined'), [askChoice(ctx.t), back(ctx)])]
  const preferred = PREFERRED.find((one) => one === data.preferred) ?? 'any'
  const { lessonId, phone } = data
  const wish = { id: ctx.newId(), lessonId, hamletId, forWhom, place, phone, preferred }
  return orExcuse(ctx, async () => {
    const view = await askHelp(ctx, { ...wish, residentId, channel })
    return stepMessage(ctx.t, view, null)
  })
}

/** “Hủy yêu cầu” under a message about it. */
export async function cancelInChat(
  ctx: Ctx,
  { residentId, payload }: { residentId: string | null; payload?: string },
): Promise<readonly Message[]> {
  if (residentId === null || payload === undefined) return [say(ctx.t('guides:help.none'))]
  return orExcuse(ctx, async () =>
    stepMessage(ctx.t, await cancelHelp(ctx, { residentId, id: payload }), null),
  )
}

export const helpEntry: FlowEntry<Ctx> = {
  flow: helpFlow as Flow,
  intents: ['help_home'],
  purpose: 'help',
  look,
  finish,
}
