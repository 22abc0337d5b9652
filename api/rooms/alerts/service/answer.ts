import type { Message } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { alertMessage } from '../messages.ts'
import { areaLabel } from './area.ts'
import { alertUrl } from './issue.ts'
import { rowsInForce } from './read.ts'

/** More than a phone shows at once is no answer. */
const AT_MOST = 3

/** Warnings in force for the home unit, for a chat that asks about water or air; none: nothing. */
export async function answerAlerts(ctx: Ctx, kinds: readonly string[]): Promise<Message[]> {
  const held = await rowsInForce(ctx, ctx.settings.homeUnitCode)
  const rows = held.filter(({ kind }) => kinds.includes(kind))
  return Promise.all(
    rows.slice(0, AT_MOST).map(async (row) => {
      const place = await areaLabel(ctx, row.area)
      return alertMessage(ctx.t, { row, language: ctx.language, place }, alertUrl(ctx, row.id))
    }),
  )
}
