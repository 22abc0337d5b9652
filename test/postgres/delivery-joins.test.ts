import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { say } from '../../api/chat/message.ts'
import type { OutboxRow } from '../../api/db/outbox.ts'
import { inTransaction } from '../../api/db/transaction.ts'
import {
  createDispatch,
  deliver,
  fallbackAfterGone,
  getDispatchProgress,
  planDispatch,
  pumpDispatch,
  reconcileDispatch,
  steerDispatch,
} from '../../api/rooms/delivery/index.ts'
import {
  giveConsent,
  joinByCode,
  linkCode,
  residentForChat,
  seedConsentTexts,
} from '../../api/rooms/identity/index.ts'
import { openDatabase, type TestClock, type TestDb, testClock } from '../harness.ts'
import { news, openPeople, outboxRows } from '../integration/delivery-kit.ts'

let test: TestDb
let clock: TestClock
let people: ReturnType<typeof openPeople>
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  clock = testClock()
  await seedConsentTexts(test.db, clock.now())
  people = openPeople(test.db, clock)
})
afterAll(() => test.close())

const codeOf = async (residentId: string) => (await linkCode(people.as(), { residentId })).code
const links = () => test.db.selectFrom('channelLink').selectAll().execute()
const living = async () =>
  (await test.db.selectFrom('resident').selectAll().execute()).filter((r) => r.joinedInto === null)

describe('joining', () => {
  it('one code typed in many chats at once joins one of them', async () => {
    const { id } = await people.person()
    const chats = await Promise.all(Array.from({ length: 6 }, () => people.person()))
    const code = await codeOf(id)
    const all = await Promise.all(
      chats.map(({ chat }) => joinByCode(people.nobody(), { ...chat, code })),
    )
    expect(all.filter(({ outcome }) => outcome === 'joined')).toHaveLength(1)
    expect((await links()).filter(({ residentId }) => residentId === id)).toHaveLength(2)
    expect(await living()).toHaveLength(6)
  })

  it('the same chat and code many times at once is one join', async () => {
    const { id } = await people.person()
    const { chat } = await people.person()
    const code = await codeOf(id)
    const all = await Promise.all(
      Array.from({ length: 5 }, () => joinByCode(people.nobody(), { ...chat, code })),
    )
    expect(all.every((one) => one.outcome === 'joined' && one.residentId === id)).toBe(true)
    const events = await test.db.selectFrom('domainEvent').selectAll().execute()
    expect(events).toHaveLength(1)
  })

  it('guesses of one chat at once are counted each', async () => {
    const chat = { channel: 'telegram', chatKey: 'guesser' }
    const all = await Promise.all(
      Array.from({ length: 9 }, () => joinByCode(people.nobody(), { ...chat, code: '22222222' })),
    )
    expect(all.filter(({ outcome }) => outcome === 'too_many')).toHaveLength(4)
  })

  it('two people into each other, and a ring of four, end as one without waiting for each other', async () => {
    for (const size of [2, 4]) {
      await test.truncate()
      const ring = await Promise.all(Array.from({ length: size }, () => people.person()))
      const codes = await Promise.all(ring.map(({ id }) => codeOf(id)))
      const all = await Promise.all(
        ring.map(({ chat }, i) =>
          joinByCode(people.nobody(), { ...chat, code: codes[(i + 1) % size] ?? '' }),
        ),
      )
      expect(all.every(({ outcome }) => outcome === 'joined')).toBe(true)
      expect(await living()).toHaveLength(1)
      const [one] = await living()
      expect((await links()).map(({ residentId }) => residentId)).toEqual(Array(size).fill(one?.id))
    }
  })

  it('while the other chat gives a consent loses neither: it waits for what is under way', async () => {
    const into = await people.person()
    const from = await people.person()
    const code = await codeOf(into.id)
    const gift = { residentId: from.id, purpose: 'report', version: 1, channel: 'web' } as const
    let join: Promise<unknown> = Promise.resolve()
    await inTransaction(people.as(), async (tx) => {
      await giveConsent(tx, gift)
      join = joinByCode(people.nobody(), { ...from.chat, code })
      await new Promise((resolve) => setTimeout(resolve, 200))
    })
    await join
    const consents = await test.db.selectFrom('consent').selectAll().execute()
    expect(consents).toMatchObject([{ residentId: into.id }])
  })

  it('in the moment of a chat’s first message ends with one owner of that chat', async () => {
    const { id } = await people.person()
    const code = await codeOf(id)
    const chat = { channel: 'zalo-oa', chatKey: 'fresh' }
    const all = await Promise.allSettled([
      residentForChat(people.nobody(), { ...chat, language: 'vi' }),
      joinByCode(people.nobody(), { ...chat, code }),
    ])
    const [, joined] = all
    if (joined?.status === 'rejected') {
      expect(joined.reason).toMatchObject({ code: 'http.conflict' })
      await joinByCode(people.nobody(), { ...chat, code })
    }
    const owner = (await links()).find(({ chatKey }) => chatKey === 'fresh')?.residentId
    expect(owner).toBe(id)
  })
})

it('a fallback that two processes do at once is done once', async () => {
  const { id } = await people.person({ channel: 'telegram', chatKey: '1' })
  await people.addChat(id, { channel: 'web', chatKey: '2' })
  await deliver(people.as(), news(id, 'a'))
  const [row] = await outboxRows(test.db)
  const all = await Promise.all(
    Array.from({ length: 4 }, () => fallbackAfterGone(people.as(), row as OutboxRow)),
  )
  expect(all.filter(({ outcome }) => outcome === 'queued')).toHaveLength(1)
  expect(await outboxRows(test.db)).toHaveLength(2)
})

it('a dispatch that several processes plan and pump at once reaches everybody once', async () => {
  for (let i = 0; i < 40; i++) await people.subscriber([{ kind: 'notices' }])
  const dispatchId = await createDispatch(people.as(), {
    subject: { kind: 'notice', id: 'n1' },
    lane: 'notice',
    audience: { kind: 'notices', places: [] },
    message: () => say('x'),
  })
  const four = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 4 }, work))
  await four(() => planDispatch(people.as(), { dispatchId }))
  await steerDispatch(people.as(), { dispatchId, wish: 'start' })
  const moved = await four(() => pumpDispatch(people.as(), { dispatchId, limit: 15 }))
  expect(moved.reduce((a, b) => a + b, 0)).toBe(40)
  const mails = await outboxRows(test.db)
  expect(new Set(mails.map(({ chatKey }) => chatKey)).size).toBe(40)
  expect(mails).toHaveLength(40)
  const { counts } = await getDispatchProgress(people.as(), { dispatchId })
  expect(counts).toEqual({ queued: 40 })
  expect(await reconcileDispatch(people.as(), { dispatchId })).toBe(true)
})
