import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { handBack, listTakenOver, pauseChat } from '../../api/rooms/conversations/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type Commune, openCommune } from './incidents-kit.ts'

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

const chat = { channel: 'zalo-oa', chatKey: '246845883529190002' }
const takeOver = () =>
  pauseChat(c.system, { ...chat, until: new Date(c.clock.now().getTime() + 3_600_000) })

it('a chat taken over by hand is listed and handed back, twice the same, audited once', async () => {
  await takeOver()
  const at = c.as(c.dispatcher)
  const [item] = await listTakenOver(at)
  expect(item).toMatchObject({ channel: 'zalo-oa', tail: '0002' })
  await handBack(at, item?.id ?? '')
  await handBack(at, item?.id ?? '')
  expect(await listTakenOver(at)).toEqual([])
  const row = await test.db.selectFrom('conversation').selectAll().executeTakeFirst()
  expect(row?.pausedUntil).toBe(null)
  const audits = await test.db
    .selectFrom('audit')
    .selectAll()
    .where('action', '=', 'conversations.handed_back')
    .execute()
  expect(audits).toMatchObject([{ actorKind: 'official', subjectId: item?.id }])
})

it('a pause that is over is not listed', async () => {
  await takeOver()
  c.clock.advance(3_601)
  expect(await listTakenOver(c.as(c.dispatcher))).toEqual([])
})

it('is for those who receive reports; others are refused, and a wrong id leads nowhere', async () => {
  await takeOver()
  const [item] = await listTakenOver(c.as(c.dispatcher))
  const nobodys: Actor[] = [c.officer, c.approver, { kind: 'anonymous' }]
  for (const actor of nobodys) {
    await expect(listTakenOver(c.as(actor))).rejects.toThrow(/http\.(forbidden|unauthenticated)/)
    await expect(handBack(c.as(actor), item?.id ?? '')).rejects.toThrow(/http\./)
  }
  for (const id of ['', 'x', crypto.randomUUID()])
    await expect(handBack(c.as(c.dispatcher), id)).rejects.toThrow('http.not_found')
  expect(await listTakenOver(c.as(c.dispatcher))).toHaveLength(1)
})
