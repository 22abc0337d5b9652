import type { Box, LngLat } from '../../../core/geo.ts'

/** A commune-level unit today. */
export type UnitKind = 'phuong' | 'xa'
/** A commune-level unit until 2025-06-30. */
export type FormerKind = UnitKind | 'thi_tran'
export type DistrictKind = 'quan' | 'huyen' | 'thi_xa'
export type HamletKind = 'thon' | 'to_dan_pho'
export type AreaKind = FormerKind | DistrictKind | HamletKind

export type DistrictId =
  | 'phu_xuan'
  | 'thuan_hoa'
  | 'phong_dien'
  | 'quang_dien'
  | 'phu_vang'
  | 'huong_thuy'
  | 'huong_tra'
  | 'a_luoi'
  | 'phu_loc'
  | 'nam_dong'

/** A commune, ward or town as it stood until 2025-06-30; its code may since belong to another unit. */
export type FormerUnit = { name: string; kind: FormerKind; oldCode: string; district: DistrictId }

export type Unit = {
  code: string
  /** Without its kind: "Quảng Điền". */
  name: string
  kind: UnitKind
  areaKm2: number
  centroid: LngLat
  bbox: Box
  validFrom: string
  formedFrom: readonly FormerUnit[]
}

/** Vietnamese words of kinds, as addresses write them; not translated, for they are part of the name. */
const KIND_WORDS: Record<AreaKind, string> = {
  phuong: 'phường',
  xa: 'xã',
  thi_tran: 'thị trấn',
  quan: 'quận',
  huyen: 'huyện',
  thi_xa: 'thị xã',
  thon: 'thôn',
  to_dan_pho: 'tổ dân phố',
}

/** "xã Quảng Điền", inside a sentence. */
export const withKind = (area: { kind: AreaKind; name: string }): string =>
  `${KIND_WORDS[area.kind]} ${area.name}`

/** "Xã Quảng Điền", standing alone. */
export function fullName(area: { kind: AreaKind; name: string }): string {
  const text = withKind(area)
  return text.charAt(0).toUpperCase() + text.slice(1)
}
