import { afterAll, afterEach, expect, it } from 'vitest'
import { createTestDatabase } from '../harness-pg.ts'
import { endAll, removeDirs, startHost, temporaryDir } from '../hosts/host.ts'
import { lookup, newConversation, report, say } from '../hosts/story.ts'

afterEach(endAll)
afterAll(removeDirs)

it('two servers on one database start together, answer alike, and one may die', async () => {
  const { url, drop } = await createTestDatabase('empty')
  const env = () => ({
    DATABASE_URL: url,
    APP_SECRET: 'the-same-secret-on-both-servers-0123',
    DATA_DIR: temporaryDir(),
  })
  const [a, b] = await Promise.all([startHost(env()), startHost(env())])
  const created = await report(a.fetch, 'qua máy thứ nhất')
  const conversation = newConversation()
  const first = await say(a.fetch, conversation, 'm1', { text: 'xin chào' })
  await a.end('SIGKILL')
  expect((await lookup(b.fetch, created))?.publicCode).toBe(created.publicCode)
  expect(await say(b.fetch, conversation, 'm1', { text: 'xin chào' })).toEqual(first)
  expect((await b.end('SIGTERM')).code).toBe(0)
  await drop()
})

it('answers more people at once than it has connections, when each is counted within a turn', async () => {
  const { url, drop } = await createTestDatabase('empty')
  const host = await startHost({
    DATABASE_URL: url,
    APP_SECRET: 'the-same-secret-on-both-servers-0123',
    DATA_DIR: temporaryDir(),
  })
  const turns = Array.from({ length: 40 }, (_, n) =>
    say(host.fetch, newConversation(), `m${n}`, { text: 'hồ sơ 000.00.01.H57-261128-0001' }),
  )
  const answers = await Promise.all(turns)
  for (const answer of answers) expect(JSON.stringify(answer)).toContain('không tìm thấy hồ sơ')
  expect((await host.end('SIGTERM')).code).toBe(0)
  await drop()
})
