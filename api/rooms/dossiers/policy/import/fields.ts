import { fold } from '../../../../core/text.ts'

/** What a row may say, by our names. */
export const FIELDS = [
  'code',
  'procedureCode',
  'procedureName',
  'field',
  'agencyName',
  'applicantName',
  'phone',
  'idNumber',
  'state',
  'stateAt',
  'receivedAt',
  'dueAt',
  'supplementAt',
  'endedAt',
  'returnedAt',
  'newDueAt',
  'lateReason',
  'missingPapers',
  'feeVnd',
  'isFeePaid',
  'resultPlace',
  'asOf',
] as const
export type Field = (typeof FIELDS)[number]
/** Field of ours → name of the column, as the file writes it. */
export type Mapping = Partial<Record<Field, string>>

/** Columns as one-stop systems name them in their exports, folded. */
const NAMES: Readonly<Record<Field, readonly string[]>> = {
  code: ['so ho so', 'ma ho so', 'ma hs', 'so hs', 'so bien nhan', 'mahoso'],
  procedureCode: ['ma thu tuc', 'ma tthc', 'ma thu tuc hanh chinh', 'matthc'],
  procedureName: ['ten thu tuc', 'ten tthc', 'thu tuc', 'thu tuc hanh chinh', 'tentthc'],
  field: ['linh vuc', 'ten linh vuc', 'tenlinhvuc'],
  agencyName: [
    'don vi',
    'co quan',
    'don vi xu ly',
    'co quan giai quyet',
    'don vi giai quyet',
    'don vi tiep nhan',
  ],
  applicantName: ['chu ho so', 'nguoi nop', 'ho ten', 'ho va ten', 'ten nguoi nop', 'chuhoso'],
  phone: ['so dien thoai', 'dien thoai', 'sdt', 'di dong'],
  idNumber: [
    'so cccd',
    'cccd',
    'cmnd',
    'so cmnd',
    'so dinh danh',
    'can cuoc',
    'so giay to',
    'so can cuoc',
  ],
  state: ['trang thai', 'tinh trang', 'trang thai ho so', 'tinh trang ho so', 'trangthaihoso'],
  stateAt: ['ngay cap nhat trang thai', 'thoi diem trang thai', 'ngay trang thai'],
  receivedAt: ['ngay tiep nhan', 'ngay nhan', 'ngay nop', 'ngaytiepnhan'],
  dueAt: ['ngay hen tra', 'hen tra', 'han xu ly', 'ngay hen', 'han tra', 'ngayhentra'],
  supplementAt: ['ngay yeu cau bo sung', 'ngay bo sung'],
  endedAt: ['ngay ket thuc xu ly', 'ngay xu ly xong', 'ngay ket thuc', 'ngayketthucxuly'],
  returnedAt: ['ngay tra', 'ngay tra ket qua', 'ngay tra kq', 'ngaytra'],
  newDueAt: ['ngay hen lai', 'ngay hen tra moi', 'gia han den'],
  lateReason: ['ly do tre', 'ly do tre han', 'ly do cham'],
  missingPapers: ['giay to can bo sung', 'noi dung bo sung', 'giay to thieu', 'giay to con thieu'],
  feeVnd: ['le phi', 'phi', 'phi le phi', 'so tien'],
  isFeePaid: ['da thanh toan', 'thanh toan', 'trang thai thanh toan'],
  resultPlace: ['noi tra ket qua', 'noi nhan ket qua', 'noi tra'],
  asOf: ['ngay cap nhat', 'thoi diem cap nhat', 'cap nhat luc'],
}

const key = (name: string): string =>
  fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** A first mapping from the names of the columns; the person sees it before it is kept. */
export function guessMapping(columns: readonly string[]): Mapping {
  const byKey = new Map<string, string>()
  for (const column of columns) if (!byKey.has(key(column))) byKey.set(key(column), column)
  const mapping: Mapping = {}
  for (const field of FIELDS) {
    const name = [key(field), ...NAMES[field]].find((candidate) => byKey.has(candidate))
    const column = name === undefined ? undefined : byKey.get(name)
    if (column !== undefined) mapping[field] = column
  }
  return mapping
}

export type HeaderIssue = { column: string; reason: 'column_missing' | 'column_twice' }

/** Where each mapped field stands in a row; a column that is missing or there twice cannot be read. */
export function locate(
  columns: readonly string[],
  mapping: Mapping,
): { at: ReadonlyMap<Field, number>; issues: HeaderIssue[] } {
  const at = new Map<Field, number>()
  const issues: HeaderIssue[] = []
  const keys = columns.map(key)
  for (const field of FIELDS) {
    const column = mapping[field]
    if (column === undefined) continue
    const wanted = key(column)
    const first = keys.indexOf(wanted)
    if (first < 0) issues.push({ column, reason: 'column_missing' })
    else if (keys.lastIndexOf(wanted) !== first) issues.push({ column, reason: 'column_twice' })
    else at.set(field, first)
  }
  for (const field of ['code', 'state', 'procedureName'] as const)
    if (mapping[field] === undefined) issues.push({ column: field, reason: 'column_missing' })
  return { at, issues }
}

/** Columns that nothing is read from; those without a name are none. */
export function unusedColumns(columns: readonly string[], mapping: Mapping): string[] {
  const used = new Set(Object.values(mapping).map(key))
  return columns.filter((column) => key(column) !== '' && !used.has(key(column)))
}
