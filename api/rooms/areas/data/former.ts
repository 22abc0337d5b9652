import type { DistrictId, DistrictKind, FormerKind } from './kinds.ts'

/** The last day on which districts and the 133 former communes existed (Resolution 1675/NQ-UBTVQH15). */
export const FORMER_VALID_TO = '2025-06-30'
/** From this day the 133 stood as listed: Huế became a centrally-run city (Resolution 1314/NQ-UBTVQH15). */
export const FORMER_VALID_FROM = '2025-01-01'

export type District = { id: DistrictId; name: string; kind: DistrictKind }

/**
 * Abolished on 2025-07-01 and never a unit again, but people still say them. Nam Đông had joined Phú Lộc half a year
 * earlier; its communes are listed under the name by which people tell them apart.
 */
export const DISTRICTS: readonly District[] = [
  { id: 'phu_xuan', name: 'Phú Xuân', kind: 'quan' },
  { id: 'thuan_hoa', name: 'Thuận Hóa', kind: 'quan' },
  { id: 'phong_dien', name: 'Phong Điền', kind: 'thi_xa' },
  { id: 'quang_dien', name: 'Quảng Điền', kind: 'huyen' },
  { id: 'phu_vang', name: 'Phú Vang', kind: 'huyen' },
  { id: 'huong_thuy', name: 'Hương Thủy', kind: 'thi_xa' },
  { id: 'huong_tra', name: 'Hương Trà', kind: 'thi_xa' },
  { id: 'a_luoi', name: 'A Lưới', kind: 'huyen' },
  { id: 'phu_loc', name: 'Phú Lộc', kind: 'huyen' },
  { id: 'nam_dong', name: 'Nam Đông', kind: 'huyen' },
]

/** What one of the 133 was before: another kind, another district. People who say the older form mean the same place. */
export const EARLIER: Readonly<
  Record<string, { kinds: readonly FormerKind[]; districts: readonly DistrictId[] }>
> = {
  // P. Hương Phong: a commune until 2024, of Hương Trà until 2021 (Resolutions 1264/2021, 1314/2024).
  '20002': { kinds: ['xa'], districts: ['huong_tra'] },
  '20014': { kinds: ['xa'], districts: ['huong_tra'] },
  // P. Hương Xuân: a commune until 2011 (Resolution 99/NQ-CP).
  '20017': { kinds: ['xa'], districts: [] },
  '20023': { kinds: ['xa'], districts: ['huong_tra'] },
  '19900': { kinds: ['thi_tran'], districts: ['phu_vang'] },
  '19930': { kinds: ['xa'], districts: ['phu_vang'] },
  '19963': { kinds: ['xa'], districts: ['huong_thuy'] },
  '19981': { kinds: ['xa'], districts: ['huong_thuy'] },
}

/** Names that had gone by 2025-01-01 (Resolution 1314/NQ-UBTVQH15), with the unit in which the place lies today. */
export const OLDER_NAMES: readonly {
  name: string
  kind: FormerKind
  unitCode: string
  district: DistrictId
  validTo: string
}[] = [
  { name: 'Hương Thọ', kind: 'xa', unitCode: '19774', district: 'phu_xuan', validTo: '2024-12-31' },
  {
    name: 'Hương Hồ',
    kind: 'phuong',
    unitCode: '19774',
    district: 'phu_xuan',
    validTo: '2024-12-31',
  },
  {
    name: 'Phú Dương',
    kind: 'xa',
    unitCode: '19909',
    district: 'thuan_hoa',
    validTo: '2024-12-31',
  },
  { name: 'Phú Mậu', kind: 'xa', unitCode: '19909', district: 'thuan_hoa', validTo: '2024-12-31' },
  {
    name: 'Phú Thanh',
    kind: 'xa',
    unitCode: '19909',
    district: 'thuan_hoa',
    validTo: '2024-12-31',
  },
  {
    name: 'Hải Dương',
    kind: 'xa',
    unitCode: '19900',
    district: 'thuan_hoa',
    validTo: '2024-12-31',
  },
]

/** Parts of a current name that people use alone. */
export const SHORT_NAMES: readonly { name: string; unitCode: string }[] = [
  { name: 'Chân Mây', unitCode: '20137' },
]
