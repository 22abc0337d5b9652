import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { addDays, localDate } from '../../api/core/time.ts'
import { getCase, listWorkItems, moveCase } from '../../api/rooms/console/index.ts'
import {
  addNote,
  escalateDue,
  fillWords,
  listPublicIncidents,
  markAttentionSeen,
} from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type Commune, INSIDE, OFFICE, openCommune, UNIT } from './incidents-kit.ts'

/** What an official's page of a case and list have beside the case itself. */
let test: TestDb
let c: Commune
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
})
afterAll(() => test.close())

const pageOf = async (actor: Actor, publicCode: string) =>
  getCase(c.as(actor), (await c.rowOf(publicCode)).id)
const move = async (actor: Actor, publicCode: string, one: Parameters<Commune['move']>[2]) => {
  const { id, version } = await c.rowOf(publicCode)
  return moveCase(c.as(actor), { id, version, move: one })
}

describe('the third time at one place', () => {
  it('names the two before it, with links for who reaches them', async () => {
    const codes = []
    for (let n = 0; n < 3; n++) {
      codes.push((await c.report({ category: 'noise' })).publicCode)
      c.clock.advance(86_400)
    }
    const [first = '', second = '', third = ''] = codes
    await move(c.dispatcher, third, { kind: 'accept_and_assign', agencyCode: OFFICE })
    const { repeats } = await pageOf(c.dispatcher, third)
    expect(repeats.map((one) => one.publicCode)).toEqual([first, second])
    expect(repeats[0]?.id).toBe((await c.rowOf(first)).id)
    const seen = (await pageOf(c.officer, third)).repeats
    expect(seen.map((one) => [one.publicCode, one.id])).toEqual([
      [first, undefined],
      [second, undefined],
    ])
    expect((await pageOf(c.dispatcher, first)).repeats).toEqual([])
  })

  it('ties the newest twenty at a crowded spot, and says that there may be more', async () => {
    const codes = []
    for (let n = 0; n < 22; n++) {
      codes.push((await c.report({ category: 'noise' })).publicCode)
      c.clock.advance(60)
    }
    const last = await pageOf(c.dispatcher, codes[21] ?? '')
    expect(last.repeats.map((one) => one.publicCode)).toEqual(codes.slice(1, 21))
    expect(last.mayHaveMoreRepeats).toBe(true)
    expect((await pageOf(c.dispatcher, codes[2] ?? '')).mayHaveMoreRepeats).toBe(false)
  })
})

describe('reminders', () => {
  it('stand on the page with whom they were for, until that one has seen them', async () => {
    const { publicCode, dueDate } = await c.report()
    await c.walkTo(publicCode, 'in_progress')
    const today = () => localDate(c.clock.now())
    while (today() <= addDays(dueDate ?? '', 5)) c.clock.advance(86_400)
    await escalateDue(c.system)
    const { notices } = await pageOf(c.dispatcher, publicCode)
    const late = notices.filter((one) => one.kind === 'late')
    expect(late.map((one) => one.recipient)).toContain('dispatcher')
    const own = late.find((one) => one.recipient === 'dispatcher')
    expect(own?.isWaiting).toBe(true)
    const approvers = late.find((one) => one.recipient === 'approver')
    expect(approvers?.isWaiting ?? false).toBe(false)
    await markAttentionSeen(c.as(c.dispatcher), own?.id ?? '')
    const after = (await pageOf(c.dispatcher, publicCode)).notices
    expect(after.find((one) => one.id === own?.id)?.isWaiting).toBe(false)
  })
})

