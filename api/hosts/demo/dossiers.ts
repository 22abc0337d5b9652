import type { Ctx } from '../../context.ts'
import { addDays, localDate, localInstant } from '../../core/time.ts'
import { listOffices } from '../../rooms/areas/index.ts'
import {
  type DossierCells,
  importDossiers,
  STARTER_PROCEDURES,
  saveDesk,
  saveProcedures,
  saveSource,
} from '../../rooms/dossiers/index.ts'
import { UNIT_CODE } from './data.ts'

const SOURCE = 'minh-hoa'
const DESK = 'Trung tâm Phục vụ hành chính công xã'
/** Last four digits that open the details of every demo dossier. */
export const DEMO_DIGITS = '1234'

/** Days before today; `due` counts from today. Running number 0000 is never given out, so no code can be real. */
type DemoDossier = { received: number; due: number } & DossierCells

const DOSSIERS: readonly DemoDossier[] = [
  {
    received: 9,
    due: -8,
    state: '10',
    procedureName: 'Thủ tục đăng ký khai sinh',
    field: 'Hộ tịch',
    agencyName: DESK,
    applicantName: 'Trần Thị Mận',
  },
  {
    received: 2,
    due: 3,
    state: '4',
    procedureName: 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân',
    field: 'Hộ tịch',
    agencyName: DESK,
    applicantName: 'Nguyễn Minh Họa',
  },
  {
    received: 4,
    due: 1,
    state: '5',
    procedureName: 'Đăng ký thành lập hộ kinh doanh',
    field: 'Thành lập và hoạt động của hộ kinh doanh',
    agencyName: 'Phòng Kinh tế xã',
    applicantName: 'Lê Thị Ví Dụ',
    missingPapers: 'Thẻ căn cước của chủ hộ kinh doanh (bản chụp bị mờ)',
  },
  {
    received: 30,
    due: -3,
    state: '4',
    procedureName: 'Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ',
    field: 'Hoạt động xây dựng',
    agencyName: 'Phòng Kinh tế xã',
    applicantName: 'Phạm Văn Thử',
    lateReason: 'Chờ đo lại ranh giới do mưa lụt',
  },
  {
    received: 1,
    due: 12,
    state: '2',
    procedureName: 'Thực hiện trợ cấp hưu trí xã hội',
    field: 'Bảo trợ xã hội',
    agencyName: 'Phòng Văn hóa – Xã hội xã',
    applicantName: 'Hoàng Thị Mẫu',
  },
  {
    received: 20,
    due: 8,
    state: '6',
    procedureName:
      'Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất lần đầu',
    field: 'Đất đai',
    agencyName: 'Phòng Kinh tế xã',
    applicantName: 'Đặng Văn Giả Định',
    feeVnd: '2.500.000',
  },
]

/** Dossiers and procedures of the demo commune, through the same import as real ones. */
export async function seedDossiers(ctx: Ctx): Promise<void> {
  const today = localDate(ctx.now())
  const at = (days: number, hhmm: string) => localInstant(addDays(today, days), hhmm).toISOString()
  const fields = Object.keys(DOSSIERS[2] ?? {}).filter((name) => !/received|due/.test(name))
  const mapping = Object.fromEntries(
    ['code', 'receivedAt', 'dueAt', 'stateAt', 'phone', ...fields].map((name) => [name, name]),
  )
  await saveSource(ctx, { name: SOURCE, unitCode: UNIT_CODE, agencyName: DESK, mapping })
  const report = await importDossiers(ctx, {
    source: SOURCE,
    kind: 'file',
    entries: async function* () {
      yield DOSSIERS.map(({ received, due, ...cells }, i) => {
        const day = addDays(today, -received).replaceAll('-', '').slice(2)
        const isOver = cells.state === '10'
        return {
          line: i + 1,
          cells: {
            ...cells,
            code: `000.00.00.H57-${day}-0000`,
            receivedAt: at(-received, '08:15'),
            dueAt: at(due, '17:00'),
            stateAt: at(isOver ? due : -Math.min(1, received), '07:45'),
            ...(isOver ? { endedAt: at(due, '07:40') } : {}),
            phone: DEMO_DIGITS,
            ...(cells.lateReason === undefined ? {} : { newDueAt: at(4, '17:00') }),
          },
        }
      })
    },
  })
  if (report.outcome === 'refused') throw new Error(JSON.stringify(report.issues))
  await saveProcedures(ctx, { procedures: [...STARTER_PROCEDURES] })
  for (const { id } of await listOffices(ctx.db, UNIT_CODE))
    await saveDesk(ctx, { officeId: id, slotMinutes: 30, seats: 3, daysAhead: 14 })
}
