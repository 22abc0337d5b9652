import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Db } from '../../api/context.ts'
import { createTestDatabase, openUrl } from '../harness-pg.ts'
import { openWatch, type Watch } from '../integration/sos-kit.ts'

let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Db
let w: Watch
const children: ChildProcess[] = []
beforeAll(async () => {
  database = await createTestDatabase()
  db = openUrl(database.url)
  w = await openWatch(db)
})
afterEach(() => {
  for (const child of children) child.kill('SIGKILL')
})
afterAll(async () => {
  await db?.destroy()
  await database?.drop()
})

/** A process that tells due rounds when it is asked to. */
async function startTeller() {
  const script = new URL('sos-process.ts', import.meta.url).pathname
  const child = spawn(
    process.execPath,
    ['-r', './api/hosts/require-node.cjs', script, database.url],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  children.push(child)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const line = async () => String((await lines.next()).value)
  expect(await line()).toBe('ready')
  return {
    child,
    tell: async (): Promise<number> => {
      child.stdin.write(`${w.c.clock.now().toISOString()}\n`)
      return Number(await line())
    },
  }
}

const CALLS = 6

it('two processes tell each official once a round, again until one takes it, and nobody afterwards', async () => {
  const [an, khoi] = [await w.watcher('an'), await w.watcher('khoi', undefined, 'zalo-oa')]
  const tellers = await Promise.all([startTeller(), startTeller()])
  const told = () =>
    Promise.all([an, khoi].map(async ({ door }) => (await w.pushed(door.chatKey)).length))
  const both = async () => {
    const counts = await Promise.all(tellers.map(({ tell }) => tell()))
    return counts.reduce((sum, n) => sum + n, 0)
  }
  for (let n = 0; n < CALLS; n++) await w.open('telegram', `caller-${n}`).type('cứu với')
  expect(await told()).toEqual([CALLS, CALLS])
  expect(await both()).toBe(0)

  w.c.clock.advance(120)
  expect(await both()).toBe(CALLS)
  expect(await both()).toBe(0)
  expect(await told()).toEqual([2 * CALLS, 2 * CALLS])

  w.c.clock.advance(180)
  expect(await both()).toBe(CALLS)
  expect(await told()).toEqual([3 * CALLS, 3 * CALLS])

  for (const { id } of await w.cases())
    await khoi.door.send({ kind: 'choice', id: `menu:1:sos_claim.${id}` })
  // Each claim is told to the colleague, once.
  expect((await told())[0]).toBe(4 * CALLS)
  w.c.clock.advance(3_600)
  expect(await both()).toBe(0)
  expect((await told())[0]).toBe(4 * CALLS)

  const rounds = (await w.audited()).filter(({ action }) => action === 'sos.round')
  const distinct = new Set(rounds.map(({ subjectId, data }) => `${subjectId} ${data.round}`))
  expect([rounds.length, distinct.size]).toEqual([3 * CALLS, 3 * CALLS])
})

it('a process that dies in the middle of a round leaves it to the other', async () => {
  const [first, second] = await Promise.all([startTeller(), startTeller()])
  const an = await w.watcher('binh')
  await w.open('telegram', 'caller-late').type('cứu với')
  w.c.clock.advance(600)
  void first.tell().catch(() => 0)
  first.child.kill('SIGKILL')
  await new Promise((resolve) => first.child.once('exit', resolve))
  await second.tell()
  const texts = (await w.pushed(an.door.chatKey)).map(({ text }) => text)
  expect(texts).toHaveLength(2)
})
