import { addFloodPoint, type PointInput } from '../../api/rooms/floods/index.ts'
import { openCommune, UNIT } from './incidents-kit.ts'

export const HUNG_VUONG = { lng: 107.51, lat: 16.57 }

/** A commune whose desk watches flood points. */
export async function openFloods(db: Parameters<typeof openCommune>[0]) {
  const commune = await openCommune(db)
  const desk = commune.as(commune.dispatcher)
  const input = (more: Partial<PointInput> = {}): PointInput => ({
    ...{ unitCode: UNIT, name: 'Ngã tư Hùng Vương', otherNames: [], ...HUNG_VUONG },
    ...{ road: 'open', depth: null, ...more },
  })
  const add = async (more: Partial<PointInput> = {}) => (await addFloodPoint(desk, input(more))).id
  return { ...commune, add, desk, point: input }
}
