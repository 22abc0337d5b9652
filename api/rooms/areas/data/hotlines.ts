/** Numbers of the whole country or city; a commune's own are configuration. Unconfirmed ones say so wherever shown. */
export const HOTLINES = [
  {
    code: 'rescue-112',
    phone: '112',
    nameVi: 'Tìm kiếm, cứu nạn',
    nameEn: 'Search and rescue',
    confirmed: false,
  },
  { code: 'police-113', phone: '113', nameVi: 'Công an', nameEn: 'Police', confirmed: false },
  {
    code: 'fire-114',
    phone: '114',
    nameVi: 'Cứu hỏa, cứu nạn',
    nameEn: 'Fire and rescue',
    confirmed: false,
  },
  {
    code: 'ambulance-115',
    phone: '115',
    nameVi: 'Cấp cứu y tế',
    nameEn: 'Ambulance',
    confirmed: false,
  },
  {
    code: 'hue-s',
    phone: '19001075',
    nameVi: 'Tổng đài Hue-S',
    nameEn: 'Hue-S call centre',
    confirmed: true,
  },
] as const

export const HOTLINES_SOURCE =
  'Số dùng chung toàn quốc; tổng đài Hue-S theo huengaynay.vn, 2025. Xã xác nhận lại trước khi dùng.'
