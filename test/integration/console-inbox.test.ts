import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { createFeed } from '../../api/http/event-feed.ts'
import { createShell } from '../../api/http/shell.ts'
import { draftAlert, moveAlert } from '../../api/rooms/alerts/index.ts'
import { createCountKeeper } from '../../api/rooms/console/inbox/counts.ts'
import { isConcerned } from '../../api/rooms/console/inbox/live.ts'
import { consoleRoutes, digestEvents, readInbox } from '../../api/rooms/console/index.ts'
import { answerPerson, openHandover, pauseChat } from '../../api/rooms/conversations/index.ts'
import { moveSos } from '../../api/rooms/sos/index.ts'
import { callForHelp } from '../../api/rooms/sos/service/call.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { type Commune, OFFICE, openCommune, UNIT } from './incidents-kit.ts'

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

const inbox = (actor: Actor, query: Parameters<typeof readInbox>[1] = {}) =>
  readInbox(c.as(actor), query)
const names = async (actor: Actor, query: Parameters<typeof readInbox>[1] = {}) =>
  (await inbox(actor, query)).items.map((item) =>
    'publicCode' in item
      ? `${item.source} ${item.publicCode}`
      : `${item.source} ${item.source === 'chat' ? item.tail : item.source === 'alert' ? item.headline : item.place}`,
  )
const takeOver = (chatKey = '246845883529190002') =>
  pauseChat(c.system, {
    channel: 'zalo-oa',
    chatKey,
    until: new Date(c.clock.now().getTime() + 3_600_000),
  })
const app = (actor: Actor | null) =>
  testApp(test.db, { now: c.clock.now, ports: c.ports }, (deps) =>
    createShell(deps, {
      authenticate: async () => actor,
      cookieName: 'loa_session',
      mount: (api) =>
        void api.route('/', consoleRoutes({ feed: () => createFeed(deps, digestEvents) })),
    }),
  )
const headers = { cookie: 'loa_session=x' }

describe('the inbox', () => {
  it('holds what waits for each: cases in their turn, news of others, chats by hand', async () => {
    const waiting = (await c.report()).publicCode
    const given = (await c.report()).publicCode
    await c.move(c.dispatcher, given, { kind: 'accept_and_assign', agencyCode: OFFICE })
    await c.move(c.officer, given, { kind: 'not_our_task' })
    const proposed = (await c.report({ category: 'food_safety' })).publicCode
    await c.walkTo(proposed, 'answered')
    await takeOver()
    expect(await names(c.dispatcher)).toEqual([
      'chat 0002',
      ...[waiting, given].map((code) => `case ${code}`),
    ])
    const [, , handedBack] = (await inbox(c.dispatcher)).items
    expect(handedBack).toMatchObject({ notices: [{ kind: 'not_our_task' }] })
    expect(await names(c.approver)).toEqual([`case ${proposed}`])
    expect(await names(c.officer)).toEqual([])
    expect(await names(c.elsewhere)).toEqual(['chat 0002'])
  })

  it('tells of a case that somebody else has to move, until it was seen', async () => {
    const { publicCode } = await c.report({ urgency: 'urgent' })
    await c.move(c.dispatcher, publicCode, { kind: 'accept_and_assign', agencyCode: OFFICE })
    const { id } = await c.rowOf(publicCode)
    await test.db
      .insertInto('incidentAttention')
      .values({
        id: c.system.newId(),
        incidentId: id,
        kind: 'late',
        recipient: 'dispatcher',
        key: 'late',
        at: c.clock.now(),
      })
      .execute()
    expect(await names(c.dispatcher)).toEqual([`notice ${publicCode}`])
    expect(await names(c.elsewhere)).toEqual([])
    await c.move(c.officer, publicCode, { kind: 'start' })
    expect(await names(c.dispatcher)).toEqual([])
  })

  it('pages through all sources in one order and holds each once', async () => {
    for (let i = 0; i < 3; i++) await c.report(i === 1 ? { urgency: 'urgent' } : {})
    await takeOver()
    await takeOver('246845883529190003')
    const whole = await names(c.dispatcher)
    expect(whole).toHaveLength(5)
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const query = { limit: 2, ...(cursor === undefined ? {} : { cursor }) }
      const page = await inbox(c.dispatcher, query)
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor
    } while (cursor !== undefined)
    expect(seen).toEqual((await inbox(c.dispatcher)).items.map((item) => item.id))
  })

  it('is narrowed by its filters', async () => {
    const road = (await c.report()).publicCode
    const trees = (await c.report({ category: 'trees', urgency: 'urgent' })).publicCode
    await takeOver()
    expect(await names(c.dispatcher, { category: 'road' })).toEqual([`case ${road}`])
    expect(await names(c.dispatcher, { urgency: 'urgent' })).toEqual([`case ${trees}`])
    expect(await names(c.dispatcher, { source: 'chat' })).toEqual(['chat 0002'])
    expect(await names(c.dispatcher, { state: 'accepted' })).toEqual([])
    c.clock.set('2026-12-02T02:00:00Z')
    expect(await names(c.dispatcher, { due: 'late' })).toEqual([`case ${road}`])
  })

  it('offers what needs no more than the case to be seen, with the agency of its route', async () => {
    await c.report()
    const [item] = (await inbox(c.dispatcher)).items
    expect(item).toMatchObject({
      quick: ['accept_and_assign', 'accept'],
      suggestedAgency: { code: OFFICE, name: 'Phòng Kinh tế' },
    })
  })

  it('is empty for officials without cases, and closed to everybody else', async () => {
    await c.report()
    const admin: Actor = { ...c.officer, roles: ['admin'] }
    expect(await inbox(admin)).toMatchObject({ items: [], sources: [] })
    await expect(inbox({ kind: 'anonymous' })).rejects.toMatchObject({
      code: 'http.unauthenticated',
    })
    await expect(inbox({ kind: 'resident', residentId: 'x' })).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    await expect(inbox(c.dispatcher, { cursor: 'x' })).rejects.toMatchObject({
      code: 'http.invalid_input',
    })
  })
})

