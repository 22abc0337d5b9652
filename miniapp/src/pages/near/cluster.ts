import type { Spot } from './projection.ts'

/** Something on the map: one case, or (with `count`) a square of many. */
export type Mark = { id: string; lng: number; lat: number; count: number; late: number }

export type Cluster<M extends Mark> = {
  key: string
  at: Spot
  marks: readonly M[]
  count: number
  late: number
}

/** Marks nearer than a thumb become one. */
const NEAR_PX = 48

/**
 * Groups marks that would lie on each other. `toPx` gives pixels from any fixed corner of the paper, so that clusters
 * stay the same while the map moves. A cluster stands where its first mark stands, which keeps all of them apart.
 */
export function clusterMarks<M extends Mark>(
  marks: readonly M[],
  toPx: (mark: M) => Spot,
): Cluster<M>[] {
  const groups: { at: Spot; marks: M[] }[] = []
  for (const mark of marks) {
    const at = toPx(mark)
    const near = groups.find((group) => Math.hypot(group.at.x - at.x, group.at.y - at.y) < NEAR_PX)
    if (near === undefined) groups.push({ at, marks: [mark] })
    else near.marks.push(mark)
  }
  return groups.map(({ at, marks: inside }) => ({
    key: inside[0]?.id ?? '',
    at,
    marks: inside,
    count: inside.reduce((sum, { count }) => sum + count, 0),
    late: inside.reduce((sum, { late }) => sum + late, 0),
  }))
}
