import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import {
  DESK,
  type Device,
  enter,
  isTooWide,
  openBrowser,
  openDevice,
  PHONE,
  violations,
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

/** A busy machine draws late. */
const SOON = { timeout: 20_000 }

/** How many pixels of the marks are drawn on. */
const drawn = (page: Device['page']) =>
  page.locator('.desk-map canvas').evaluate((canvas: HTMLCanvasElement) => {
    const pen = canvas.getContext('2d')
    const { data } = pen?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    let filled = 0
    for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 0) filled += 1
    return filled
  })

it.each([
  ['a phone', PHONE],
  ['a desk', DESK],
])('the map draws cases, by keys too, with the same as a list, on %s', async (_name, viewport) => {
  const made = await openDevice(browser, viewport)
  devices.push(made)
  const { page, faults } = made
  await enter(page, server.url, server.logins.dispatcher)
  await page.goto(`${server.url}/console#/map`)
  const listed = page.locator('.desk-section a[href*="#/case/"]')
  await listed.first().waitFor()
  await expect.poll(() => drawn(page), SOON).toBeGreaterThan(0)
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  const before = await listed.count()
  const frame = page.locator('.map-frame')
  await frame.focus()
  for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight')
  await expect.poll(() => listed.count(), SOON).toBeLessThan(before)
  for (let i = 0; i < 3; i++) await page.keyboard.press('-')
  await expect.poll(() => listed.count(), SOON).toBe(before)
  await page.getByText('Xem cả danh sách của khung').click()
  await page.locator('[data-row]').first().waitFor()
  await expect.poll(() => page.locator('[data-row]').count()).toBe(before)
  await expect.poll(() => page.locator('.desk-chip').count()).toBe(1)
  expect(faults).toEqual([])
})

it('fifty thousand cases are all counted, and the last hours leave fewer marks', async () => {
  const made = await openDevice(browser, DESK)
  devices.push(made)
  const { page, faults } = made
  await enter(page, server.url, server.logins.dispatcher)
  const all = Array.from({ length: 50_000 }, (_, i) => i)
  const body = {
    ...{ at: new Date().toISOString(), since: '', hasMore: true },
    lng: all.map((i) => 107.45 + (i % 211) / 1_000),
    lat: all.map((i) => 16.45 + (i % 197) / 1_000),
    minutes: all.map((i) => (i < 10 ? 30 : 4_000)),
    flags: all.map((i) => i % 3),
  }
  await page.route('**/api/v1/console/map?*', (route) => route.fulfill({ json: body }))
  await page.goto(`${server.url}/console#/map`)
  await page.getByText('Chỉ vẽ 50.000 phản ánh').waitFor()
  await expect.poll(() => drawn(page), SOON).toBeGreaterThan(10_000)
  const many = await drawn(page)
  const slider = page.locator('.desk-hours input')
  await slider.focus()
  await page.keyboard.press('ArrowLeft')
  await page.getByText('24 giờ qua').waitFor()
  await expect.poll(() => drawn(page), SOON).toBeLessThan(many / 4)
  expect(await drawn(page)).toBeGreaterThan(0)
  expect(await violations(page)).toEqual([])
  expect(faults).toEqual([])
})
