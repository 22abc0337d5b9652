import type { Ctx } from '../../../context.ts'
import { parseInput } from '../../../http/kit.ts'
import { Audience } from '../schema.ts'
import { countAudience } from '../store/plan.ts'
import { requireDesk } from './dispatch.ts'

export type AudienceSize = {
  /** People by the channel that would be taken now. */
  channels: { channel: string; recipients: number }[]
  /** People whom no chat reaches now: a window is over, a chat is gone. */
  inboxOnly: number
}

/** How many people a dispatch to this audience would reach if it were planned now; nothing is written. */
export async function sizeAudience(
  ctx: Ctx,
  input: { audience: (typeof Audience)['_input']; isLifeSafety: boolean },
): Promise<AudienceSize> {
  requireDesk(ctx)
  const audience = parseInput(Audience, input.audience)
  const { isLifeSafety } = input
  const rows = await countAudience(ctx.db, { audience, isLifeSafety, now: ctx.now() })
  return {
    channels: rows.flatMap(({ channel, n }) =>
      channel === null ? [] : [{ channel, recipients: n }],
    ),
    inboxOnly: rows.find(({ channel }) => channel === null)?.n ?? 0,
  }
}
