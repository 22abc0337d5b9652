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
