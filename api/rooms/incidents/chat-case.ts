import type { FlowMeta } from '../../chat/entry.ts'
import type { FlowData } from '../../chat/flow.ts'
import { type Message, say } from '../../chat/message.ts'
import type { Ctx } from '../../context.ts'
import { AppError } from '../../core/errors.ts'
import type { CaseData } from './flow/case.ts'
import { doneMessage, followedMessage } from './messages/own.ts'
import type { ReporterMove } from './schema.ts'
import { addToOwn } from './service/add.ts'
import { followIncident, unfollowIncident } from './service/follow.ts'
import { moveOwn } from './service/own.ts'
import { answerSatisfaction } from './service/satisfaction.ts'

/** Runs what a person chose to do with a case, as the resident of this chat; the use-cases decide whether they may. */
export async function actOnCase(
  ctx: Ctx,
  raw: FlowData,
  meta: FlowMeta,
): Promise<readonly Message[]> {
  // What the engine hands back is what this flow put there; its version guards the shape.
  const { act, code, words, mediaIds, score, isSure } = raw as CaseData
  if (act === null || code === null) throw new AppError('incidents.not_found')
  const move = async (done: 'rate' | 'reopen' | 'withdraw', one: ReporterMove) =>
    doneMessage(ctx.t, done, await moveOwn(ctx, { code, move: one }))
  switch (act) {
    case 'add': {
      const media = mediaIds.map((mediaId) => ({ mediaId }))
      const added = await addToOwn(
        ctx,
        { code, media, ...(words === null ? {} : { text: words }) },
        { conversationKey: meta.chatKey },
      )
      return [doneMessage(ctx.t, act, added)]
    }
    case 'rate':
      return [
        await move('rate', {
          kind: 'rate',
          rating: score ?? 0,
          ...(words ? { comment: words } : {}),
        }),
      ]
    case 'reopen':
      return [await move('reopen', { kind: 'reopen', note: words ?? '' })]
    case 'withdraw':
      return isSure
        ? [await move('withdraw', { kind: 'withdraw' })]
        : [say(ctx.t('incidents:case.withdraw.kept', { code }))]
    case 'follow':
      await followIncident(ctx, code)
      return [followedMessage(ctx.t, code)]
    case 'unfollow':
      await unfollowIncident(ctx, code)
      return [say(ctx.t('incidents:case.unfollow.done', { code }))]
    case 'score':
      await answerSatisfaction(ctx, { code, score: score ?? 0 })
      return [say(ctx.t('incidents:satisfaction.thanks'))]
  }
}
