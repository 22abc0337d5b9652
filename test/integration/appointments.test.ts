import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import {
  bookAppointment,
  callNext,
  cancelAppointment,
  closeAppointments,
  consumeDossierEvents,
  exportDossiers,
  getQueue,
  listOpenDesks,
  listOwnAppointments,
  moveInQueue,
  remindAppointments,
  STARTER_PROCEDURES,
  saveDesk,
  saveProcedures,
} from '../../api/rooms/dossiers/index.ts'
import { eraseResident } from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testDeps } from '../harness-app.ts'
import { FIRST, openDesk, SECOND } from './appointments-kit.ts'
import { official } from './dossiers-kit.ts'

let database: TestDb
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
let desk: Awaited<ReturnType<typeof openDesk>>
beforeEach(async () => {
  await database.truncate()
  desk = await openDesk(database.db)
})
const audited = async () =>
  (await database.db.selectFrom('audit').select('action').execute()).map(({ action }) => action)
const clerk = () => desk.as(official(['officer'], ['onestop']))

describe('booking', () => {
  it('gives a number by the hour, and keeps the seat from others', async () => {
    await saveProcedures(desk.system, { procedures: [...STARTER_PROCEDURES] })
    const [one, two, three] = [
      await desk.person('1'),
      await desk.person('2'),
      await desk.person('3'),
    ]
    const mine = await one.book(FIRST, { procedureCode: 'MH-01' })
    expect(mine).toMatchObject({ queueNumber: 1, state: 'booked', whenText: '07:30 25/11/2026' })
    expect(mine.procedure?.papers).toContain('Giấy chứng sinh (bản chính)')
    expect((await two.book(SECOND)).queueNumber).toBe(3)
    expect((await three.book()).queueNumber).toBe(2)
    const late = await desk.person('4')
    await expect(late.book()).rejects.toMatchObject({ code: 'dossiers.slot_full' })
    const [open] = await listOpenDesks(desk.system)
    expect(open?.days[0]?.day).toBe('2026-11-23')
    const day = open?.days.find((one) => one.day === '2026-11-25')
    expect(day?.slots.slice(0, 2).map(({ free }) => free)).toEqual([0, 1])
    expect(open?.days.some((one) => one.day === '2026-11-24')).toBe(false)
    expect(await audited()).toContain('dossiers.appointment_booked')
  })

  it('twice is once, a second one on the same day is refused, and so is a fourth', async () => {
    const one = await desk.person('1')
    const mine = await one.book()
    expect((await one.book()).id).toBe(mine.id)
    expect(await desk.rows()).toHaveLength(1)
    await expect(one.book(SECOND)).rejects.toMatchObject({ code: 'dossiers.appointment_twice' })
    await one.book('2026-11-26T00:30:00.000Z')
    await one.book('2026-11-27T00:30:00.000Z')
    await expect(one.book('2026-11-30T00:30:00.000Z')).rejects.toMatchObject({
      code: 'dossiers.too_many_appointments',
    })
  })

  it.each([
    ['between two slots', '2026-11-25T00:40:00.000Z'],
    ['at noon', '2026-11-25T05:00:00.000Z'],
    ['on a day off', '2026-11-24T00:30:00.000Z'],
    ['on a Saturday', '2026-11-28T00:30:00.000Z'],
    ['in the past', '2026-11-23T00:30:00.000Z'],
    ['beyond the days ahead', '2026-12-04T00:30:00.000Z'],
  ])('is not possible %s', async (_what, startAt) => {
    const one = await desk.person('1')
    await expect(one.book(startAt)).rejects.toMatchObject({ code: 'dossiers.slot_unknown' })
    expect(await desk.rows()).toEqual([])
  })

  it('needs the person and their consent, and swept seats come to an end', async () => {
    const one = await desk.person('1')
    const two = await desk.person('2')
    const { residentId } = two
    const ask = { residentId, officeId: desk.officeId, startAt: FIRST }
    await expect(bookAppointment(one.ctx, ask)).rejects.toMatchObject({ code: 'http.forbidden' })
    await expect(bookAppointment(two.ctx, ask)).rejects.toMatchObject({
      code: 'identity.consent_missing',
    })
    for (let i = 0; i < 10; i++) {
      const { id } = await one.book()
      await cancelAppointment(one.ctx, { residentId: one.residentId, id })
    }
    await expect(one.book()).rejects.toMatchObject({ code: 'http.rate_limited' })
  })

  it('is given back once, by its person alone, until its time; seat and number are free again', async () => {
    const one = await desk.person('1')
    const two = await desk.person('2')
    const { id, queueNumber } = await one.book()
    const mine = { residentId: one.residentId, id }
    await expect(
      cancelAppointment(two.ctx, { residentId: two.residentId, id }),
    ).rejects.toMatchObject({ code: 'dossiers.appointment_unknown' })
    expect((await cancelAppointment(one.ctx, mine)).state).toBe('cancelled')
    expect((await cancelAppointment(one.ctx, mine)).state).toBe('cancelled')
    expect((await two.book()).queueNumber).toBe(queueNumber)
    desk.clock.set(FIRST)
    const [own] = await listOwnAppointments(two.ctx, { residentId: two.residentId })
    await expect(
      cancelAppointment(two.ctx, { residentId: two.residentId, id: own?.id ?? '' }),
    ).rejects.toMatchObject({ code: 'dossiers.appointment_moved' })
    expect((await audited()).filter((a) => a === 'dossiers.appointment_cancelled')).toHaveLength(1)
  })
})

