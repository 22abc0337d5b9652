import type { Actor, Ctx, Db } from '../../api/context.ts'
import { saveAgency, saveOffice } from '../../api/rooms/areas/index.ts'
import { bookAppointment, saveDesk } from '../../api/rooms/dossiers/index.ts'
import { residentForChat } from '../../api/rooms/identity/index.ts'
import { openMirror } from './dossiers-kit.ts'

/** The first time of the desk's next open day: Wednesday 07:30 (Tuesday 24/11 is a day off). */
export const FIRST = '2026-11-25T00:30:00.000Z'
export const SECOND = '2026-11-25T01:00:00.000Z'
export const agreed = { version: 1, channel: 'miniapp' }

const HOURS: [string, string][] = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
]

/** The mirror with one desk of two seats each half hour. The clock stands at 09:00 on Monday 23/11/2026. */
export async function openDesk(db: Db) {
  const mirror = await openMirror(db)
  const { system } = mirror
  const agencyCode = '19867.quay'
  await saveAgency(system, {
    code: agencyCode,
    unitCode: '19867',
    nameVi: 'Trung tâm Phục vụ hành chính công',
    nameEn: 'One-stop centre',
    kind: 'commune_office',
    validFrom: '2025-07-01',
  })
  await saveOffice(system, {
    agencyCode,
    unitCode: '19867',
    nameVi: 'Trung tâm Phục vụ hành chính công xã',
    nameEn: 'One-stop centre',
    addressVi: 'Sịa',
    hours: { 1: HOURS, 2: HOURS, 3: HOURS, 4: HOURS, 5: HOURS },
    source: 'test',
  })
  const { id: officeId } = await db.selectFrom('areaOffice').select('id').executeTakeFirstOrThrow()
  await saveDesk(system, { officeId, slotMinutes: 30, seats: 2, daysAhead: 10 })
  const person = async (chatKey: string) => {
    const chat = { channel: 'telegram', chatKey, language: 'vi' } as const
    const { id: residentId } = await residentForChat(system, chat)
    const actor: Actor = { kind: 'resident', residentId }
    const ctx: Ctx = mirror.as(actor)
    const book = (startAt = FIRST, more: { procedureCode?: string } = {}) =>
      bookAppointment(ctx, { residentId, officeId, startAt, agreed, ...more })
    return { residentId, ctx, actor, book }
  }
  const rows = () => db.selectFrom('appointment').selectAll().orderBy('queueNumber').execute()
  return { ...mirror, officeId, person, rows }
}
