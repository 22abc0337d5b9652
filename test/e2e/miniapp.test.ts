import type { Browser, BrowserContext, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CODE, openBrowser, PHONE } from './chat-kit.ts'
import { type RunningServer, startServer } from './server.ts'

const IN_COMMUNE = { latitude: 16.5462, longitude: 107.5006 }

let server: RunningServer
let browser: Browser
let photo: Buffer
const open: BrowserContext[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  photo = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#7a8a9c' } })
    .jpeg()
    .toBuffer()
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((context) => context.close()))
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

type Options = NonNullable<Parameters<Browser['newContext']>[0]>

/** A page of a fresh device; `faults` collects what the console calls an error (a CSP violation is one). */
async function device(options: Options = {}): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'vi-VN', ...options })
  open.push(context)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return { page, faults }
}

const go = (page: Page, hash = '') => page.goto(`${server.url}/${hash}`)
const next = (page: Page) => page.locator('main > .button-row .button').first().click()

async function addPhoto(page: Page, buffer = photo): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await page.locator('.photo-buttons button').nth(1).click()
  await (await chooser).setFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer })
  await page.locator('.photo img').waitFor()
}

/** From home to the review, with a hamlet as place. */
async function fillReport(page: Page, words: string, hasPhoto: boolean): Promise<void> {
  await go(page)
  await page.locator('.main-action a').click()
  if (hasPhoto) await addPhoto(page)
  await next(page)
  await page.locator('.chips .choice').first().click()
  await next(page)
  await page.locator('.tiles .choice').nth(2).click()
  await page.locator('textarea').fill(words)
  await next(page)
  await page.locator('.review').waitFor()
}

async function agreeAndSend(page: Page): Promise<void> {
  await page.locator('main .check input').check()
  await next(page)
}

const sentCode = async (page: Page) => (await page.locator('.big-code').textContent()) ?? ''

type WorkItem = { id: string; publicCode: string; version: number }

/** One official's move on a case, over HTTP with a session cookie, as the console makes it. */
async function officialMove(who: 'dispatcher' | 'officer', code: string, move: object) {
  const headers = { 'Content-Type': 'application/json', Origin: server.url }
  const call = (path: string, init: RequestInit = {}) =>
    fetch(`${server.url}/api/v1${path}`, { ...init, headers: { ...headers, ...init.headers } })
  const body = JSON.stringify(server.logins[who])
  const signedIn = await call('/session', { method: 'POST', body })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const list = await call('/console/incidents?scope=all&limit=100', { headers: { cookie } })
  const { items } = (await list.json()) as { items: WorkItem[] }
  const found = items.find((item) => item.publicCode === code)
  const moved = await call(`/console/incidents/${found?.id}/moves`, {
    method: 'POST',
    headers: { cookie },
    body: JSON.stringify({ version: found?.version, move }),
  })
  if (!moved.ok) throw new Error(`${who} ${JSON.stringify(move)}: ${await moved.text()}`)
}