describe('the desk', () => {
  const DAY = '2026-11-25'

  it('sees numbers and no names, calls the lowest that waits, and marks who came and who did not', async () => {
    const people = [await desk.person('1'), await desk.person('2'), await desk.person('3')]
    const [first, second, third] = await Promise.all(
      people.map((one, i) => one.book(i === 2 ? SECOND : FIRST)),
    )
    desk.clock.set('2026-11-25T00:20:00.000Z')
    const at = clerk()
    const mark = (id: string | undefined, to: 'arrived' | 'called' | 'served' | 'missed') =>
      moveInQueue(at, { id: id ?? '', to })
    const { officeId } = desk
    expect(await callNext(at, { officeId })).toBeUndefined()
    await mark(third?.id, 'arrived')
    await mark(second?.id, 'arrived')
    await mark(second?.id, 'arrived')
    const lower = Math.min(second?.queueNumber ?? 0, third?.queueNumber ?? 0)
    expect((await callNext(at, { officeId }))?.queueNumber).toBe(lower)
    expect((await callNext(at, { officeId }))?.id).toBe(third?.id)
    await mark(second?.id, 'served')
    await mark(first?.id, 'missed')
    await mark(first?.id, 'arrived')
    await expect(mark(second?.id, 'arrived')).rejects.toMatchObject({
      code: 'dossiers.appointment_moved',
    })
    const queue = await getQueue(at, {})
    expect(queue.day).toBe(DAY)
    expect(queue.counts).toEqual({ booked: 0, waiting: 1, called: 1, served: 1, missed: 0 })
    expect(JSON.stringify(queue)).not.toContain(people[0]?.residentId)
    expect(await audited()).toContain('dossiers.appointment_moved')
  })

  it('is for the one-stop desk of its own unit', async () => {
    const one = await desk.person('1')
    const { id } = await one.book()
    for (const ctx of [
      one.ctx,
      desk.as(official(['officer'])),
      desk.as(official(['officer'], ['onestop'], '19870')),
    ])
      await expect(moveInQueue(ctx, { id, to: 'arrived' })).rejects.toMatchObject({
        code: 'http.forbidden',
      })
    await expect(getQueue(one.ctx, {})).rejects.toMatchObject({ code: 'http.forbidden' })
    await expect(
      saveDesk(clerk(), { officeId: desk.officeId, slotMinutes: 15, seats: 1, daysAhead: 5 }),
    ).rejects.toMatchObject({ code: 'http.forbidden' })
  })

  it('tells whom it has to put off', async () => {
    const { book } = await desk.person('1')
    const { id } = await book()
    await moveInQueue(clerk(), { id, to: 'cancelled' })
    const [item] = await database.db.selectFrom('inboxItem').selectAll().execute()
    expect(item?.kind).toBe('appointment_step')
    expect(JSON.stringify(item?.message)).toContain('xin lỗi')
  })
})

describe('time goes on', () => {
  it('reminds once within a day, and not whoever has just booked', async () => {
    const one = await desk.person('1')
    await one.book()
    expect(await remindAppointments(desk.system)).toBe(0)
    desk.clock.set('2026-11-24T02:00:00.000Z')
    await (await desk.person('2')).book()
    expect(await remindAppointments(desk.system)).toBe(1)
    expect(await remindAppointments(desk.system)).toBe(0)
    const [item, ...rest] = await database.db.selectFrom('inboxItem').selectAll().execute()
    expect(rest).toEqual([])
    expect(JSON.stringify(item?.message)).toContain('Nhắc hẹn: 07:30 25/11/2026')
  })

  it('marks at night who did not come, and forgets after 90 days', async () => {
    await (await desk.person('1')).book()
    desk.clock.set('2026-11-25T20:00:00.000Z')
    expect(await closeAppointments(desk.system)).toBe(1)
    expect((await desk.rows())[0]?.state).toBe('missed')
    desk.clock.set('2027-03-01T20:00:00.000Z')
    expect(await closeAppointments(desk.system)).toBe(1)
    expect(await desk.rows()).toEqual([])
  })

  it('leaves nothing of a person who is erased, and gives them a copy before', async () => {
    const one = await desk.person('1')
    await one.book()
    const copy = await exportDossiers(one.ctx, one.residentId)
    expect(copy.appointments).toMatchObject([{ queueNumber: 1, state: 'booked' }])
    await eraseResident(one.ctx, one.residentId)
    await consumeDossierEvents(desk.system)
    expect(await desk.rows()).toEqual([])
  })
})

describe('over HTTP', () => {
  it('a free time is read by anybody, a calendar file by whoever was given its address', async () => {
    const deps = testDeps(database.db, desk.clock, { ports: desk.ports })
    const app = createApp(deps)
    const desks = await app.request('/api/v1/appointments/desks')
    expect(desks.status).toBe(200)
    expect((await app.request('/api/v1/appointments')).status).toBe(401)
    const { calendarUrl } = await (await desk.person('1')).book()
    const path = new URL(calendarUrl).pathname
    const file = await app.request(path)
    const text = await file.text()
    expect(file.headers.get('content-type')).toContain('text/calendar')
    expect(text).toContain('DTSTART:20261125T003000Z')
    expect(text).toContain('DTEND:20261125T010000Z')
    const other = path.replace(/[0-9a-f]{4}\.ics$/, '0000.ics')
    expect((await app.request(other)).status).toBe(404)
  })
})