describe('steps of several cases', () => {
  const move = (moves: unknown) =>
    app(c.dispatcher).request('/api/v1/console/incidents/moves', {
      json: { moves },
      headers,
    })
  const stepOf = async (code: string, version = 1) => ({
    id: (await c.rowOf(code)).id,
    version,
    move: { kind: 'accept' },
  })

  it('each is made or fails by itself, and is audited', async () => {
    const codes = [(await c.report()).publicCode, (await c.report()).publicCode]
    const [first, second] = [await stepOf(codes[0] ?? ''), await stepOf(codes[1] ?? '', 7)]
    const answer = await move([first, second])
    expect(await answer.json()).toEqual({
      results: [
        { id: first.id, ok: true },
        { id: second.id, ok: false, code: 'incidents.stale' },
      ],
    })
    const rows = await Promise.all(codes.map(c.rowOf))
    expect(rows.map((row) => row.state)).toEqual(['accepted', 'received'])
    const moved = (await c.audited()).filter((row) => row.actorKind === 'official')
    expect(moved.map((row) => row.subjectId)).toEqual([first.id])
    const again = await move([first])
    expect(await again.json()).toMatchObject({ results: [{ ok: false, code: 'incidents.stale' }] })
  })

  it('none outside the own unit, not more than fifty, and nothing of an unknown kind', async () => {
    const { publicCode } = await c.report()
    const step = await stepOf(publicCode)
    const elsewhere = await app(c.elsewhere).request('/api/v1/console/incidents/moves', {
      json: { moves: [step] },
      headers,
    })
    expect(await elsewhere.json()).toMatchObject({ results: [{ code: 'http.forbidden' }] })
    expect((await move(Array.from({ length: 51 }, () => step))).status).toBe(422)
    expect((await move([{ ...step, move: { kind: 'fly' } }])).status).toBe(422)
    expect((await c.rowOf(publicCode)).state).toBe('received')
  })
})

