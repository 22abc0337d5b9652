import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '../../api/context.ts'
import { exportEverything } from '../../api/data-requests.ts'
import { cancelHelp, listOwnHelp } from '../../api/rooms/guides/help/service/ask.ts'
import { listHelpTasks, moveHelp } from '../../api/rooms/guides/help/service/work.ts'
import { followPeople, purgeHelp } from '../../api/rooms/guides/index.ts'
import { readBoard } from '../../api/rooms/guides/team/service.ts'
import {
  eraseResident,
  joinOfficialChat,
  makeOfficialChatCode,
  withdrawConsent,
} from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openHelp } from './guides-help-kit.ts'

const DAY_MS = 86_400_000
let database: TestDb
let h: Awaited<ReturnType<typeof openHelp>>
let lan: Awaited<ReturnType<typeof h.person>>
let an: Ctx
let binh: Ctx

beforeAll(async () => {
  database = await openDatabase()
  h = await openHelp(database)
  an = await h.official('le.an')
  binh = await h.official('do.binh')
})
afterAll(() => database.close())
let people = 0
beforeEach(async () => {
  await h.forget()
  lan = await h.person(`lan-${++people}`)
})

const code = (expected: string) => ({ code: expected })

describe('asking for help at home', () => {
  it('is kept once, told to the team without name, house or number, and audited by ids', async () => {
    const { code: joining } = await makeOfficialChatCode(an)
    await joinOfficialChat(h.as({ kind: 'anonymous' }), {
      ...{ code: joining, channel: 'telegram', chatKey: `an-${people}` },
    })
    const id = crypto.randomUUID()
    const view = await lan.ask({ id })
    expect(view).toMatchObject({ state: 'open', hamlet: 'thôn Niêm Phò', mayCancel: true })
    expect(view.code).toMatch(/^[2-9A-Z]{4}$/)
    expect(await lan.ask({ id, place: 'somewhere else' })).toEqual(view)
    const rows = await h.rows()
    expect(rows).toMatchObject([{ place: 'Mệ Gái, sau chợ', phone: '0905123456' }])
    const [told, ...more] = await h.sentTo(`an-${people}`)
    expect(more).toEqual([])
    expect(told).toContain('Niêm Phò')
    expect(told).not.toMatch(/Gái|0905/)
    const entries = await h.audited(id)
    expect(entries.map(({ action }) => action)).toEqual(['guides.help_asked'])
    expect(JSON.stringify(entries)).not.toMatch(/Gái|0905/)
  })

  it('needs consent, and nothing is kept without', async () => {
    await expect(lan.ask({ agreed: undefined })).rejects.toMatchObject(
      code('identity.consent_missing'),
    )
    expect(await h.rows()).toEqual([])
  })

  it.each([
    ['a hamlet elsewhere', { hamletId: crypto.randomUUID() }],
    ['a lesson that is not there', { lessonId: 'nothing' }],
    ['no house', { place: ' ' }],
    ['a novel', { place: 'x'.repeat(201) }],
    ['a number that is none', { phone: '12' }],
  ])('takes no %s', async (_what, more) => {
    await expect(lan.ask(more)).rejects.toMatchObject(code('http.invalid_input'))
    expect(await h.rows()).toEqual([])
  })

  it('is for oneself alone, and another’s id is taken', async () => {
    const other = await h.person(`other-${people}`)
    const id = crypto.randomUUID()
    await lan.ask({ id })
    await expect(other.ask({ id })).rejects.toMatchObject(code('http.conflict'))
    await expect(lan.ask({ residentId: other.residentId })).rejects.toMatchObject(
      code('http.forbidden'),
    )
    await expect(cancelHelp(other.ctx, { residentId: other.residentId, id })).rejects.toMatchObject(
      code('guides.request_unknown'),
    )
    await expect(
      listOwnHelp(h.as({ kind: 'anonymous' }), { residentId: lan.residentId }),
    ).rejects.toMatchObject(code('http.unauthenticated'))
  })

  it('has limits: two at once, three a day', async () => {
    const { residentId, ctx } = lan
    const { id } = await lan.ask()
    await lan.ask()
    await expect(lan.ask()).rejects.toMatchObject(code('guides.too_many_requests'))
    for (const _again of [1, 2])
      expect(await cancelHelp(ctx, { residentId, id })).toMatchObject({ state: 'cancelled' })
    const third = await lan.ask()
    await cancelHelp(ctx, { residentId, id: third.id })
    await expect(lan.ask()).rejects.toMatchObject(code('http.rate_limited'))
    h.clock.advance(DAY_MS)
    expect(await lan.ask()).toMatchObject({ state: 'open' })
  })
})

