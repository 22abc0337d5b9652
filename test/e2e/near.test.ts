import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isTooWide, openBrowser, openDevice, PHONE, violations } from './chat-kit.ts'
import { type RunningServer, startServer } from './server.ts'

let server: RunningServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** A list that is asked for anew is bones first. */
const PATIENT = { timeout: 20_000 }

async function onMap(route = '#/near?view=map'): Promise<{ page: Page; faults: string[] }> {
  const { page, faults } = await openDevice(browser, PHONE)
  await page.goto(`${server.url}/${route}`)
  await page.locator('.map-mark').first().waitFor()
  await page.locator('.case-card').first().waitFor()
  return { page, faults }
}
const at = (page: Page) => new URLSearchParams(page.url().split('?')[1]).get('at') ?? ''
const zoomOf = async (page: Page) => Number(at(page).split(',')[2])

describe.concurrent('incidents near me', () => {
  it('zooms by button and key, moves by key and drag, and the address follows', async ({
    expect,
  }) => {
    const { page, faults } = await onMap()
    await expect.poll(() => zoomOf(page)).toBeGreaterThan(0)
    const start = await zoomOf(page)
    await page.locator('.map-buttons button').nth(1).click()
    await expect.poll(() => zoomOf(page)).toBe(start + 1)
    await page.locator('.map-frame').focus()
    await page.keyboard.press('-')
    await expect.poll(() => zoomOf(page)).toBe(start)
    const before = at(page)
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => at(page)).not.toBe(before)
    const moved = at(page)
    const box = await page.locator('.map-frame').boundingBox()
    const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 20]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 120, y + 60, { steps: 5 })
    await page.mouse.up()
    await expect.poll(() => at(page)).not.toBe(moved)
    expect(faults).toEqual([])
  })

  it('opens a cluster, then lists what stands there and leads to the case and back', async ({
    expect,
  }) => {
    const bbox = '107.3,16.4,107.8,16.8'
    const all = await (await fetch(`${server.url}/api/v1/incidents.geojson?bbox=${bbox}`)).json()
    const { page } = await onMap(
      `#/near?view=map&at=${all.features[0].geometry.coordinates.join()},16.5`,
    )
    await page.locator('.map-mark').first().click()
    const link = page.locator('.near-picked a').first()
    const href = await link.getAttribute('href')
    await link.click()
    await page.locator('.timeline').waitFor()
    expect(page.url()).toContain(href)
    await page.locator('.top-bar .icon-button').first().click()
    await page.locator('.map-mark').first().waitFor()
    expect(page.url()).toContain('view=map')
  })

  it('filters, says when nothing is left, and "back" takes the step again', async ({ expect }) => {
    const { page } = await openDevice(browser, PHONE)
    await page.goto(`${server.url}/#/near`)
    const cards = page.locator('.near-list .case-card')
    await cards.first().waitFor()
    const all = await cards.count()
    await page.locator('.near-filters summary').click()
    await page.locator('select').first().selectOption('flood')
    await expect.poll(() => page.url()).toContain('category=flood')
    await expect.poll(() => cards.count(), PATIENT).toBeLessThan(all)
    await page.locator('select').first().selectOption('telecom')
    await page.locator('.near-list .notice button').waitFor()
    await page.goBack()
    await expect.poll(() => page.url()).toContain('category=flood')
    await cards.first().waitFor()
    await page.goBack()
    await expect.poll(() => cards.count(), PATIENT).toBe(all)
  })

  it('finds by words without marks, in the list and on the map alike, and an emptied box shows all', async ({
    expect,
  }) => {
    const { page } = await openDevice(browser, PHONE)
    await page.goto(`${server.url}/#/near`)
    const cards = page.locator('.near-list .case-card')
    await cards.first().waitFor()
    const all = await cards.count()
    const box = page.locator('.near-search input')
    await box.fill('cong ha do')
    await box.press('Enter')
    await expect.poll(() => page.url()).toContain('q=cong')
    await expect.poll(() => cards.count(), PATIENT).toBeLessThan(all)
    await cards.first().waitFor()
    expect(new URL(page.url()).search).toBe('')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await box.fill('khong co chuyen nay')
    await box.press('Enter')
    await page.locator('.near-list .notice button').waitFor()
    await box.fill('')
    await expect.poll(() => cards.count(), PATIENT).toBe(all)
  })
})

it('flood points stand on a map with their depth, and a mark leads to its card', async () => {
  const { page, faults } = await openDevice(browser, PHONE)
  await page.goto(`${server.url}/#/floods`)
  await page.getByText('Xem trên bản đồ').click()
  const mark = page.locator('.flood-mark.wet').first()
  await mark.waitFor()
  await expect.poll(() => mark.textContent()).toMatch(/^\d+$/)
  await page.waitForFunction(() => document.querySelectorAll('.map-name').length > 0)
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  const name = (await mark.getAttribute('aria-label'))?.split(',')[0] ?? ''
  await mark.press('Enter')
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '')
  await expect.poll(focused).toContain(name)
  expect(faults).toEqual([])
})
