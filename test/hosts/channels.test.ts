import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningServer } from '../e2e/server.ts'
import {
  answerWithPhoto,
  type Fakes,
  onTelegram,
  onZaloBot,
  onZaloOa,
  reportWithPhoto,
  startFakes,
  startOn,
  stopFakes,
  useWebhook,
  WEBHOOK_SECRET,
} from './channels-kit.ts'

let fakes: Fakes
let server: RunningServer

beforeAll(async () => {
  fakes = await startFakes()
  server = await startOn(fakes)
})
afterAll(async () => {
  await server?.stop()
  if (fakes !== undefined) await stopFakes(fakes)
})

describe('the incident tour', () => {
  it('Telegram by long polling: a photo begins it, the answer comes with its proof', async () => {
    const resident = onTelegram(fakes)
    const code = await reportWithPhoto(resident)
    const { photos, ownPhotos } = await answerWithPhoto(server, resident, code)
    expect([photos, ownPhotos]).toEqual([1, 1])
    expect(fakes.telegram.unansweredPresses()).toBe(0)
  })

  it('Telegram by webhook', async () => {
    useWebhook(fakes, server.url)
    const resident = onTelegram(fakes, 5_210_000_018)
    const code = await reportWithPhoto(resident)
    expect((await answerWithPhoto(server, resident, code)).photos).toBe(1)
  })

  it('Zalo OA', async () => {
    const resident = onZaloOa(fakes, server.url)
    const code = await reportWithPhoto(resident)
    const { photos, ownPhotos } = await answerWithPhoto(server, resident, code)
    expect([photos, ownPhotos]).toEqual([1, 1])
    expect(fakes.oa.state.rotations).toBe(1)
  })

  it('Zalo Bot', async () => {
    const resident = onZaloBot(fakes, server.url)
    const code = await reportWithPhoto(resident)
    const { photos, ownPhotos } = await answerWithPhoto(server, resident, code)
    expect([photos, ownPhotos]).toEqual([1, 1])
  })
})

describe('every recorded body', () => {
  const samples = (channel: string) => {
    const dir = new URL(`../../bots/${channel}/samples/`, import.meta.url)
    return readdirSync(dir).map((name) => readFileSync(new URL(name, dir), 'utf8'))
  }
  const statuses = async (bodies: string[], post: (body: string) => Promise<number>) => {
    const found = new Set<number>()
    for (const body of bodies) for (const _again of [1, 2]) found.add(await post(body))
    return [...found]
  }

  it('Telegram: is answered 200 by the running server, twice', async () => {
    const headers = { 'x-telegram-bot-api-secret-token': WEBHOOK_SECRET }
    const bodies = samples('telegram')
    expect(bodies.length).toBeGreaterThan(40)
    const url = `${server.url}/webhooks/telegram`
    const post = async (body: string) =>
      (await fetch(url, { method: 'POST', headers, body })).status
    expect(await statuses(bodies, post)).toEqual([200])
  })

  it('Zalo OA and Zalo Bot: likewise', async () => {
    const oa = (body: string) =>
      fakes.oa.post(`${server.url}/webhooks/zalo-oa`, body).then(([status = 0]) => status)
    expect(await statuses(samples('zalo-oa'), oa)).toEqual([200])
    const bot = (body: string) =>
      fakes.bot
        .post(`${server.url}/webhooks/zalo-bot`, JSON.parse(body))
        .then(([status = 0]) => status)
    expect(await statuses(samples('zalo-bot'), bot)).toEqual([200])
  })
})