describe('the team', () => {
  it('sees what waits; house and number only who took it, and the person hears each step', async () => {
    const { id } = await lan.ask()
    const [open] = await listHelpTasks(an)
    expect(open).toMatchObject({ id, contact: null, moves: ['take', 'decline'] })
    expect(JSON.stringify(open)).not.toMatch(/Gái|0905/)
    await moveHelp(an, { id, move: 'take' })
    await moveHelp(an, { id, move: 'take' })
    expect((await listHelpTasks(an))[0]?.contact).toMatchObject({
      place: 'Mệ Gái, sau chợ',
      phone: '0905123456',
    })
    expect((await listHelpTasks(binh))[0]).toMatchObject({
      member: 'le.an',
      moves: [],
      contact: null,
    })
    await moveHelp(an, { id, move: 'finish' })
    expect(await listHelpTasks(an)).toEqual([])
    const told = await h.sentTo(lan.chatKey)
    expect(told).toHaveLength(2)
    expect(told[0]).toContain('đã nhận giúp')
    expect(told[1]).toContain('đã giúp xong')
    expect((await h.audited(id)).map(({ data }) => data)).toMatchObject([
      { lessonId: 'vneid-level-2' },
      { from: 'open', to: 'taken' },
      { from: 'taken', to: 'done' },
    ])
  })

  it('two at the same time: one has it, the other is told', async () => {
    const { id } = await lan.ask()
    const both = await Promise.allSettled(
      [an, binh].map((member) => moveHelp(member, { id, move: 'take' })),
    )
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = both.find(({ status }) => status === 'rejected')
    expect(lost).toMatchObject({ reason: code('guides.request_taken') })
    expect(await h.sentTo(lan.chatKey)).toHaveLength(1)
  })

  it('gives it back, or says why it cannot', async () => {
    const { id } = await lan.ask()
    await moveHelp(an, { id, move: 'take' })
    await expect(moveHelp(binh, { id, move: 'release' })).rejects.toMatchObject(
      code('guides.request_taken'),
    )
    await moveHelp(an, { id, move: 'release' })
    await expect(moveHelp(binh, { id, move: 'decline' })).rejects.toMatchObject(
      code('http.invalid_input'),
    )
    await moveHelp(binh, { id, move: 'decline', reason: 'nobody_home' })
    expect((await h.sentTo(lan.chatKey)).at(-1)).toContain('không gặp ai ở nhà')
    await expect(moveHelp(an, { id, move: 'take' })).rejects.toMatchObject(
      code('guides.request_over'),
    )
  })

  it('hears when what it took is called off', async () => {
    const { code: joining } = await makeOfficialChatCode(an)
    const { id } = await lan.ask()
    await moveHelp(an, { id, move: 'take' })
    await joinOfficialChat(h.as({ kind: 'anonymous' }), {
      ...{ code: joining, channel: 'telegram', chatKey: `an-${people}` },
    })
    await cancelHelp(lan.ctx, { residentId: lan.residentId, id })
    expect((await h.sentTo(`an-${people}`)).at(-1)).toContain('đã được hủy')
  })

  it('counts by hamlet on the board', async () => {
    const { id } = await lan.ask()
    await moveHelp(an, { id, move: 'take' })
    await moveHelp(an, { id, move: 'finish' })
    await lan.ask()
    const board = await readBoard(an)
    expect(board.hamlets.find((one) => one.id === h.hamlets[0]?.id)?.help).toEqual({
      ...{ asked: 2, done: 1, waiting: 1 },
    })
    expect(board.hamlets.find((one) => one.id === h.hamlets[1]?.id)?.help.asked).toBe(0)
  })

  it('is closed to others and to other units', async () => {
    const { id } = await lan.ask()
    const elsewhere = await h.official('elsewhere', ['community_team'], '19753')
    expect(await listHelpTasks(elsewhere)).toEqual([])
    for (const [ctx, why] of [
      [elsewhere, 'http.forbidden'],
      [await h.official('officer', []), 'http.forbidden'],
      [lan.ctx, 'http.forbidden'],
      [h.as({ kind: 'anonymous' }), 'http.unauthenticated'],
    ] as const)
      await expect(moveHelp(ctx, { id, move: 'take' })).rejects.toMatchObject(code(why))
    await expect(moveHelp(an, { id: 'x', move: 'take' })).rejects.toMatchObject(
      code('guides.request_unknown'),
    )
  })
})

describe('what is kept', () => {
  it('lapses after two weeks, and a month later leads to nobody', async () => {
    await lan.ask()
    h.clock.advance(14 * DAY_MS + 1)
    expect(await purgeHelp(h.system)).toBe(1)
    expect((await h.sentTo(lan.chatKey)).at(-1)).toContain('14 ngày')
    expect(await purgeHelp(h.system)).toBe(0)
    expect((await h.rows())[0]).toMatchObject({ state: 'cannot', residentId: lan.residentId })
    h.clock.advance(30 * DAY_MS + 1)
    expect(await purgeHelp(h.system)).toBe(1)
    expect((await h.rows())[0]).toMatchObject({
      ...{ residentId: null, place: null, phone: null, code: null, channel: null },
      hamletId: h.hamlets[0]?.id,
    })
  })

  it('is in the copy of its person', async () => {
    await lan.ask()
    const copy = await exportEverything(lan.ctx, lan.residentId)
    expect(copy.guides.helpRequests).toMatchObject([{ place: 'Mệ Gái, sau chợ', state: 'open' }])
  })

  it.each([
    ['erased', () => eraseResident(lan.ctx, lan.residentId)],
    [
      'without consent any more',
      () => withdrawConsent(lan.ctx, { residentId: lan.residentId, purpose: 'help' }),
    ],
  ])('ends with its person %s', async (_how, end) => {
    const { id } = await lan.ask()
    await moveHelp(an, { id, move: 'take' })
    await end()
    await followPeople(h.system)
    expect((await h.rows())[0]).toMatchObject({
      ...{ state: 'cancelled', residentId: null, place: null, phone: null, code: null },
    })
  })
})
