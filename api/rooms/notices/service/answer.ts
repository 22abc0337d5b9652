import type { Message } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { areaLabel, concerns } from '../../alerts/index.ts'
import { noticeMessage } from '../messages.ts'
import { findPublic, type NoticeRow } from '../store.ts'
import { noticeUrl } from './send.ts'

/** More than a phone shows at once is no answer. */
const AT_MOST = 3
const LOOKED_AT = 60

/** The newest notices in force for the home unit, for a chat that asks; none: nothing. */
export async function answerNotices(ctx: Ctx): Promise<Message[]> {
  const held: NoticeRow[] = []
  for (const row of await findPublic(ctx.db, { limit: LOOKED_AT })) {
    if (held.length === AT_MOST) break
    const isOver = Date.parse(row.expiresAt) <= ctx.now().getTime()
    if (!isOver && (await concerns(ctx, row.area, ctx.settings.homeUnitCode))) held.push(row)
  }
  return Promise.all(
    held.map(async (row) => {
      const place = await areaLabel(ctx, row.area)
      return noticeMessage(ctx.t, { row, language: ctx.language, place }, noticeUrl(ctx, row.id))
    }),
  )
}
