import { UNITS } from '../../rooms/areas/index.ts'
import {
  gazetteerOf,
  type gazetteerOf as Make,
  type NamedPlace,
} from '../../understanding/index.ts'

/** Single words ("Đức") and everyday ones need a cue to be a place. */
const EVERYDAY = new Set(
  'Đức,Phong Phú,Hồng Hạ,Hồng Thủy,Lộc An,Nam Đông,Trung Sơn,Bình An'.split(','),
)
const UNIT_WORDS = ['xa', 'phuong', 'p', 'x', 'thi tran', 'tt', 'quan', 'huyen', 'thi xa']

/** Units of the province, those of today and those that they were formed from. */
export function areaNames(): ReturnType<typeof Make> {
  const places = UNITS.flatMap(({ name, code, formedFrom }): NamedPlace[] => {
    const place = (kind: NamedPlace['kind'], called: string): NamedPlace => ({
      name: called,
      kind,
      code,
      kindWords: UNIT_WORDS,
      needsCue: EVERYDAY.has(called),
    })
    const former = formedFrom.filter((old) => old.name !== name)
    return [place('unit', name), ...former.map((old) => place('former_unit', old.name))]
  })
  return gazetteerOf(places)
}
