import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Message } from '../../api/chat/message.ts'
import {
  checkScam,
  guideFlows,
  importScams,
  listScam,
  purgeScams,
  reportScam,
} from '../../api/rooms/guides/index.ts'
import { listScams, moveScam } from '../../api/rooms/guides/scam/desk.ts'
import { areaKnowledge } from '../../bots/area-knowledge.ts'
import { createTurn } from '../../bots/conversation.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { buttonFor, textOf } from './chat-kit.ts'
import { type Commune, openCommune } from './incidents-kit.ts'

const LINK = 'https://nhan-tien.example.top/abc?u=0'
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

const check = (text: string) => checkScam(c.nobody(), { text }, 'remote')
const report = (text: string) => reportScam(c.nobody(), { text }, 'remote')
const rows = () => test.db.selectFrom('scamSubject').selectAll().orderBy('subject').execute()
const first = async (state: 'reported' | 'known_scam') => {
  const [item] = (await listScams(c.as(c.dispatcher), state)).items
  if (item === undefined) throw new Error('nothing listed')
  return item
}

describe('checking', () => {
  it('says what it is, why, what to do and whom to call; nothing is kept', async () => {
    const answer = await check(
      'Điện lực báo nợ tiền điện, sẽ cắt điện, chuyển khoản qua http://evn.top',
    )
    expect(answer).toMatchObject({
      verdict: 'suspicious',
      patterns: ['electricity'],
      canReport: true,
    })
    expect(answer.headline).toContain('dấu hiệu lừa đảo')
    expect(answer.reasons.join()).toContain('evn.top')
    expect(answer.advice.length).toBeGreaterThan(2)
    expect(answer.calls.map(({ phone }) => phone)).toContain('113')
    expect(await rows()).toEqual([])
  })

  it('never says safe of what nobody knows', async () => {
    const answer = await check('https://thon.example.com')
    expect(answer.verdict).toBe('unknown')
    expect(answer.headline).toContain('không có nghĩa là an toàn')
  })

  it('has a limit', async () => {
    for (let i = 0; i < 60; i++) await check('113')
    await expect(check('113')).rejects.toMatchObject({ code: 'http.rate_limited' })
    await expect(checkScam(c.nobody(), { text: ' ' }, 'other')).rejects.toMatchObject({
      code: 'http.invalid_input',
    })
  })
})

describe('reporting', () => {
  it('counts the address and not the words; audited and told to other rooms without them', async () => {
    await report(`chị Lan ơi bấm vào ${LINK}`)
    await report(LINK)
    expect(await rows()).toMatchObject([
      { kind: 'domain', subject: 'nhan-tien.example.top', times: 2, state: 'reported' },
    ])
    const audits = await test.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'guides.report_scam')
      .execute()
    const events = await test.db
      .selectFrom('domainEvent')
      .selectAll()
      .where('kind', '=', 'guides.scam_reported')
      .execute()
    expect([audits.length, events.length]).toEqual([2, 2])
    expect(JSON.stringify([audits, events, await rows()])).not.toMatch(/Lan|bấm|abc/)
  })

  it('without an address keeps the kind of fraud; with nothing strange it says so', async () => {
    await report('Công an gọi nói tôi dính vụ án rửa tiền, bắt chuyển tiền')
    expect(await rows()).toMatchObject([{ kind: 'pattern', subject: 'fake_police' }])
    await expect(report('chào buổi sáng, 113')).rejects.toMatchObject({
      code: 'guides.nothing_to_report',
    })
  })

  it('half a year later is gone, what officials listed stays', async () => {
    await report(LINK)
    await listScam(c.as(c.dispatcher), { subject: '0912345678', state: 'known_scam' })
    c.clock.advance(181 * 24 * 3_600_000)
    expect(await purgeScams(c.system)).toBe(1)
    expect(await rows()).toMatchObject([{ subject: '0912345678' }])
  })
})

describe('officials', () => {
  it('list what was reported as a scam, and the next check knows it and its parts', async () => {
    await report(LINK)
    const { id, version } = await first('reported')
    await moveScam(c.as(c.dispatcher), id, { move: 'known_scam', version })
    expect((await check('http://m.nhan-tien.example.top')).verdict).toBe('known_scam')
    await expect(
      moveScam(c.as(c.dispatcher), id, { move: 'dropped', version }),
    ).rejects.toMatchObject({ code: 'http.conflict' })
  })

  it('make a draft notice of a scam: its text, an audit row and an event', async () => {
    await listScam(c.as(c.dispatcher), { subject: LINK, state: 'known_scam' })
    const { id, version, moves, draft } = await first('known_scam')
    expect([moves, draft]).toEqual([['notice', 'official', 'dropped'], null])
    await moveScam(c.as(c.dispatcher), id, { move: 'notice', version })
    const asked = await first('known_scam')
    expect(asked.draft?.vi).toContain('nhan-tien.example.top')
    expect(asked.moves).not.toContain('notice')
    const events = await test.db
      .selectFrom('domainEvent')
      .selectAll()
      .where('kind', '=', 'guides.scam_notice_wanted')
      .execute()
    expect(events).toMatchObject([{ subjectId: id, data: { kind: 'domain' } }])
  })

  it('cannot call an address in disguise official, nor one of the state a scam', async () => {
    for (const [subject, state] of [
      ['https://dichvucong.gоv.vn', 'official'],
      ['xn--abc.vn', 'official'],
      ['dichvucong.gov.vn', 'known_scam'],
      ['a.top b.top', 'known_scam'],
      ['chào', 'known_scam'],
    ] as const)
      await expect(listScam(c.as(c.dispatcher), { subject, state }), subject).rejects.toMatchObject(
        {
          code: 'guides.not_listable',
        },
      )
    await listScam(c.as(c.dispatcher), { subject: 'thon.example.com', state: 'official' })
    expect((await check('thon.example.com')).verdict).toBe('official')
  })

  it('alone may', async () => {
    const listing = { subject: LINK, state: 'known_scam' } as const
    for (const [ctx, code] of [
      [c.nobody(), 'http.unauthenticated'],
      [c.as(c.officer), 'http.forbidden'],
    ] as const) {
      await expect(listScam(ctx, listing)).rejects.toMatchObject({ code })
      await expect(listScams(ctx, 'reported')).rejects.toMatchObject({ code })
      await expect(moveScam(ctx, 'x', { move: 'dropped', version: 1 })).rejects.toMatchObject({
        code,
      })
    }
  })
})

