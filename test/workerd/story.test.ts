import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Message } from '../../api/chat/message.ts'
import { toPlainText } from '../../api/chat/plain-text.ts'
import { until } from '../channels/telegram-kit.ts'
import { type FakeS3, startFakeS3 } from '../fake-s3.ts'
import { startTelegramFake, type TelegramFake } from '../fakes/telegram.ts'
import { createTestDatabase, openUrl } from '../harness-pg.ts'
import { cli, removeDirs, temporaryDir } from '../hosts/host.ts'
import { report } from '../hosts/story.ts'
import { asksNear, codeIn, SEND_NEW } from '../tour/near.ts'
import { phonePhoto } from '../tour/photo.ts'
import { openChat, signIn, upload } from '../tour/tour.ts'
import { startWorker, type Worker } from './worker.ts'

const WEBHOOK_SECRET = 'telegram-webhook-secret'
const APP_SECRET = 'workerd-test-secret-of-40-characters-or-so'
const PHUOC_YEN = { lng: 107.5006, lat: 16.5462 }

let worker: Worker
let s3: FakeS3
let telegram: TelegramFake
let database: Awaited<ReturnType<typeof createTestDatabase>>
const passwords = new Map<string, string>()

beforeAll(async () => {
  database = await createTestDatabase('empty')
  s3 = await startFakeS3()
  const env = {
    ...s3.env,
    APP_SECRET,
    DATABASE_URL: database.url,
    DEMO: '1',
    DATA_DIR: temporaryDir(),
  }
  for (const command of ['migrate', 'seed']) {
    const { code, out, err } = await cli([command], env)
    if (code !== 0) throw new Error(`${command}: ${out}${err}`)
    for (const [, login = '', password = ''] of out.matchAll(/^(\w+) \/ (\S+)/gm)) {
      passwords.set(login, password)
    }
  }
  telegram = await startTelegramFake()
  worker = await startWorker(database.url, {
    ...s3.env,
    APP_SECRET,
    DEMO: '1',
    DEMO_SEND: '1',
    TELEGRAM_BOT_TOKEN: telegram.token,
    TELEGRAM_WEBHOOK_SECRET: WEBHOOK_SECRET,
    TELEGRAM_API_ROOT: telegram.url,
  })
})
afterAll(async () => {
  await worker?.stop()
  await telegram?.close()
  await s3?.stop()
  await database?.drop()
  removeDirs()
})

const ask = (path: string, init?: RequestInit & { json?: unknown }) => {
  const { json, ...rest } = init ?? {}
  if (json === undefined) return fetch(`${worker.url}${path}`, rest)
  const headers = { 'content-type': 'application/json' }
  return fetch(`${worker.url}${path}`, { ...rest, headers, body: JSON.stringify(json) })
}
const login = (name: string) => ({ login: name, password: passwords.get(name) ?? '' })

/** Answers whatever is asked until there is a code. */
async function reportByChat(chat: ReturnType<typeof openChat>): Promise<string> {
  let messages: readonly Message[] = await chat.say('ngap o phuoc yen toi goi roi')
  for (let turn = 0; turn < 12; turn++) {
    const texts = messages.map((message) => toPlainText(message))
    const code = codeIn(texts)
    if (code !== undefined) return code
    const want = messages.at(-1)?.want
    if (want === 'location') messages = await chat.pin(PHUOC_YEN)
    else messages = await chat.say(asksNear(texts.at(-1) ?? '') ? SEND_NEW : '1')
  }
  throw new Error('no code within twelve turns')
}

