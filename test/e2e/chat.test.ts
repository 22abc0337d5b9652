import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  choice,
  DESK,
  type Device,
  isTooWide,
  openBrowser,
  openDevice,
  PHONE,
  reportByChat,
  violations,
  write,
} from './chat-kit.ts'
import { type RunningServer, startServer } from './server.ts'

let server: RunningServer
let browser: Browser
const devices: Device[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})
afterEach(async () => {
  await Promise.all(devices.splice(0).map(({ context }) => context.close()))
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function device(viewport = PHONE): Promise<Device> {
  const made = await openDevice(browser, viewport)
  devices.push(made)
  return made
}

const entries = (page: Device['page']) => page.locator('.chat-entry')
const isSend = (url: string) => /\/api\/v1\/chat$/.test(url)

describe('the web chat', () => {
  it('greets by itself, marks demonstration data, and keeps the strict CSP', async () => {
    const { page, faults } = await device()
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').waitFor()
    await expect.poll(() => page.locator('.demo-banner').isVisible()).toBe(true)
    await expect.poll(() => page.locator('.chat-entry.own').count()).toBe(0)
    const box = await choice(page, 'report_incident').boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(44)
    expect(faults).toEqual([])
  })

  it('takes a typed number for a button', async () => {
    const { page } = await device()
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').waitFor()
    await write(page, '1')
    await choice(page, 'agree').waitFor()
  })

  it('is walked by keyboard: after a choice the next Tab reaches the next choices', async () => {
    const { page } = await device()
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').focus()
    await page.keyboard.press('Enter')
    await choice(page, 'agree').waitFor()
    await page.keyboard.press('Tab')
    expect(await choice(page, 'agree').evaluate((el) => el === document.activeElement)).toBe(true)
  })

  it('shows text as text, whatever it holds', async () => {
    const { page, faults } = await device()
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').waitFor()
    const words = '<img src=x onerror=alert(1)><b>đường hư</b>'
    await write(page, words)
    await expect
      .poll(() => page.locator('.chat-entry.own .chat-text').last().textContent())
      .toBe(words)
    expect(faults).toEqual([])
  })

  it('sends a message whose answer was lost again with the same id, and is answered once', async () => {
    const { page } = await device()
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').waitFor()
    const ids: string[] = []
    let isLost = false
    await page.route('**/api/v1/chat', async (route) => {
      const { id } = route.request().postDataJSON() as { id: string }
      ids.push(id)
      if (isLost) return route.continue()
      isLost = true
      await route.fetch()
      await route.abort()
    })
    const before = await page.locator('.chat-entry.said').count()
    await page.locator('#chat-text').fill('1')
    await page.keyboard.press('Enter')
    await choice(page, 'agree').waitFor()
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    await expect.poll(() => page.locator('.chat-entry.said').count()).toBe(before + 1)
  })

  it('keeps an offline message across a reload and sends it when the network is back', async () => {
    const { page, context } = await device()
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').waitFor()
    await page.route('**/api/v1/chat', (route) => route.abort())
    await page.locator('#chat-text').fill('1')
    await page.keyboard.press('Enter')
    await page.locator('.chat-fate.trouble button').waitFor()
    await page.reload()
    await page.locator('.chat-entry.own').waitFor()
    await page.unroute('**/api/v1/chat')
    await context.setOffline(true)
    await page.locator('.chat-offline').waitFor()
    await context.setOffline(false)
    await choice(page, 'agree').waitFor()
    await expect.poll(() => page.locator('.chat-entry.own.sent').count()).toBe(1)
  })

  it('shows the conversation again after a reload, without asking anything twice', async () => {
    const { page } = await device()
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').click()
    await choice(page, 'agree').waitFor()
    const before = await entries(page).allTextContents()
    let sends = 0
    page.on('request', (request) => {
      if (isSend(request.url())) sends += 1
    })
    await page.reload()
    await choice(page, 'agree').waitFor()
    await expect.poll(() => entries(page).allTextContents()).toEqual(before)
    expect(sends).toBe(0)
  })

  it('starts over with a new conversation', async () => {
    const { page } = await device()
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').click()
    await choice(page, 'agree').waitFor()
    const secret = () =>
      page.evaluate(() => JSON.parse(localStorage.getItem('loa.chat') ?? '{}').conversation)
    const before = await secret()
    await page.locator('.top-bar .icon-button').click()
    await page.locator('.sheet .button.primary').click()
    await choice(page, 'report_incident').waitFor()
    await expect.poll(() => page.locator('.chat-entry.own').count()).toBe(0)
    expect(await secret()).not.toBe(before)
    expect(before).toMatch(/^[\w-]{43}$/)
  })

  it('switches language, and the question comes again in it', async () => {
    const { page } = await device()
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').click()
    await choice(page, 'agree').waitFor()
    const asked = await choice(page, 'agree').last().textContent()
    await page.locator('.chat-language').click()
    await expect.poll(() => choice(page, 'agree').last().textContent()).not.toBe(asked)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en')
  })

  it('reports with a photo from a phone; the photo stays in the own bubble', async () => {
    const { page, faults } = await device()
    const code = await reportByChat(page, server.url, 'Ổ gà lớn giữa đường, xe máy té chiều qua')
    expect(code).toMatch(/^HUE-/)
    await expect.poll(() => page.locator('.chat-own-photos img').count()).toBe(1)
    expect(await isTooWide(page)).toBe(false)
    expect(faults).toEqual([])
  })
})

describe('the simulator', () => {
  it('shows every channel, and a button in a frame answers the conversation', async () => {
    const { page } = await device(DESK)
    await page.goto(`${server.url}/chat`)
    await page.locator('.sim-frame').nth(3).waitFor()
    await expect.poll(() => page.locator('.sim-frame').count()).toBe(4)
    const inTelegram = page.locator('.sim-frame.telegram .sim-button').first()
    const label = await inTelegram.textContent()
    await inTelegram.click()
    await choice(page, 'agree').waitFor()
    await expect
      .poll(() => page.locator('.chat-entry.own').last().textContent())
      .toContain(label?.trim())
    await page.locator('.sim-frame.telegram .sim-toggle').click()
    const raw = await page.locator('.sim-frame.telegram .sim-raw').textContent()
    expect(JSON.parse(raw ?? '')[0].method).toBe('sendMessage')
  })

  it.each([
    ['a phone', PHONE],
    ['a desk', DESK],
  ])('breaks no accessibility rule and is never too wide on %s', async (_name, viewport) => {
    const { page } = await device(viewport)
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').click()
    await choice(page, 'agree').click()
    await choice(page, 'road').waitFor()
    expect(await violations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
    if (viewport === DESK) return
    await page.locator('.chat-tabs button').nth(1).click()
    await page.locator('.sim-frame').nth(3).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
  })
})
