import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../api/context.ts'
import { createTestDatabase, openUrl } from '../harness-pg.ts'
import {
  channelEnv,
  type Fakes,
  startFakes,
  stopFakes,
  WEBHOOK_SECRET,
} from '../hosts/channels-kit.ts'
import { endAll, type Host, removeDirs, startHost, temporaryDir } from '../hosts/host.ts'
import { freePort } from '../postgres-server.ts'

let fakes: Fakes
let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Db
let env: Record<string, string>

beforeAll(async () => {
  database = await createTestDatabase('empty')
  fakes = await startFakes()
  env = {
    ...channelEnv(fakes),
    DATABASE_URL: database.url,
    APP_SECRET: 'the-same-secret-before-and-after-01234',
    DATA_DIR: temporaryDir(),
    PUBLIC_URL: 'https://loa.test',
  }
  db = openUrl(database.url)
})
afterEach(endAll)
afterAll(async () => {
  endAll()
  await db?.destroy()
  await database?.drop()
  if (fakes !== undefined) await stopFakes(fakes)
  removeDirs()
})

type Door = {
  channel: 'telegram' | 'zalo-oa'
  chatKey: string
  /** Says something; resolves to the statuses of the webhook. */
  hear: (host: Host) => Promise<number[]>
  /** Texts that the platform took for this chat. */
  taken: () => string[]
  /** The next message is taken, and its answer never comes. */
  fallSilent: () => void
}

let numbers = 0
const telegram = (chatId: number): Door => ({
  channel: 'telegram',
  chatKey: String(chatId),
  hear: async (host) => {
    const answer = await fetch(`${host.url}/webhooks/telegram`, {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET },
      body: JSON.stringify(fakes.telegram.make.text({ chatId }, 'xin chào')),
    })
    return [answer.status]
  },
  taken: () => fakes.telegram.sent(chatId).map(({ text }) => text),
  fallSilent: () =>
    fakes.telegram.script({ kind: 'silence', accepts: true }, { method: 'sendMessage', chatId }),
})
const zaloOa = (userId: string): Door => ({
  channel: 'zalo-oa',
  chatKey: userId,
  hear: (host) =>
    fakes.oa.post(`${host.url}/webhooks/zalo-oa`, {
      app_id: fakes.oa.config.appId,
      event_name: 'user_send_text',
      timestamp: String(Date.now()),
      sender: { id: userId },
      recipient: { id: fakes.oa.config.oaId },
      message: { text: 'xin chào', msg_id: `kill-${++numbers}` },
    }),
  taken: () =>
    fakes.oa.sent
      .filter((one) => one.userId === userId)
      .map(({ message }) => String(message.text ?? '')),
  fallSilent: () => fakes.oa.script('/v3.0/oa/message/cs', { hangMs: 60_000, done: true }),
})

const rowsOf = ({ channel, chatKey }: Door) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('channel', '=', channel)
    .where('chatKey', '=', chatKey)
    .orderBy('id')
    .execute()

async function until(look: () => Promise<boolean> | boolean): Promise<void> {
  const late = Date.now() + 30_000
  while (!(await look())) {
    if (Date.now() > late) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const settled = (door: Door) => until(async () => (await rowsOf(door)).every((r) => r.settledAt))

/** As if the time of all leases had passed while nobody ran. */
const letLeasesEnd = () =>
  sql`update outbox set lease_until = now() - interval '1 second' where lease_until is not null`.execute(
    db,
  )

const isWaiting = (row: { errorCode: string | null; leaseUntil: string | null }): boolean =>
  row.errorCode !== null && row.leaseUntil === null

const letWaitsEnd = () =>
  db.updateTable('outbox').set({ runAt: new Date() }).where('state', '=', 'queued').execute()

describe.each([
  ['Telegram', telegram(5_230_000_001), telegram(5_230_000_002)],
  ['Zalo OA', zaloOa('246845883529230001'), zaloOa('246845883529230002')],
])('kill -9 on %s', (_name, early, late) => {
  it('between commit and sending: the message goes out after the restart, once and unmarked', async () => {
    const nowhere = `http://127.0.0.1:${await freePort()}`
    const first = await startHost({ ...env, TELEGRAM_API_ROOT: nowhere, ZALO_API_ROOT: nowhere })
    expect(await early.hear(first)).toEqual([200])
    // It was tried, no line was open, and it waits.
    await until(async () => (await rowsOf(early)).some((row) => isWaiting(row)))
    await first.end('SIGKILL')
    expect(early.taken()).toEqual([])
    await letWaitsEnd()
    const second = await startHost(env)
    await settled(early)
    const rows = await rowsOf(early)
    expect(rows.map(({ state, maybeDoubled }) => [state, maybeDoubled])).toEqual(
      rows.map(() => ['sent', false]),
    )
    expect(early.taken()).toHaveLength(rows.length)
    await second.end('SIGTERM')
  })

  it('between sending and noting it: the message goes out at most once more, and is marked', async () => {
    const first = await startHost(env)
    late.fallSilent()
    expect(await late.hear(first)).toEqual([200])
    await until(() => late.taken().length === 1)
    await first.end('SIGKILL')
    const [held] = await rowsOf(late)
    expect(held).toMatchObject({ state: 'queued', maybeDoubled: false })
    await letLeasesEnd()
    const second = await startHost(env)
    await settled(late)
    const rows = await rowsOf(late)
    expect(rows[0]).toMatchObject({ id: held?.id, state: 'sent', maybeDoubled: true })
    expect(rows.slice(1).map(({ state, maybeDoubled }) => [state, maybeDoubled])).toEqual(
      rows.slice(1).map(() => ['sent', false]),
    )
    expect(late.taken()).toHaveLength(rows.length + 1)
    expect(late.taken()[1]).toBe(late.taken()[0])
    await second.end('SIGTERM')
  })
})
