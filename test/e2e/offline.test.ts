import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { ARGS, CODE, isTooWide, PHONE, photoFile, violations } from './chat-kit.ts'
import { type RunningServer, startServer } from './server.ts'

let server: RunningServer
let profile: string
let context: BrowserContext | undefined

beforeAll(async () => {
  server = await startServer()
}, 90_000)
afterEach(async () => {
  await context?.close().catch(() => undefined)
  context = undefined
  rmSync(profile, { recursive: true, force: true })
})
afterAll(() => server?.stop())

/** Opens a phone; the same profile is the same phone after its browser was killed. */
async function openPhone(): Promise<Page> {
  context = await chromium.launchPersistentContext(profile, {
    executablePath: '/usr/bin/chromium',
    args: ARGS,
    viewport: PHONE,
    locale: 'vi-VN',
  })
  const page = context.pages()[0] ?? (await context.newPage())
  page.setDefaultTimeout(20_000)
  return page
}

/** Kills the browser's processes as a phone does that needs their memory: nothing is saved on the way out. */
async function killBrowser(): Promise<void> {
  const closed = new Promise((resolve) => context?.once('close', resolve))
  const session = await context?.browser()?.newBrowserCDPSession()
  session?.send('Browser.crash').catch(() => undefined)
  await closed
}

const next = (page: Page) => page.locator('main > .button-row .button').first().click()

async function addPhotos(page: Page, ...labels: string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.locator('.photo-buttons button').nth(1).click()
  await (await chooser).setFiles(await Promise.all(labels.map(photoFile)))
  await page
    .locator('.photo img')
    .nth(labels.length - 1)
    .waitFor()
}

/** Waits until the service worker keeps the pages, so that the next visit needs no network. */
const untilKept = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })

type Own = { items: { ownDescription: string; ownMediaIds: string[] }[] }

/** Cases whose words these are, as the sender's device may read them. */
async function ownCases(page: Page): Promise<Own['items']> {
  const cases = await page.evaluate(() => JSON.parse(localStorage.getItem('loa.cases') ?? '[]'))
  const response = await fetch(`${server.url}/api/v1/incidents/lookup`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      cases: cases.map(({ code, secret }: { code: string; secret: string }) => ({ code, secret })),
    }),
  })
  return ((await response.json()) as Own).items
}

describe('without a signal', () => {
  it('takes a report with two photos, survives a killed browser, and makes one incident of it', async () => {
    profile = mkdtempSync(join(tmpdir(), 'loa-phone-'))
    let page = await openPhone()
    // Seen once with a network: the pages, the hamlets and the consent are on the device.
    await page.goto(`${server.url}/#/report/place`)
    await page.locator('.chips .choice').first().waitFor()
    await untilKept(page)
    await context?.setOffline(true)

    await page.goto(`${server.url}/#/report`)
    await addPhotos(page, 'one', 'two')
    await next(page)
    await page.locator('.chips .choice').first().click()
    await next(page)
    await page.locator('.tiles .choice').nth(2).click()
    await page.locator('textarea').fill('Nước ngập tới đầu gối trước cổng')
    // Killed in the middle of writing: the draft is there again.
    await killBrowser()
    page = await openPhone()
    await context?.setOffline(true)
    await page.goto(`${server.url}/#/report/review`)
    await page.locator('.review .photo img').nth(1).waitFor()
    await expect.poll(() => page.locator('.review').textContent()).toContain('đầu gối')
    await page.locator('main .check input').check()
    await next(page)
    await page.waitForURL('**/#/waiting')
    expect(await isTooWide(page)).toBe(false)
    expect(await violations(page)).toEqual([])

    // Killed again while the report waits; the signal is back before the next start.
    await killBrowser()
    page = await openPhone()
    await page.goto(`${server.url}/#/waiting`)
    await page.locator('main .notice.ok a').waitFor()
    await expect.poll(() => page.locator('main .notice.ok a').textContent()).toMatch(CODE)
    const mine = await ownCases(page)
    expect(mine).toHaveLength(1)
    expect(mine[0]?.ownDescription).toContain('đầu gối')
    expect(mine[0]?.ownMediaIds).toHaveLength(2)
    // Nothing is left to send, now or at another start.
    await page.reload()
    await page.locator('main .notice').first().waitFor()
    expect(await ownCases(page)).toHaveLength(1)
  })

  it('sends by itself when the signal returns, from two open tabs only once', async () => {
    profile = mkdtempSync(join(tmpdir(), 'loa-phone-'))
    const page = await openPhone()
    let posts = 0
    context?.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/incidents')) posts++
    })
    await page.goto(`${server.url}/#/report/place`)
    await page.locator('.chips .choice').first().click()
    await untilKept(page)
    const other = await context?.newPage()
    await other?.goto(server.url)
    await context?.setOffline(true)
    await page.goto(`${server.url}/#/report/what`)
    await page.locator('.tiles .choice').nth(2).click()
    await page.locator('textarea').fill('Trụ điện nghiêng')
    await next(page)
    await page.waitForURL('**/#/report/review')
    await page.locator('.review').waitFor()
    await page.locator('main .check input').check()
    await next(page)
    await page.waitForURL('**/#/waiting')
    posts = 0
    await context?.setOffline(false)
    await page.locator('main .notice.ok a').waitFor()
    expect(posts).toBeLessThanOrEqual(1)
    expect(await ownCases(page)).toHaveLength(1)
  })

  it('shows what was known, with the clock time, and the pages themselves from the device', async () => {
    profile = mkdtempSync(join(tmpdir(), 'loa-phone-'))
    const page = await openPhone()
    await page.goto(server.url)
    await page.locator('.case-card').first().waitFor()
    await untilKept(page)
    await context?.setOffline(true)
    await page.reload()
    await page.locator('.age-note').first().waitFor()
    await expect
      .poll(() => page.locator('.age-note').first().textContent())
      .toMatch(/Số liệu lúc .*\d\d:\d\d/)
    await expect.poll(() => page.locator('.case-card').count()).toBeGreaterThan(0)
    await expect.poll(() => page.locator('a[href="tel:112"]').count()).toBe(1)
    expect(await violations(page)).toEqual([])
    await context?.setOffline(false)
    await page.locator('.age-note').first().waitFor({ state: 'detached' })
  })

  it('says so where the device keeps nothing, and still sends', async () => {
    profile = mkdtempSync(join(tmpdir(), 'loa-phone-'))
    const page = await openPhone()
    await page.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { get: () => undefined })
      Object.defineProperty(navigator, 'locks', { get: () => undefined })
    })
    await page.goto(`${server.url}/#/report`)
    await addPhotos(page, 'one')
    await page.locator('main > .notice.warn').waitFor()
    await next(page)
    await page.locator('.chips .choice').first().click()
    await next(page)
    await page.locator('.tiles .choice').nth(2).click()
    await page.locator('textarea').fill('Nắp cống vỡ')
    await next(page)
    await page.locator('main .check input').check()
    await next(page)
    await expect.poll(() => page.locator('.big-code').textContent()).toMatch(CODE)
    expect((await ownCases(page))[0]?.ownMediaIds).toHaveLength(1)
  })
})
