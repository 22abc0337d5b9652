import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTurns } from '../../api/hosts/chat.ts'
import { seedLessons } from '../../api/rooms/guides/index.ts'
import { isFull } from '../full.ts'
import { openDatabase, type TestDb, testPorts } from '../harness.ts'
import { testApp } from '../harness-app.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
  await seedLessons(test.db, new Date())
})
afterAll(() => test.close())

/** What a person may say of themselves; each part is looked for in the log apart. */
const SECRETS = ['Mận', 'nhan-tien.example.top', '0912345678', 'thôn Phước Yên', '046123456789']
const said = fc
  .tuple(
    fc.subarray(SECRETS, { minLength: 1 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
    fc.constantFrom('', ' '.repeat(3), 'x'.repeat(5_000)),
  )
  .map(([secrets, noise, tail]) => `${secrets.join(' ')} ${noise}${tail}`)

it('no text of a person reaches a log, by whatever door and however it ends', async () => {
  const logs: string[] = []
  const write = (...line: unknown[]) => void logs.push(JSON.stringify(line))
  const log = { debug: write, info: write, warn: write, error: write }
  const ports = testPorts({ limits: { take: async () => ({ ok: true }) } })
  const { request } = testApp(test.db, { log, ports, turn: createTurns() })
  const statuses = new Set<number>()
  let n = 0
  const post = async (path: string, json: unknown) => {
    statuses.add((await request(path, { method: 'POST', json })).status)
  }
  await fc.assert(
    fc.asyncProperty(said, async (text) => {
      n += 1
      await post('/api/v1/lessons/search', { q: text })
      await post('/api/v1/scam-checks', { text })
      await post('/api/v1/scam-reports', { text })
      await post('/api/v1/chat', { conversation: `chat-${n}`, id: `said-${n}`, text })
    }),
    { numRuns: isFull ? 300 : 12 },
  )
  expect([...statuses]).toEqual(expect.arrayContaining([200, 422]))
  expect(logs.length).toBeGreaterThan(n)
  for (const secret of SECRETS) expect(logs.filter((line) => line.includes(secret))).toEqual([])
})
