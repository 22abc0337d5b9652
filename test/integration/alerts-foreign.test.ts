import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { CapAlert } from '../../api/core/cap/alert.ts'
import { SAMPLE } from '../../api/core/cap/sample.ts'
import { writeCap } from '../../api/core/cap/write.ts'
import type { Fetched } from '../../api/files/ports.ts'
import {
  adoptForeign,
  listForeign,
  pollCapFeeds,
  purgeForeign,
  readForeignDesk,
} from '../../api/rooms/alerts/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openAlerts } from './alerts-kit.ts'
import { auditActions, UNIT } from './delivery-kit.ts'

const FEED = 'https://canhbao.example/cap/feed.atom'
const file = (text: string): Fetched => ({ kind: 'file', bytes: new TextEncoder().encode(text) })

let database: TestDb
let room: Awaited<ReturnType<typeof openAlerts>>
let far: Map<string, Fetched>
let asked: string[]
const system = () => ({
  ...room.system,
  settings: { ...room.system.settings, capFeeds: [FEED] },
  ports: {
    ...room.system.ports,
    fetchDocument: async (url: string) => {
      asked.push(url)
      return far.get(url) ?? ({ kind: 'failed', code: 'http_404' } as const)
    },
  },
})
const desk = () => readForeignDesk({ ...room.writer, settings: system().settings })

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.truncate()
  room = await openAlerts(database.db)
  far = new Map()
  asked = []
})

const theirs = (id: string, more: Partial<CapAlert> = {}): CapAlert => ({
  ...SAMPLE,
  ...{ identifier: id, sender: 'kttv@kttv.example', status: 'Actual' },
  sentAt: new Date(room.clock.now()),
  infos: SAMPLE.infos.map((info) => ({
    ...info,
    senderName: 'Đài khí tượng',
    expiresAt: new Date(room.clock.now().getTime() + 6 * 3_600_000),
  })),
  ...more,
})
/** A feed that names these documents, newest last. */
function publish(alerts: readonly CapAlert[]): void {
  const entries = alerts.map(({ identifier }) => {
    return `<entry><id>${identifier}</id><updated>${identifier}</updated><link href="${identifier}.xml" type="application/cap+xml"/></entry>`
  })
  for (const alert of alerts)
    far.set(`https://canhbao.example/cap/${alert.identifier}.xml`, file(writeCap(alert)))
  far.set(FEED, file(`<feed xmlns="http://www.w3.org/2005/Atom">${entries.join('')}</feed>`))
}
const poll = async () => {
  room.clock.advance(120)
  return pollCapFeeds(system())
}

it('a warning inside the feed itself is brought without asking for anything else; the city’s desk takes it over', async () => {
  const inside = writeCap(theirs('b1')).replace(/^<\?xml[^>]*\?>/, '')
  const entry = `<entry><updated>1</updated><content type="text/xml">${inside}</content></entry>`
  far.set(FEED, file(`<feed xmlns="http://www.w3.org/2005/Atom">${entry}</feed>`))
  expect([await poll(), await poll()]).toEqual([1, 0])
  expect(new Set(asked)).toEqual(new Set([FEED]))
  const [alert] = (await desk()).alerts
  expect(alert).toMatchObject({ senderName: 'Đài khí tượng', sourceUrl: `${FEED}#b1` })
  const city = await room.official('thanhpho', ['dispatcher'], null)
  const { id } = await adoptForeign(city, { id: alert?.id ?? '', unitCode: UNIT })
  expect(await room.rows()).toMatchObject([{ id, unitCode: UNIT, state: 'draft' }])
})

it('a foreign warning is brought once, shown with its sender, and audited', async () => {
  publish([theirs('a1')])
  expect([await poll(), await poll()]).toEqual([1, 0])
  expect(asked.filter((url) => url.endsWith('a1.xml'))).toHaveLength(1)
  const shown = await listForeign(room.people.nobody(), { unitCode: UNIT })
  expect(shown).toMatchObject([
    { senderName: 'Đài khí tượng', sender: 'kttv@kttv.example', kind: 'flood', level: 2 },
  ])
  expect(await listForeign(room.people.nobody(), { unitCode: '20179' })).toEqual([])
  expect(await auditActions(room.db, 'alerts.')).toEqual(['alerts.received'])
  expect(await room.rows()).toEqual([])
})