describe('the live line', () => {
  const open = async (actor: Actor | null, since: string) => {
    const stop = new AbortController()
    const answer = await app(actor).request(`/api/v1/console/inbox/stream?since=${since}`, {
      headers,
      signal: stop.signal,
    })
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    return {
      answer,
      /** Reads on until the text says so. */
      until: async (mark: string) => {
        while (!text.includes(mark)) {
          const { value, done } = (await reader?.read()) ?? { done: true, value: '' }
          if (done) return text
          text += value
        }
        return text
      },
      close: async () => {
        stop.abort()
        await reader?.cancel().catch(() => {})
      },
    }
  }

  it('tells at once what happened since the list was read, and later what happens', async () => {
    const { since } = await inbox(c.dispatcher)
    await c.report()
    const line = await open(c.dispatcher, since)
    expect(await line.until('event: news')).toMatch(/id: \d+\.\d+/)
    const { since: now } = await inbox(c.dispatcher)
    await line.close()
    const next = await open(c.dispatcher, now)
    expect(await next.until('retry:')).not.toContain('news')
    await c.report()
    await next.until('event: news')
    await next.close()
  })

  it('tells an agency that its case was handed on, and nothing of what or who', async () => {
    const { publicCode } = await c.report()
    await c.move(c.dispatcher, publicCode, { kind: 'accept_and_assign', agencyCode: OFFICE })
    const { since } = await inbox(c.officer)
    const line = await open(c.officer, since)
    await line.until('retry:')
    await c.move(c.officer, publicCode, { kind: 'not_our_task' })
    const text = await line.until('event: news')
    expect(text).not.toContain(publicCode)
    expect(text).not.toContain((await c.rowOf(publicCode)).id)
    await line.close()
  })

  it('is closed to nobody', async () => {
    const { answer } = await open(null, '')
    expect(answer.status).toBe(401)
  })
})

describe('warnings in the inbox', () => {
  const input = () => ({
    ...{ unitCode: UNIT, kind: 'flood' as const, level: 2, headlineVi: 'Nước lên nhanh' },
    ...{ headlineEn: 'Water is rising', instructionVi: 'Chuyển xe lên cao.' },
    ...{ issuer: 'UBND xã', signer: 'Phan Đình Khôi', documentNo: '12/TB-UBND' },
    area: { places: [{ unitCode: UNIT }], polygons: [], circles: [] },
    expiresAt: new Date(c.clock.now().getTime() + 12 * 3_600_000).toISOString(),
  })
  const drafted = async () => (await draftAlert(c.as(c.dispatcher), input())).id
  const step = (actor: Actor, id: string, move: 'propose' | 'return' | 'issue', version: number) =>
    moveAlert(c.as(actor), { id, move, version })

  it('wait for whoever may release them, not for who wrote them, until that is done', async () => {
    await c.report({ urgency: 'urgent' })
    const id = await drafted()
    expect(await names(c.approver)).toEqual([])
    await step(c.dispatcher, id, 'propose', 1)
    expect((await inbox(c.approver)).items).toMatchObject([
      { source: 'alert', id, urgency: 'urgent', headline: 'Nước lên nhanh', isMeasured: false },
    ])
    expect((await inbox(c.approver, { category: 'road' })).items).toEqual([])
    const both = { ...c.dispatcher, roles: ['dispatcher', 'approver'] } as Actor
    expect((await inbox(both)).items.map((item) => item.source)).toEqual(['case'])
    expect((await inbox({ ...c.approver, unitCode: '19753' } as Actor)).items).toEqual([])
    await step(c.approver, id, 'return', 2)
    expect(await names(c.approver)).toEqual([])
  })

  it('no more once their time is over, and are news to those alone who may release', async () => {
    const id = await drafted()
    await step(c.dispatcher, id, 'propose', 1)
    const { kind, subjectId } = await test.db
      .selectFrom('domainEvent')
      .selectAll()
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow()
    const event = { kind, subjectId, seq: 1, xid: '1', id: '', data: {}, at: '' }
    const touched = await digestEvents(test.db, [event])
    expect(subjectId).toBe(id)
    expect([isConcerned(c.approver, touched), isConcerned(c.officer, touched)]).toEqual([
      true,
      false,
    ])
    c.clock.advance(13 * 3_600)
    expect(await names(c.approver)).toEqual([])
  })
})