it('by the API: a check and a report', async () => {
  const { request } = testApp(test.db)
  const json = { text: `chị Lan ơi bấm vào ${LINK} gọi 0912345678` }
  const checked = await request('/api/v1/scam-checks', { method: 'POST', json })
  expect(await checked.json()).toMatchObject({ verdict: 'unknown', canReport: true })
  const reported = await request('/api/v1/scam-reports', { method: 'POST', json })
  expect(reported.status).toBe(200)
  expect((await rows()).map(({ subject }) => subject)).toEqual([
    '0912345678',
    'nhan-tien.example.top',
  ])
})

describe.each(['telegram', 'web', 'zalo-oa', 'zalo-bot'] as const)('by chat on %s', (channel) => {
  const turn = createTurn({ entries: guideFlows, knowledge: areaKnowledge })
  let events = 0
  let last: readonly Message[] = []
  const send = async (content: Parameters<typeof turn>[1]['content']) => {
    events += 1
    const inbound = { channel, chatKey: 'lan', eventId: `e${events}`, content } as const
    last = (await turn(c.nobody(), inbound)).messages
    return textOf(last)
  }
  const type = (text: string) => send({ kind: 'text', text })
  const press = (end: string) => send(buttonFor(last, end))

  it('a message is checked at once, another after it, and one button reports it', async () => {
    expect(await send({ kind: 'start', payload: 'scam_check' })).toContain('không mở đường dẫn')
    expect(await type('https://dichvucong-gov.vn')).toContain('không phải trang của họ')
    expect(await type(LINK)).toContain('chưa biết của ai')
    expect(await press('report')).toContain('Đã báo cho cán bộ')
    expect(await rows()).toMatchObject([{ subject: 'nhan-tien.example.top', times: 1 }])
    const { state, residentId } = await test.db
      .selectFrom('conversation')
      .selectAll()
      .executeTakeFirstOrThrow()
    expect([state, residentId]).toEqual([null, null])
  })

  it('an official address is told apart, and leaving keeps nothing', async () => {
    await send({ kind: 'start', payload: 'scam_check' })
    expect(await type('vneid.gov.vn')).toContain('là trang chính thức')
    await press('done')
    expect(await rows()).toEqual([])
  })
})

describe('a list of somebody else', () => {
  const file = (csv: string) => ({ csv, source: 'NCSC', sourceOn: '2026-11-20' })
  const take = (csv: string) => importScams(c.as(c.dispatcher), file(csv))

  it('is taken once, with its source and day; what officials decided stays', async () => {
    await report(LINK)
    await listScam(c.as(c.dispatcher), { subject: '0900000123', state: 'official' })
    const csv = 'subject\nnhan-tien.example.top\n0900000123\nSTK 0123456789'
    expect(await take(csv)).toEqual({ taken: 2, kept: 1, faults: [] })
    expect(await take(csv)).toEqual({ taken: 0, kept: 3, faults: [] })
    expect(await check(LINK)).toMatchObject({ verdict: 'known_scam' })
    expect((await check('0900000123')).verdict).toBe('official')
    expect(await first('known_scam')).toMatchObject({ source: 'NCSC', sourceOn: '2026-11-20' })
    const audits = await test.db
      .selectFrom('audit')
      .select('data')
      .where('action', '=', 'guides.scams_imported')
      .execute()
    expect(audits.map(({ data }) => data)).toEqual([{ taken: 2 }, { taken: 0 }])
  })

  it('is refused whole for one line, and to whoever keeps no list', async () => {
    const refused = await take('nhan-tien.example.top\ndichvucong.gov.vn\nkhông phải')
    expect(refused).toEqual({
      ...{ taken: 0, kept: 0 },
      faults: [
        { line: 2, reason: 'official' },
        { line: 3, reason: 'unreadable' },
      ],
    })
    expect(await rows()).toEqual([])
    await expect(
      importScams(c.as(c.dispatcher), { ...file('a'), sourceOn: '2026-02-31' }),
    ).rejects.toMatchObject({ code: 'http.invalid_input' })
    await expect(importScams(c.nobody(), file('a'))).rejects.toMatchObject({
      code: 'http.unauthenticated',
    })
  })
})