it('updates and cancellations end what they name, in whatever order they come, and only of the same sender', async () => {
  const first = theirs('a1')
  room.clock.advance(60)
  const reference = { sender: first.sender, identifier: 'a1', sent: first.sentAt.toISOString() }
  const second = theirs('a2', { messageType: 'Update', references: [reference] })
  room.clock.advance(60)
  const stranger = theirs('x1', {
    ...{ sender: 'ai-do@xa.example', messageType: 'Cancel' },
    references: [{ ...reference, identifier: 'a2', sent: second.sentAt.toISOString() }],
  })
  publish([second, stranger])
  await poll()
  publish([first, second, stranger])
  await poll()
  expect((await desk()).alerts.map(({ sender, headline }) => [sender, headline])).toHaveLength(1)
  const cancel = theirs('a3', {
    messageType: 'Cancel',
    references: [{ ...reference, identifier: 'a2', sent: second.sentAt.toISOString() }],
  })
  publish([first, second, cancel])
  await poll()
  expect((await desk()).alerts).toEqual([])
})

it('exercises are for officials alone; what is over or ours is not shown', async () => {
  publish([
    theirs('drill', { status: 'Exercise' }),
    theirs('ours', { sender: `canhbao@${new URL(room.system.settings.publicUrl).hostname}` }),
  ])
  expect(await poll()).toBe(1)
  expect(await listForeign(room.people.nobody())).toEqual([])
  expect((await desk()).alerts).toMatchObject([{ isPublic: false, isOurs: true }])
  room.clock.advance(7 * 3_600)
  expect((await desk()).alerts).toEqual([])
  room.clock.advance(91 * 86_400)
  expect([await purgeForeign(system()), await purgeForeign(system())]).toEqual([1, 0])
})

it('becomes one draft, which somebody else issues as ours', async () => {
  publish([theirs('a1')])
  await poll()
  const [foreign] = (await desk()).alerts
  const id = foreign?.id ?? ''
  const draft = await adoptForeign(room.writer, { id, unitCode: UNIT })
  expect(await adoptForeign(room.writer, { id, unitCode: UNIT })).toEqual(draft)
  await expect(adoptForeign(room.people.nobody(), { id, unitCode: UNIT })).rejects.toMatchObject({
    code: 'http.unauthenticated',
  })
  await expect(adoptForeign(room.writer, { id, unitCode: '20179' })).rejects.toMatchObject({
    code: 'http.forbidden',
  })
  expect(await room.rows()).toMatchObject([
    { state: 'draft', level: 2, kind: 'flood', issuer: 'Đài khí tượng', documentNo: null },
  ])
  await room.db.updateTable('alert').set({ signer: 'Phan Đình Khôi', documentNo: '9/TB' }).execute()
  await room.move(room.writer, draft.id, 'propose')
  await expect(room.move(room.writer, draft.id, 'issue')).rejects.toMatchObject({
    code: 'http.forbidden',
  })
  await room.move(room.approver, draft.id, 'issue')
  expect(await room.inForce()).toHaveLength(1)
  expect(await auditActions(room.db, 'alerts.')).toContain('alerts.adopted')
})

it('a feed that is down is said, asked ever more seldom, and comes back', async () => {
  far.set(FEED, { kind: 'retry', code: 'http_503' })
  for (let i = 0; i < 6; i++) await poll()
  expect(asked.length).toBeLessThan(5)
  expect((await desk()).feeds).toMatchObject([{ url: FEED, problem: 'http_503', okAt: null }])
  publish([theirs('a1')])
  room.clock.advance(3_600)
  expect(await pollCapFeeds(system())).toBe(1)
  expect((await desk()).feeds).toMatchObject([{ problem: null, unreadable: 0 }])
  expect(
    await pollCapFeeds({ ...system(), ports: { ...system().ports, fetchDocument: null } }),
  ).toBe(0)
})

it('takes no entity and no broken document, and goes on with the others', async () => {
  const good = theirs('good')
  publish([theirs('bomb'), theirs('broken'), good])
  const entity = `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${writeCap(good).replace(/^.*\n/, '')}`
  far.set('https://canhbao.example/cap/bomb.xml', file(entity))
  far.set('https://canhbao.example/cap/broken.xml', file(writeCap(good).slice(0, 300)))
  expect(await poll()).toBe(1)
  expect((await desk()).feeds).toMatchObject([{ problem: null, unreadable: 2 }])
})

it('whatever the far side sends, the run ends and keeps only what is whole', async () => {
  const whole = writeCap(theirs('f'))
  const broken = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
    fc
      .tuple(fc.nat(whole.length), fc.nat(40), fc.string({ maxLength: 20 }))
      .map(([at, cut, put]) =>
        new TextEncoder().encode(whole.slice(0, at) + put + whole.slice(at + cut)),
      ),
  )
  await fc.assert(
    fc.asyncProperty(broken, async (bytes) => {
      far.set(FEED, { kind: 'file', bytes })
      room.clock.advance(3_600)
      await pollCapFeeds(system())
      const { feeds } = await desk()
      expect(feeds).toHaveLength(1)
      expect(feeds[0]?.checkedAt).toBe(room.clock.now().toISOString())
    }),
    { numRuns: 40 },
  )
})