describe('the mini-app', () => {
  it('shows who runs it, numbers to call and public cases, under a strict CSP', async () => {
    const { page, faults } = await device()
    await go(page)
    await page.locator('.case-card').first().waitFor()
    await expect.poll(() => page.locator('.demo-banner').count()).toBe(1)
    await expect.poll(() => page.locator('a[href="tel:112"]').count()).toBe(1)
    await expect.poll(() => page.locator('.action').count()).toBe(4)
    expect(faults).toEqual([])
  })

  it('takes a report with a photo and gives a code that this device follows', async () => {
    const { page, faults } = await device()
    await fillReport(page, 'Cống kẹt rác, nước tràn ra đường', true)
    await agreeAndSend(page)
    const code = await sentCode(page)
    expect(code).toMatch(CODE)
    await page.locator(`a[href="#/case/${code}"]`).click()
    await page.locator('.timeline li').first().waitFor()
    await expect.poll(() => page.locator('main').textContent()).toContain('Cống kẹt rác')
    await go(page, '#/cases')
    await page.locator(`a[href="#/case/${code}"]`).waitFor()
    expect(faults).toEqual([])
  })

  it('shows the answer to the sender, who rates it once', async () => {
    const { page } = await device()
    await fillReport(page, 'Cống tắc trước chợ', false)
    await agreeAndSend(page)
    const code = await sentCode(page)
    const answer = { kind: 'answer', text: 'Đã khơi cống.', mediaIds: [], noProofReason: 'tối' }
    const assign = { kind: 'accept_and_assign', agencyCode: '19867.kinh-te' }
    await officialMove('dispatcher', code, assign)
    await officialMove('officer', code, { kind: 'start' })
    await officialMove('officer', code, answer)
    await go(page, `#/case/${code}`)
    await page.locator('.outcome-ways button').first().click()
    await page.locator('input[value="4"]').check()
    await page.locator('main .card .button-row .button').first().click()
    await page.locator('.timeline li').nth(5).waitFor()
    await expect.poll(() => page.locator('main').textContent()).toContain(answer.text)
    await expect.poll(() => page.locator('input[value="4"]').count()).toBe(0)
    // Another device sees the public facts, and nothing to rate.
    const other = await device()
    await go(other.page, `#/case/${code}`)
    await other.page.locator('.timeline').waitFor()
    await expect.poll(() => other.page.locator('main input').count()).toBe(0)
  })

  it('makes a large photo smaller and still knows where it was taken', async () => {
    const { page } = await device()
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 }
    const GPSLatitude = '16/1 32/1 46/1'
    const IFD3 = {
      GPSLatitudeRef: 'N',
      GPSLatitude,
      GPSLongitudeRef: 'E',
      GPSLongitude: '107/1 30/1 2/1',
    }
    const size = { width: 3200, height: 2400, channels: 3 as const, background: '#000', noise }
    const large = await sharp({ create: size }).jpeg({ quality: 95 }).withExif({ IFD3 }).toBuffer()
    await go(page, '#/report')
    const uploading = page.waitForRequest((request) => request.url().endsWith('/media'))
    await addPhoto(page, large)
    const sentBytes = Number((await (await uploading).allHeaders())['content-length'])
    expect(sentBytes).toBeGreaterThan(0)
    expect(sentBytes).toBeLessThan(large.length / 2)
    await go(page, '#/report/place')
    await page.locator('main .button.big').nth(1).click()
    await page.locator('main .notice.ok').waitFor()
  })

  it('sends nothing without consent', async () => {
    const { page } = await device()
    let sent = 0
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/incidents')) sent++
    })
    await fillReport(page, 'Đèn đường tắt', false)
    await next(page)
    await page.locator('.field-error').waitFor()
    expect(sent).toBe(0)
  })

  it('keeps the draft over a reload', async () => {
    const { page } = await device()
    await fillReport(page, 'Rác đổ ven đường', true)
    await page.reload()
    await page.locator('.review .photo img').waitFor()
    await expect.poll(() => page.locator('.review').textContent()).toContain('Rác đổ ven đường')
  })

  it('creates one case when the answer is lost, and says its code once that is known', async () => {
    const { page } = await device({ serviceWorkers: 'block' })
    const codes: string[] = []
    await page.route('**/api/v1/incidents', async (route) => {
      const response = await route.fetch()
      codes.push((await response.json()).publicCode)
      if (codes.length === 1) await route.abort('connectionreset')
      else await route.fulfill({ response })
    })
    await fillReport(page, 'Cây ngã chắn đường', false)
    await agreeAndSend(page)
    await page.locator('main .notice.warn').first().waitFor()
    await page.reload()
    await page.locator('main .notice.ok a').waitFor()
    await expect.poll(() => page.locator('main .notice.ok a').textContent()).toBe(codes[0])
    expect(codes).toEqual([codes[0], codes[0]])
  })

  it('says what is missing before it sends, and leads there', async () => {
    const { page } = await device()
    await go(page, '#/report/review')
    const links = page.locator('main .notice a')
    await links.first().waitFor()
    expect(await links.evaluateAll((all) => all.map((a) => a.getAttribute('href')))).toEqual([
      '#/report/place',
      '#/report/what',
      '#/report/what',
    ])
  })

  it('asks for the position only on a tap, and a refusal leaves the commune list', async () => {
    const { page } = await device()
    await page.addInitScript(() => {
      const counted = window as unknown as { asked: number }
      counted.asked = 0
      navigator.geolocation.getCurrentPosition = (_found, refused) => {
        counted.asked++
        refused?.({ code: 1, PERMISSION_DENIED: 1 } as GeolocationPositionError)
      }
    })
    const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked)
    await go(page, '#/near')
    await page.locator('.case-card').first().waitFor()
    expect(await asked()).toBe(0)
    await page.locator('.ask-place button').click()
    await expect.poll(asked).toBe(1)
    await expect.poll(() => page.locator('.case-card').count()).toBeGreaterThan(0)
  })

  it('takes the position as place, and never puts it precisely in an address', async () => {
    const { page } = await device({ geolocation: IN_COMMUNE, permissions: ['geolocation'] })
    const urls: string[] = []
    page.on('request', (request) => urls.push(request.url()))
    await go(page, '#/report/place')
    await page.locator('main .button.big').first().click()
    await page.locator('.notice.ok').waitFor()
    await go(page, '#/near')
    await page.locator('.ask-place button').click()
    await expect.poll(() => urls.some((url) => url.includes('radiusM='))).toBe(true)
    expect(urls.filter((url) => /(lat|lng)=-?\d+\.\d{4,}/.test(url))).toEqual([])
  })

  it('finds a case by a code typed loosely, and notices a slip before asking', async () => {
    const { page } = await device()
    await go(page)
    const href = await page.locator('.case-link').first().getAttribute('href')
    const code = CODE.exec(href ?? '')?.[0] ?? ''
    await go(page, '#/cases')
    const field = page.locator('main input')
    await field.fill(`${code.slice(0, -1)}${code.endsWith('2') ? '3' : '2'}`)
    await page.keyboard.press('Enter')
    await page.locator('.field-error').waitFor()
    await field.fill(code.toLowerCase().replaceAll('-', ' '))
    await page.keyboard.press('Enter')
    await page.locator('.timeline').waitFor()
    expect(page.url()).toContain(code)
  })

  it('shows a failure with its support code, and works again on a second try', async () => {
    const { page } = await device()
    const fault = { code: 'http.internal', detail: 'x', requestId: 'K7M2-QX9A', status: 500 }
    await page.route('**/api/v1/incidents?*', (route) =>
      route.fulfill({ status: 500, contentType: 'application/problem+json', json: fault }),
    )
    await go(page, '#/near')
    const notice = page.locator('main .notice.error')
    await notice.waitFor()
    await expect.poll(() => notice.textContent()).toContain(fault.requestId)
    await page.unroute('**/api/v1/incidents?*')
    await notice.locator('button').click()
    await page.locator('.case-card').first().waitFor()
  })

  it('says that it is offline and keeps what was typed', async () => {
    const { page } = await device()
    await go(page, '#/report/what')
    await page.locator('textarea').fill('Nước dâng')
    await page.context().setOffline(true)
    await page.locator('.offline-bar').waitFor()
    await expect.poll(() => page.locator('textarea').inputValue()).toBe('Nước dâng')
    await page.context().setOffline(false)
    await page.locator('.offline-bar').waitFor({ state: 'detached' })
  })

  it('speaks English when asked, for good', async () => {
    const { page } = await device()
    await go(page, '#/settings')
    await page.locator('input[value="en"]').check()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en')
    await page.reload()
    await page.locator('h1').waitFor()
    await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en')
  })

  it('is filled in and sent with the keyboard alone', async () => {
    const { page } = await device()
    const tabTo = async (selector: string) => {
      for (let i = 0; i < 60; i++) {
        const isThere = await page.evaluate((s) => document.activeElement?.matches(s), selector)
        if (isThere) return
        await page.keyboard.press('Tab')
      }
      throw new Error(`Tab never reaches ${selector}`)
    }
    await go(page)
    await page.locator('.main-action a').waitFor()
    await tabTo('.main-action a')
    await page.keyboard.press('Enter')
    await page.locator('.photo-buttons').waitFor()
    await tabTo('main > .button-row .button')
    await page.keyboard.press('Enter')
    await page.locator('.chips').waitFor()
    await tabTo('.chips input')
    await page.keyboard.press('Space')
    await tabTo('main > .button-row .button')
    await page.keyboard.press('Enter')
    await page.locator('.tiles').waitFor()
    await tabTo('textarea')
    await page.keyboard.type('Loa keo qua 22 gio')
    await tabTo('.tiles input')
    await page.keyboard.press('Space')
    await tabTo('main > .button-row .button')
    await page.keyboard.press('Enter')
    await page.locator('main .check input').waitFor()
    await tabTo('main .check input')
    await page.keyboard.press('Space')
    await tabTo('main > .button-row .button')
    await page.keyboard.press('Enter')
    expect(await sentCode(page)).toMatch(CODE)
  })
})
