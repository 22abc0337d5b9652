import type { Actor, Ctx, Db } from '../../api/context.ts'
import { seedReference } from '../../api/rooms/areas/index.ts'
import {
  decodeText,
  importDossiers,
  readCsv,
  saveSource,
  tableEntries,
} from '../../api/rooms/dossiers/index.ts'
import { seedConsentTexts } from '../../api/rooms/identity/index.ts'
import { type TestClock, testClock, testCtx, testPorts } from '../harness.ts'

export const CODE = '000.00.09.H57-261120-0012'
export const NOBODY: Actor = { kind: 'anonymous' }
export const official = (
  roles: Extract<Actor, { kind: 'official' }>['roles'],
  capabilities: Extract<Actor, { kind: 'official' }>['capabilities'] = [],
  unitCode: string | null = '19867',
): Actor => ({
  kind: 'official',
  officialId: '018f0000-0000-7000-8000-000000000001',
  roles,
  capabilities,
  unitCode,
  agencyCode: null,
})

export const MAPPING = {
  code: 'Mã hồ sơ',
  procedureName: 'Thủ tục',
  state: 'Trạng thái',
  stateAt: 'Ngày trạng thái',
  receivedAt: 'Ngày tiếp nhận',
  dueAt: 'Ngày hẹn trả',
  newDueAt: 'Ngày hẹn lại',
  endedAt: 'Ngày kết thúc',
  applicantName: 'Người nộp',
  phone: 'Điện thoại',
  idNumber: 'CCCD',
  missingPapers: 'Giấy tờ thiếu',
  feeVnd: 'Lệ phí',
}
export const HEADER = Object.values(MAPPING)

/** A row in the order of HEADER, from what differs. */
export function csvRow(more: Partial<Record<keyof typeof MAPPING, string>> = {}): string {
  const cells = {
    code: CODE,
    procedureName: 'Thủ tục đăng ký khai sinh',
    state: 'Đang xử lý',
    stateAt: '20/11/2026 14:00',
    receivedAt: '20/11/2026 08:30',
    dueAt: '27/11/2026',
    newDueAt: '',
    endedAt: '',
    applicantName: 'Trần Thị Mận',
    phone: '0900 000 678',
    idNumber: '046000001234',
    missingPapers: '',
    feeVnd: '',
    ...more,
  }
  return (Object.keys(MAPPING) as (keyof typeof MAPPING)[])
    .map((name) => `"${cells[name].replaceAll('"', '""')}"`)
    .join(',')
}
export const csv = (...rows: string[]): string => [HEADER.join(','), ...rows].join('\r\n')

export async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

/** The reference data, one source, and who acts on it. The clock stands at 09:00 on 23/11/2026. */
export async function openMirror(db: Db) {
  const clock: TestClock = testClock()
  const ports = testPorts()
  const as = (actor: Actor, language: 'vi' | 'en' = 'vi'): Ctx =>
    testCtx(db, { actor, clock, ports, language })
  const system = as({ kind: 'system', name: 'test' })
  await seedReference(db, clock.now(), system.newId)
  await seedConsentTexts(db, clock.now())
  const source = {
    name: 'mot-cua',
    unitCode: '19867',
    agencyName: 'UBND xã Quảng Điền',
    mapping: MAPPING,
  }
  await saveSource(system, source)
  const load = (text: string, more: { source?: string; asOf?: Date } = {}, ctx = system) =>
    importDossiers(ctx, {
      source: 'mot-cua',
      kind: 'file',
      entries: (mapping) => tableEntries(readCsv(decodeText(bytesOf(text))), mapping),
      ...more,
    })
  const rowOf = (code: string = CODE) =>
    db.selectFrom('dossier').selectAll().where('code', '=', code).executeTakeFirstOrThrow()
  return { clock, ports, as, system, load, rowOf, source }
}