describe('calls for rescue in the inbox', () => {
  const call = async (words: string) =>
    callForHelp(c.nobody(), { secret: createHash('sha256').update(words).digest('hex'), words })
  const watch = (): Actor => ({ ...c.officer, roles: ['officer'], capabilities: ['duty'] })

  it('stand above everything until somebody has them, then with whoever has them', async () => {
    await c.report({ urgency: 'urgent' })
    await call('Nước vào nhà')
    c.clock.advance(1)
    await call('Mắc kẹt trên mái')
    const first = (await inbox(c.dispatcher)).items
    expect(first.map((item) => item.source)).toEqual(['sos', 'sos', 'case'])
    expect(first[0]).toMatchObject({ urgency: 'sos', isMine: false, isTold: false })
    const page = await inbox(c.dispatcher, { limit: 1 })
    const second = await inbox(c.dispatcher, { limit: 5, cursor: page.nextCursor })
    expect([...page.items, ...second.items].map((item) => item.id)).toEqual(
      first.map((item) => item.id),
    )
    await moveSos(c.as(watch()), { caseId: first[0]?.id ?? '', move: 'claim' })
    expect((await inbox(c.dispatcher)).items.map((item) => item.source)).toEqual(['sos', 'case'])
    const [mine] = (await inbox(watch(), { source: 'sos' })).items
    expect(mine).toMatchObject({ id: first[0]?.id, isMine: true })
    await moveSos(c.as(watch()), { caseId: first[0]?.id ?? '', move: 'safe' })
    expect((await inbox(watch(), { source: 'sos' })).items).toHaveLength(1)
  })

  it('are no matter of another unit, of whoever does not watch, or of a filter by category', async () => {
    await call('Nước lên')
    for (const actor of [c.elsewhere, c.officer])
      expect((await inbox(actor)).items.map((item) => item.source)).toEqual([])
    expect((await inbox(c.officer)).sources).not.toContain('sos')
    expect((await inbox(c.dispatcher, { category: 'road' })).items).toEqual([])
    expect((await inbox(c.dispatcher, { urgency: 'urgent' })).items).toHaveLength(1)
  })
})

describe('chats in the inbox', () => {
  it('are those that wait, those that I have, and those by hand outside of Loa, each once', async () => {
    const ask = async (chatKey: string) => {
      const key = { channel: 'telegram' as const, chatKey }
      await pauseChat(c.system, { ...key, until: null })
      const row = await test.db
        .selectFrom('conversation')
        .select('id')
        .where('chatKey', '=', chatKey)
        .executeTakeFirstOrThrow()
      await openHandover(c.system, { conversationId: row.id })
      return row.id
    }
    const waiting = await ask('chat-0001')
    const held = await ask('chat-0002')
    await answerPerson(c.as(c.dispatcher), { conversationId: held, text: 'Chào ông/bà' })
    const colleague = { ...c.dispatcher, officialId: c.officer.officialId }
    await takeOver()
    const seen = async (actor: Actor) =>
      (await inbox(actor, { source: 'chat' })).items.map((item) =>
        item.source === 'chat' ? `${item.state} ${item.id === waiting} ${item.id === held}` : '',
      )
    expect((await seen(c.dispatcher)).sort()).toEqual([
      'by_hand false false',
      'held false true',
      'waiting true false',
    ])
    expect((await seen(colleague)).sort()).toEqual(['by_hand false false', 'waiting true false'])
  })
})

describe('counts', () => {
  it('are taken once at one place of the log, and anew after each change', async () => {
    let taken = 0
    const keeper = createCountKeeper()
    const read = () =>
      readInbox(c.as(c.dispatcher), {}, (key, count) =>
        keeper(key, () => {
          taken += 1
          return count()
        }),
      )
    expect((await read()).counts.waiting).toBe(0)
    const { publicCode } = await c.report()
    expect((await read()).counts).toMatchObject({ waiting: 1, mine: 1 })
    await read()
    expect(taken).toBe(2)
    await c.move(c.dispatcher, publicCode, { kind: 'accept_and_assign', agencyCode: OFFICE })
    expect((await read()).counts).toMatchObject({ waiting: 0, mine: 0, open: 1 })
    expect(taken).toBe(3)
  })
})
