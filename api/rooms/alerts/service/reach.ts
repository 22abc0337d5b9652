import type { Ctx } from '../../../context.ts'
import { parseInput } from '../../../http/kit.ts'
import { unitByCode } from '../../areas/index.ts'
import { sizeAudience } from '../../delivery/index.ts'
import { requireCan, requireOfficial } from '../../identity/index.ts'
import { isLifeSafety, TOPIC_OF } from '../policy/kinds.ts'
import { type AreaReach, ReachInput } from '../schema.ts'
import { resolveArea } from './area.ts'

/** Which communes and hamlets an area means, and how many people a warning there would reach now; nothing is written. */
export async function measureReach(
  ctx: Ctx,
  input: (typeof ReachInput)['_input'],
): Promise<AreaReach> {
  requireCan(ctx, 'alerts.draft')
  requireOfficial(ctx)
  const { area, kind, level } = parseInput(ReachInput, input)
  const places = await resolveArea(ctx, area)
  const codes = [...new Set(places.map(({ unitCode }) => unitCode))]
  return {
    units: codes.map((code) => unitByCode(code)?.fullName ?? code),
    hamlets: places.filter(({ hamletId }) => hamletId !== undefined).length,
    ...(places.length === 0
      ? { recipients: 0, inboxOnly: 0 }
      : await peopleIn(ctx, { places, kind, level })),
  }
}

async function peopleIn(
  ctx: Ctx,
  {
    places,
    kind,
    level,
  }: Pick<(typeof ReachInput)['_output'], 'kind' | 'level'> & {
    places: Awaited<ReturnType<typeof resolveArea>>
  },
): Promise<{ recipients: number; inboxOnly: number }> {
  const isUrgent = isLifeSafety(kind, level)
  const { channels, inboxOnly } = await sizeAudience(
    { ...ctx, actor: { kind: 'system', name: 'alerts' } },
    {
      audience: { kind: TOPIC_OF[kind], places, isEveryone: isUrgent, level },
      isLifeSafety: isUrgent,
    },
  )
  const reached = channels.reduce((sum, { recipients }) => sum + recipients, 0)
  return { recipients: reached + inboxOnly, inboxOnly }
}
