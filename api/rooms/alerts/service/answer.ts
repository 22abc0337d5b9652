import type { Message } from '../../../chat/message.ts'
import type { Ctx } from '../../../context.ts'
import { alertMessage } from '../messages.ts'
import { findInForce } from '../store.ts'
import { areaLabel } from './area.ts'
import { alertUrl } from './issue.ts'

/** More than a phone shows at once is no answer. */
const AT_MOST = 3

/** Warnings in force for the home unit, for a chat that asks about water or air; none: nothing. */
export async function answerAlerts(ctx: Ctx, kinds: readonly string[]): Promise<Message[]> {
  const home = ctx.settings.homeUnitCode
  const rows = (await findInForce(ctx.db, ctx.now())).filter(
    ({ area, kind }) =>
      kinds.includes(kind) &&
      (area.polygons.length + area.circles.length > 0 ||
        area.places.some(({ unitCode }) => unitCode === home)),
  )
  return Promise.all(
    rows.slice(0, AT_MOST).map(async (row) => {
      const place = await areaLabel(ctx, row.area)
      return alertMessage(ctx.t, { row, language: ctx.language, place }, alertUrl(ctx, row.id))
    }),
  )
}
