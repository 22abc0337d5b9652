import type { Ctx } from '../../../context.ts'
import { type OfficialActor, requireCan, requireOfficial } from '../../identity/index.ts'

/** A member of the team, and the unit in which they work: their own, or that of the house for the city's desk. */
export function memberOf(ctx: Ctx): { me: OfficialActor; unitCode: string } {
  requireCan(ctx, 'guides.team')
  const me = requireOfficial(ctx)
  const unitCode = me.unitCode ?? ctx.settings.homeUnitCode
  requireCan(ctx, 'guides.team', { unitCode })
  return { me, unitCode }
}
