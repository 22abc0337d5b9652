import type { Message } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { areaLabel, concerning } from '../../alerts/index.ts'
import { noticeMessage } from '../messages.ts'
import { findPublic } from '../store.ts'
import { noticeUrl } from './send.ts'

/** More than a phone shows at once is no answer. */
const AT_MOST = 3
const LOOKED_AT = 60

/** The newest notices in force for the home unit, for a chat that asks; none: nothing. */
export async function answerNotices(ctx: Ctx): Promise<Message[]> {
  const sent = await findPublic(ctx.db, { limit: LOOKED_AT })
  const inForce = sent.filter(({ expiresAt }) => Date.parse(expiresAt) > ctx.now().getTime())
  const held = await concerning(ctx, inForce, ctx.settings.homeUnitCode)
  return Promise.all(
    held.slice(0, AT_MOST).map(async (row) => {
      const place = await areaLabel(ctx, row.area)
      return noticeMessage(ctx.t, { row, language: ctx.language, place }, noticeUrl(ctx, row.id))
    }),
  )
}
