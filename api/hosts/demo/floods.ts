import type { Ctx } from '../../context.ts'
import { addFloodPoint, type PointInput } from '../../rooms/floods/index.ts'
import { UNIT_CODE } from './data.ts'
import type { OfficialActor } from './walk.ts'

const WRITER = 'dieuphoi'
const HOUR_MS = 3_600_000

type Point = Omit<PointInput, 'unitCode' | 'depth'> & {
  depth: { cm: number; hoursAgo: number; source: string } | null
}

const POINTS: readonly Point[] = [
  {
    name: 'Đường Phước Yên, đoạn trước đình',
    otherNames: ['đình Phước Yên'],
    lng: 107.5006,
    lat: 16.5462,
    road: 'hard',
    depth: { cm: 40, hoursAgo: 2, source: 'trưởng thôn báo (minh họa)' },
  },
  {
    name: 'Đường trước chợ Sịa',
    otherNames: ['chợ Sịa'],
    lng: 107.5065,
    lat: 16.5745,
    road: 'open',
    depth: null,
  },
]

/** Two places that often go under: one with water and a hard road, one that is only watched. */
export async function seedFloodPoints(
  ctx: Ctx,
  actors: ReadonlyMap<string, OfficialActor>,
): Promise<void> {
  const actor = actors.get(WRITER)
  if (actor === undefined) return
  for (const { depth, ...point } of POINTS) {
    const measured =
      depth === null
        ? null
        : {
            cm: depth.cm,
            measuredAt: new Date(ctx.now().getTime() - depth.hoursAgo * HOUR_MS).toISOString(),
            source: depth.source,
          }
    await addFloodPoint({ ...ctx, actor }, { ...point, unitCode: UNIT_CODE, depth: measured })
  }
}
