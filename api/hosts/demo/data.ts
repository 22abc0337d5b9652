import type { Capability, Role } from '../../context.ts'

/** The demo commune: xã Quảng Điền as a story. Names of hamlets are real, people and cases are invented. */
export const UNIT_CODE = '19867'
const SOURCE = 'dữ liệu minh họa'

const agency = (slug: string, kind: AgencyKind, nameVi: string, nameEn: string) => ({
  code: `${UNIT_CODE}.${slug}`,
  unitCode: UNIT_CODE,
  kind,
  nameVi,
  nameEn,
  validFrom: '2025-07-01',
})

type AgencyKind =
  | 'commune_office'
  | 'police'
  | 'health'
  | 'utility'
  | 'civil_defence'
  | 'department'
  | 'other'

export const AGENCIES = [
  agency(
    'van-phong',
    'commune_office',
    'Văn phòng HĐND và UBND xã',
    'Office of the commune council and committee',
  ),
  agency('kinh-te', 'department', 'Phòng Kinh tế xã', 'Economic division of the commune'),
  agency(
    'van-hoa',
    'department',
    'Phòng Văn hóa – Xã hội xã',
    'Culture and social affairs division',
  ),
  agency(
    'hanh-chinh-cong',
    'commune_office',
    'Trung tâm Phục vụ hành chính công xã',
    'Public administration service centre',
  ),
  agency('cong-an', 'police', 'Công an xã', 'Commune police'),
  agency('tram-y-te', 'health', 'Trạm Y tế xã', 'Commune health station'),
  agency(
    'phong-thu-dan-su',
    'civil_defence',
    'Ban Chỉ huy Phòng thủ dân sự xã',
    'Commune civil defence command',
  ),
  agency('cap-nuoc', 'utility', 'Đơn vị cấp nước', 'Water supplier'),
]

/** Rough places for the demo only; the real ones come with `areas:import`. */
export const HAMLETS: readonly (readonly [name: string, lng: number, lat: number])[] = [
  ['Phước Yên', 107.5006, 16.5462],
  ['Niêm Phò', 107.5091, 16.5539],
  ['La Vân Hạ', 107.5142, 16.5486],
  ['Tân Xuân Lai', 107.5203, 16.5418],
  ['Hà Đồ', 107.5455, 16.6012],
  ['Mai Dương', 107.5521, 16.6061],
  ['Mỹ Xá', 107.5402, 16.5663],
  ['Đông Xuyên', 107.5347, 16.5617],
  ['Thạch Bình', 107.5173, 16.5748],
]

export const hamletRows = HAMLETS.map(([name, lng, lat]) => ({
  unitCode: UNIT_CODE,
  name,
  kind: 'thon' as const,
  lng,
  lat,
  validFrom: '2025-07-01',
  source: SOURCE,
}))

const OFFICE_HOURS: [string, string][] = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
]

export const OFFICE = {
  agencyCode: `${UNIT_CODE}.hanh-chinh-cong`,
  unitCode: UNIT_CODE,
  nameVi: 'Trung tâm Phục vụ hành chính công xã Quảng Điền',
  nameEn: 'Public administration service centre of Quảng Điền',
  addressVi: 'Sịa, xã Quảng Điền, thành phố Huế',
  lng: 107.5089,
  lat: 16.5772,
  hours: { 1: OFFICE_HOURS, 2: OFFICE_HOURS, 3: OFFICE_HOURS, 4: OFFICE_HOURS, 5: OFFICE_HOURS },
  source: SOURCE,
}

/** Category → agency that handles it in the demo commune. */
export const ROUTES: Readonly<Record<string, string>> = {
  road: 'kinh-te',
  drainage: 'kinh-te',
  lighting: 'kinh-te',
  trees: 'kinh-te',
  waste: 'kinh-te',
  pollution: 'kinh-te',
  construction: 'kinh-te',
  animals: 'kinh-te',
  electricity: 'kinh-te',
  telecom: 'kinh-te',
  consumer: 'kinh-te',
  water_supply: 'cap-nuoc',
  noise: 'cong-an',
  traffic: 'cong-an',
  order: 'cong-an',
  security: 'cong-an',
  food_safety: 'tram-y-te',
  health: 'tram-y-te',
  heritage_tourism: 'van-hoa',
  education: 'van-hoa',
  public_service: 'hanh-chinh-cong',
  flood: 'phong-thu-dan-su',
  other: 'van-phong',
}

type DemoOfficial = {
  login: string
  displayName: string
  roles: Role[]
  capabilities: Capability[]
  agency: string | null
}

/** Who signs in to the demo console; passwords are random and printed once. */
export const OFFICIALS: readonly DemoOfficial[] = [
  {
    login: 'dieuphoi',
    displayName: 'Lê Hoài An',
    roles: ['dispatcher'],
    capabilities: ['duty'],
    agency: null,
  },
  {
    login: 'duyet',
    displayName: 'Phan Đình Khôi',
    roles: ['approver'],
    capabilities: [],
    agency: null,
  },
  {
    login: 'canbo',
    displayName: 'Cán bộ Phòng Kinh tế (minh họa)',
    roles: ['officer'],
    capabilities: [],
    agency: 'kinh-te',
  },
  {
    login: 'congan',
    displayName: 'Cán bộ Công an xã (minh họa)',
    roles: ['officer'],
    capabilities: [],
    agency: 'cong-an',
  },
  {
    login: 'trucban',
    displayName: 'Cán bộ trực phòng thủ dân sự (minh họa)',
    roles: ['officer'],
    capabilities: ['duty'],
    agency: 'phong-thu-dan-su',
  },
  {
    login: 'motcua',
    displayName: 'Cán bộ một cửa (minh họa)',
    roles: ['officer'],
    capabilities: ['onestop'],
    agency: 'hanh-chinh-cong',
  },
  {
    login: 'bientap',
    displayName: 'Biên tập bài hướng dẫn (minh họa)',
    roles: ['officer'],
    capabilities: ['editor'],
    agency: 'van-hoa',
  },
  {
    login: 'tocongnghe',
    displayName: 'Thành viên Tổ công nghệ số Niêm Phò (minh họa)',
    roles: ['officer'],
    capabilities: ['community_team'],
    agency: 'van-hoa',
  },
  {
    login: 'quantri',
    displayName: 'Quản trị (minh họa)',
    roles: ['admin'],
    capabilities: [],
    agency: null,
  },
]

/** Answers to begin with, as a commune's desk would write them. */
export const TEMPLATES = [
  {
    name: 'Đã sửa đường, vỉa hè',
    category: 'road',
    body: 'Ông/bà phản ánh về {noi} ngày {ngaynhan}. {donvi} đã {?việc đã làm} xong ngày {?ngày}. Cảm ơn ông/bà đã báo.',
  },
  {
    name: 'Đã thu gom rác',
    category: 'waste',
    body: '{donvi} đã thu gom rác ở {noi} ngày {?ngày} và nhắc {?ai} giữ sạch chỗ này. Cảm ơn ông/bà đã báo.',
  },
  {
    name: 'Cần thêm thời gian',
    category: null,
    body: '{donvi} đã xem {noi}. Việc cần {?lý do}, dự kiến xong ngày {?ngày}. Có tin mới, chúng tôi báo ông/bà qua mã {ma}.',
  },
] as const
