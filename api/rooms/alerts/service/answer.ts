import type { Message } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { listForeign } from '../foreign/service.ts'
import { alertMessage, foreignMessage } from '../messages.ts'
import { areaLabel } from './area.ts'
import { alertUrl } from './issue.ts'
import { rowsInForce } from './read.ts'

/** More than a phone shows at once is no answer. */
const AT_MOST = 3

/** Warnings in force for the home unit, ours first, for a chat that asks about water or air; none: nothing. */
export async function answerAlerts(ctx: Ctx, kinds: readonly string[]): Promise<Message[]> {
  const held = await rowsInForce(ctx, ctx.settings.homeUnitCode)
  const rows = held.filter(({ kind }) => kinds.includes(kind))
  const foreign = (await listForeign(ctx, { unitCode: ctx.settings.homeUnitCode })).filter((one) =>
    kinds.includes(one.kind),
  )
  const own = await Promise.all(
    rows.slice(0, AT_MOST).map(async (row) => {
      const place = await areaLabel(ctx, row.area)
      return alertMessage(ctx.t, { row, language: ctx.language, place }, alertUrl(ctx, row.id))
    }),
  )
  return [...own, ...foreign.map((one) => foreignMessage(ctx.t, one))].slice(0, AT_MOST)
}