describe('workerd', () => {
  it('serves the pages with their headers, and the hashed files', async () => {
    for (const path of ['/', '/console', '/chat']) {
      const page = await ask(path)
      expect([path, page.status]).toEqual([path, 200])
      expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    }
    expect((await ask('/console')).headers.get('x-frame-options')).toBe('DENY')
    const dist = new URL('../../miniapp/dist/assets/', import.meta.url)
    const script = readdirSync(dist).find((name) => name.endsWith('.js'))
    expect((await ask(`/assets/${script}`)).headers.get('content-type')).toContain('javascript')
    expect((await ask('/.sources')).status).toBe(404)
  })

  it('carries the story: chat, photo, officials, the answer in the chat', async () => {
    const chat = openChat(worker.url)
    const code = await reportByChat(chat)
    await chat.news()

    const dispatcher = await signIn(worker.url, login('dieuphoi'))
    const found = (await dispatcher.list()).items.find((item) => item.publicCode === code)
    if (found === undefined) throw new Error('the case is not on the list')
    const assigned = await dispatcher.move(found, {
      kind: 'accept_and_assign',
      agencyCode: '19867.kinh-te',
    })
    expect(assigned.state).toBe('assigned')

    const officer = await signIn(worker.url, login('canbo'))
    const started = await officer.move(assigned, { kind: 'start' })
    const stored = s3.objects.size
    const proof = await upload(
      worker.url,
      await phonePhoto({ label: 'Nước rút', ...PHUOC_YEN }),
      officer.headers,
    )
    expect(s3.objects.size).toBeGreaterThan(stored)
    const answer = { kind: 'answer', text: 'Nước rút lúc 9 giờ.', mediaIds: [proof.mediaId] }
    await officer.move(started, answer)

    const news = JSON.stringify(await chat.news())
    expect(news).toContain(code)
    expect(news).toContain(proof.mediaId)
    const photo = Buffer.from(await (await ask(`/api/v1/media/${proof.mediaId}`)).arrayBuffer())
    expect(photo.length).toBeGreaterThan(1000)
    expect(photo.includes('Secret Model')).toBe(false)
  })

  it('speaks Telegram: a report by webhook, its photo fetched by the cron, the officials’ steps told', async () => {
    telegram.state.webhook = {
      url: `${worker.url}/webhooks/telegram`,
      secretToken: WEBHOOK_SECRET,
      maxConnections: 40,
    }
    const chatId = 5_210_000_301
    const heard = () => telegram.sent(chatId).map(({ text }) => text)
    const answered = async (act: () => Promise<unknown>) => {
      const before = heard().length
      await act()
      await until(() => heard().length > before)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
    const photo = await phonePhoto({ label: 'Ngập', ...PHUOC_YEN })
    await telegram.sendPhoto(chatId, photo, { caption: 'ngap o phuoc yen toi goi roi' })
    await answered(() => worker.cron(new Date('2026-11-23T02:01:00Z')))
    for (let turn = 0; turn < 12 && codeIn(heard()) === undefined; turn++)
      await answered(() => telegram.say(chatId, asksNear(heard().at(-1) ?? '') ? SEND_NEW : '1'))
    const code = codeIn(heard())
    const dispatcher = await signIn(worker.url, login('dieuphoi'))
    const found = (await dispatcher.list()).items.find((item) => item.publicCode === code)
    if (found === undefined) throw new Error(`no case\n${heard().join('\n')}`)
    // The story is told at any hour of the day.
    await answered(() => telegram.say(chatId, 'tắt giờ yên lặng'))
    const move = { kind: 'accept_and_assign', agencyCode: '19867.kinh-te' }
    await answered(() => dispatcher.move(found, move))
    expect(heard().join()).toContain(code)
    const forged = await ask('/webhooks/telegram', { method: 'POST', json: {} })
    expect(forged.status).toBe(401)
  })

  it('the same message twice is answered twice and done once', async () => {
    const conversation = 'c'.repeat(32)
    const message = { conversation, id: 'same', text: 'xin chào' }
    const send = (json: unknown) => ask('/api/v1/chat', { method: 'POST', json })
    const [first, second] = [await send(message), await send(message)]
    expect(await second.json()).toEqual(await first.json())
    expect((await send({ ...message, text: 'khác' })).status).toBe(422)
  })

  it('ten requests at once each get a connection of their own', async () => {
    const created = await Promise.all(
      Array.from({ length: 10 }, (_, i) => report(ask, `cùng lúc ${i}`)),
    )
    expect(new Set(created.map((one) => one.publicCode)).size).toBe(10)
  })

  it('the cron trigger drains the outbox and runs the jobs that are due', async () => {
    const db = openUrl(database.url)
    const seals = () => db.selectFrom('auditSeal').selectAll().execute()
    const queued = () =>
      db
        .selectFrom('outbox')
        .select('id')
        .where('state', '=', 'queued')
        .where('runAt', '<=', new Date().toISOString())
        .execute()
    await db.updateTable('outbox').set({ state: 'queued', settledAt: null }).execute()
    expect((await queued()).length).toBeGreaterThan(0)
    expect((await worker.cron(new Date('2026-11-23T02:03:00Z'))).status).toBe(200)
    expect([(await seals()).length, (await queued()).length]).toEqual([0, 0])
    await worker.cron(new Date('2026-11-23T02:05:00Z'))
    expect((await seals()).length).toBeGreaterThan(0)
    await db.destroy()
  })

  it('refuses to serve with a configuration that has faults', async () => {
    const broken = await startWorker(database.url, { APP_SECRET: 'short' }, () => true)
    const answer = await fetch(`${broken.url}/readyz`)
    const body = await answer.text()
    await broken.stop()
    expect(answer.status).toBe(503)
    expect(body).not.toContain('APP_SECRET')
    expect(broken.output()).toContain('APP_SECRET')
  })
})
