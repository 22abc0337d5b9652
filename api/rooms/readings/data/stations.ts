import type { StationInput } from '../schema.ts'

const QD_05 = 'Quyết định 05/2020/QĐ-TTg'
const WEATHER_SERVICE = {
  operatorVi: 'Đài Khí tượng Thủy văn thành phố Huế',
  operatorEn: 'Huế hydro-meteorological station',
}
const LOCAL_DATUM = {
  datumVi: 'cao độ riêng của trạm, không so với trạm khác',
  datumEn: 'the station’s own datum, not comparable with other stations',
}
/** In force since 15/03/2020. */
const from = (stage: 1 | 2 | 3 | 4, levelCm: number, source: string, validFrom = '2020-03-15') => ({
  stage,
  levelCm,
  validFrom,
  source,
})

/**
 * Stations that every installation knows. Alarm levels stand here only where bulletins confirmed them; which units ask for
 * which station is this installation's own choice. Places are approximate (two decimals).
 */
export const STATIONS: readonly StationInput[] = [
  {
    code: 'phu-oc',
    kind: 'river',
    nameVi: 'Phú Ốc',
    nameEn: 'Phú Ốc',
    riverVi: 'Bồ',
    nationalCode: '71518',
    lng: 107.47,
    lat: 16.55,
    unitCodes: ['19867', '19996', '20014', '20017'],
    ...LOCAL_DATUM,
    ...WEATHER_SERVICE,
    source: QD_05,
    validFrom: '2020-03-15',
    alarmLevels: [
      from(1, 150, QD_05),
      from(2, 300, QD_05),
      from(3, 450, QD_05),
      from(4, 525, 'đỉnh lũ 27/10/2025, báo Huế ngày nay', '2025-10-27'),
    ],
  },
  {
    code: 'kim-long',
    kind: 'river',
    nameVi: 'Kim Long',
    nameEn: 'Kim Long',
    riverVi: 'Hương',
    nationalCode: '71520',
    lng: 107.57,
    lat: 16.47,
    unitCodes: ['19774', '19753', '19777', '19789', '19813'],
    ...LOCAL_DATUM,
    ...WEATHER_SERVICE,
    source: QD_05,
    validFrom: '2020-03-15',
    alarmLevels: [
      from(1, 100, QD_05),
      from(2, 200, QD_05),
      from(3, 350, QD_05),
      from(4, 581, 'đỉnh lũ tháng 11/1999'),
    ],
  },
  {
    code: 'thuong-nhat',
    kind: 'river',
    nameVi: 'Thượng Nhật',
    nameEn: 'Thượng Nhật',
    riverVi: 'Tả Trạch',
    unitCodes: ['20179'],
    ...LOCAL_DATUM,
    ...WEATHER_SERVICE,
    source: QD_05,
    validFrom: '2020-03-15',
    alarmLevels: [from(2, 6_100, 'bản tin lũ 10/2025 (báo động 1 và 3 chưa xác nhận)')],
  },
  {
    code: 'phong-binh',
    kind: 'river',
    nameVi: 'Phong Bình',
    nameEn: 'Phong Bình',
    riverVi: 'Ô Lâu',
    unitCodes: ['19831'],
    ...LOCAL_DATUM,
    ...WEATHER_SERVICE,
    source: 'bản tin lũ 29/10/2025; chưa xác nhận mức báo động',
    validFrom: '2020-03-15',
    alarmLevels: [],
  },
  {
    code: 'truoi',
    kind: 'river',
    nameVi: 'Cầu Truồi',
    nameEn: 'Truồi bridge',
    riverVi: 'Truồi',
    unitCodes: ['20140'],
    ...LOCAL_DATUM,
    ...WEATHER_SERVICE,
    source: 'bản tin lũ 29/10/2025; chưa xác nhận mức báo động',
    validFrom: '2020-03-15',
    alarmLevels: [],
  },
]
