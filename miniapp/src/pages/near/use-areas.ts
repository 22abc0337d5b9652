import { listHamlets, listUnits } from '../../resident/calls.ts'
import { useLoad } from '../../shared/use-load.ts'
import { loadShapes } from './calls.ts'
import { type Area, pathOf } from './paper.tsx'

export type Areas = { units: readonly Area[]; hamlets: readonly Area[] }

/** Names and shapes of units, and the names of the home unit's hamlets; shapes may be missing, names are enough. */
async function loadAreas(homeCode: string): Promise<Areas> {
  const [{ units }, shapes, hamlets] = await Promise.all([
    listUnits(),
    loadShapes().catch(() => []),
    listHamlets(homeCode).catch(() => []),
  ])
  const shapeOf = new Map(shapes.map(({ id, geometry }) => [id, pathOf(geometry.coordinates)]))
  return {
    units: units.map(({ code, name, centroid }) => {
      const shape = shapeOf.get(code)
      return { code, name, ...centroid, ...(shape === undefined ? {} : { shape }) }
    }),
    hamlets: hamlets.flatMap(({ id, name, lng, lat }) =>
      lng === null || lat === null ? [] : [{ code: id, name, lng, lat }],
    ),
  }
}

const NONE: Areas = { units: [], hamlets: [] }

/** Names and shapes of areas; none until they came. */
export function useAreas(homeCode: string): Areas {
  const [loaded] = useLoad(homeCode, () => loadAreas(homeCode))
  return loaded.state === 'ready' ? loaded.data : NONE
}