describe('the page', () => {
  it('shows the paper of an answer, and what more time was asked for', async () => {
    const { publicCode } = await c.report()
    await c.walkTo(publicCode, 'in_progress')
    const note = 'Chờ vật tư'
    const asked = await move(c.officer, publicCode, { kind: 'request_extension', note, days: 7 })
    expect(asked.extensionAsked).toEqual({ note, days: 7 })
    await move(c.approver, publicCode, { kind: 'grant_extension', days: 7 })
    const document = { number: '12/BC-UBND ngày 20/11/2026', reference: 'Văn phòng xã giữ' }
    const answer = { kind: 'answer' as const, text: 'Đã vá', mediaIds: [], document }
    expect((await move(c.officer, publicCode, answer)).document).toEqual(document)
  })

  it('has a remark among the steps for officials alone', async () => {
    const { publicCode } = await c.report()
    const { id } = await c.rowOf(publicCode)
    await addNote(c.as(c.dispatcher), { id, text: 'Đã gọi cho tổ đường' })
    const { timeline } = await pageOf(c.dispatcher, publicCode)
    expect(timeline.at(-1)).toMatchObject({
      kind: 'note',
      note: 'Đã gọi cho tổ đường',
      isPublic: false,
      byKind: 'official',
    })
    await expect(addNote(c.nobody(), { id, text: 'x' })).rejects.toMatchObject({
      code: 'http.unauthenticated',
    })
    await expect(addNote(c.as(c.elsewhere), { id, text: 'x' })).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    await expect(addNote(c.as(c.dispatcher), { id, text: ' ' })).rejects.toMatchObject({
      code: 'http.invalid_input',
    })
    const notes = (await c.audited()).filter((row) => row.action === 'incident.note')
    expect(notes).toHaveLength(1)
    expect(JSON.stringify(notes)).not.toContain('tổ đường')
  })
})

describe('words', () => {
  const found = async (q: string) =>
    (await listWorkItems(c.as(c.dispatcher), { q })).items.map((item) => item.publicCode)
  const foundByAll = async (q: string) =>
    (await listPublicIncidents(c.nobody(), { q })).items.map((item) => item.publicCode)

  it('find a case with marks and without, by beginnings and by code, within reach', async () => {
    const drain = await c.report({ description: 'Cống Hà Đồ kẹt rác và bèo' })
    const lamp = await c.report({ description: 'Đèn đường Mỹ Xá tắt' })
    await c.walkTo(lamp.publicCode, 'accepted')
    for (const q of ['cong ha do', 'CỐNG', 'ket ra', 'bèo, kẹt', drain.publicCode.toLowerCase()])
      expect([q, await found(q)]).toEqual([q, [drain.publicCode]])
    expect(await found('cong tat')).toEqual([])
    expect((await found('!')).sort()).toEqual([drain.publicCode, lamp.publicCode].sort())
    expect((await listWorkItems(c.as(c.elsewhere), { q: 'cong' })).items).toEqual([])
    expect(await foundByAll('den duong')).toEqual([lamp.publicCode])
    expect(await foundByAll('cong ha do')).toEqual([])
    expect(await foundByAll(drain.publicCode)).toEqual([])
  })

  it('never find a name, a number or a private place', async () => {
    const { publicCode } = await c.report({
      description: 'Nhà ông Nguyễn Văn Sửu mở loa, gọi 0912345678',
      place: {
        source: 'pin',
        ...INSIDE,
        text: 'số nhà 145/7 kiệt Bàng',
        isPrivate: true,
        unitCode: UNIT,
      },
    })
    await c.walkTo(publicCode, 'accepted')
    expect(await foundByAll('mo loa')).toEqual([publicCode])
    for (const q of ['suu', 'Nguyễn Văn Sửu', '0912345678', '0912', '145', 'kiet bang'])
      for (const list of [await found(q), await foundByAll(q)]) expect([q, list]).toEqual([q, []])
  })

  it('of cases from before are filled once', async () => {
    const { publicCode } = await c.report({ description: 'Cây đổ ngang đường' })
    await test.db.deleteFrom('incidentWords').execute()
    expect(await found('cay do')).toEqual([])
    expect(await fillWords(c.system)).toBe(1)
    expect(await found('cay do')).toEqual([publicCode])
    expect(await fillWords(c.system)).toBe(0)
  })
})
