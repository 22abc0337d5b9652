import type { Ctx } from '../../../context.ts'
import { localDate } from '../../../core/time.ts'
import { unitByCode } from '../../areas/index.ts'
import { requireCan } from '../../identity/index.ts'
import { ALARM_STAGES } from '../policy/stage.ts'
import { heardState, STALE_AFTER_MINUTES } from '../policy/stale.ts'
import type { WatchedStation } from '../schema.ts'
import { findStations } from '../store/stations.ts'
import { latestView, type Now, readNow } from './latest.ts'

/** Those that never spoke or are silent longest come first: they are what somebody has to look after. */
const bySilence = (a: Now, b: Now): number =>
  Number(b.isStale) - Number(a.isStale) ||
  (a.last?.at.getTime() ?? 0) - (b.last?.at.getTime() ?? 0) ||
  a.station.code.localeCompare(b.station.code)

/** Every station of today as its keepers see it, silent ones first; needs `readings.watch`. */
export async function watchStations(ctx: Ctx): Promise<WatchedStation[]> {
  requireCan(ctx, 'readings.watch')
  const all = await readNow(ctx, await findStations(ctx.db, localDate(ctx.now())))
  return all.sort(bySilence).map((now) => ({
    ...latestView(ctx, now),
    state: heardState(now),
    silentAfterMinutes: STALE_AFTER_MINUTES[now.station.kind],
    stuckSince: now.stuckSince?.toISOString() ?? null,
    units: now.station.unitCodes.map((code) => unitByCode(code)?.fullName ?? code),
    alarms: alarmsOf(now),
  }))
}

/** Each alarm level of a river with its height, or null while nobody confirmed it; none of other stations. */
function alarmsOf({ station }: Now): WatchedStation['alarms'] {
  if (station.kind !== 'river') return []
  return ALARM_STAGES.map((stage) => {
    const level = station.levels.findLast((one) => one.stage === stage)
    return { stage, levelCm: level?.levelCm ?? null, source: level?.source ?? null }
  })
}
