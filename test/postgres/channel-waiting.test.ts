import { afterAll, beforeAll, expect, it } from 'vitest'
import { noteEvent, type TakeEvent, takeWaiting } from '../../api/hosts/channels/waiting.ts'
import { type TestDb, testCtx } from '../harness.ts'
import { openPostgres } from '../harness-pg.ts'

let database: TestDb
const ctx = () => testCtx(database.db)

beforeAll(async () => {
  database = await openPostgres()
})
afterAll(() => database?.close())

const event = (eventId: string, chatKey: string) => ({
  ...{ channel: 'zalo-oa', eventId, chatKey },
  body: eventId,
})

it('one long turn holds up only its own chat: what is noted meanwhile is taken by the same run', async () => {
  await noteEvent(ctx(), event('long', 'a'))
  const begun: string[] = []
  const hears: (() => void)[] = []
  let release = () => {}
  const gate = new Promise<void>((resolve) => (release = resolve))
  let isBegun = () => {}
  const first = new Promise<void>((resolve) => (isBegun = resolve))
  let isOther = () => {}
  const other = new Promise<void>((resolve) => (isOther = resolve))
  const take: TakeEvent = async (_tx, body) => {
    begun.push(body)
    if (body === 'other chat') isOther()
    if (body !== 'long') return
    isBegun()
    await gate
  }
  const onWake = (hear: () => void) => void hears.push(hear)
  const run = takeWaiting(ctx, new Map([['zalo-oa', take]]), { onWake })
  await first
  await noteEvent(ctx(), event('same chat', 'a'))
  await noteEvent(ctx(), event('other chat', 'b'))
  for (const hear of hears) hear()
  await other
  expect(begun).toEqual(['long', 'other chat'])
  release()
  expect(await run).toBe(3)
  expect(begun).toEqual(['long', 'other chat', 'same chat'])
})
