import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { CLIENT, type FakeOidc, startOidc } from '../fakes/oidc.ts'
import { startSuperApp } from '../fakes/super-app.ts'
import { DEFAULTS, startZaloOaFake, type ZaloOaFake } from '../fakes/zalo-oa.ts'
import { openBrowser, PHONE } from './chat-kit.ts'
import { freePort, type RunningServer, startServer } from './server.ts'

const BOT_TOKEN = '7342037359:test'
const ZALO_AGENT = 'Mozilla/5.0 (Linux; Android 10) Chrome/120 Zalo android/12080702 ZaloTheme/dark'
let server: RunningServer
let browser: Browser
let provider: FakeOidc
let host: Awaited<ReturnType<typeof startSuperApp>>
let zalo: ZaloOaFake
let photo: Buffer
let code = ''
const pages = mkdtempSync(join(tmpdir(), 'loa-zapps-'))
const open: BrowserContext[] = []

/** The pages as they are built for a host that serves only them. */
const buildFor = (apiOrigin: string) =>
  promisify(execFile)(
    process.execPath,
    [
      ...['node_modules/vite/bin/vite.js', 'build', '--config', 'miniapp/vite.config.ts'],
      ...['--outDir', pages, '--emptyOutDir', '--logLevel', 'error'],
    ],
    { env: { ...process.env, NODE_ENV: 'production', LOA_API_ORIGIN: apiOrigin } },
  )

beforeAll(async () => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  photo = await sharp({
    create: { width: 800, height: 600, channels: 3, background: '#678' },
  })
    .jpeg()
    .toBuffer()
  ;[browser, provider, zalo] = await Promise.all([
    openBrowser(),
    startOidc(`${url}/`),
    startZaloOaFake(),
    buildFor(`${url}/`),
  ])
  host = await startSuperApp({ photo, pages, authorize: (address) => provider.signIn(address) })
  server = await startServer({
    env: {
      EMBED_ORIGINS: host.url,
      TELEGRAM_BOT_TOKEN: BOT_TOKEN,
      TELEGRAM_WEBHOOK_SECRET: 'secret',
      ZALO_APP_ID: DEFAULTS.appId,
      ZALO_APP_SECRET: DEFAULTS.appSecret,
      ZALO_MINIAPP_ID: '123',
      ZALO_MINIAPP_API_KEY: 'key',
      ZALO_GRAPH_ROOT: zalo.roots.graph,
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.clientId,
      OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    },
    port,
  })
  const list = await (await fetch(`${server.url}/api/v1/incidents?limit=1`)).json()
  code = list.items[0].publicCode
})
afterEach(async () => {
  await Promise.all(open.splice(0).map((context) => context.close()))
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await Promise.all([provider?.close(), host?.stop(), zalo?.stop()])
  rmSync(pages, { recursive: true, force: true })
})

type Options = NonNullable<Parameters<Browser['newContext']>[0]>
async function device(options: Options = {}): Promise<{ page: Page; foreign: string[] }> {
  const context = await browser.newContext({ viewport: PHONE, locale: 'vi-VN', ...options })
  open.push(context)
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const ours = [server.url, host.url]
  const foreign: string[] = []
  page.on('request', (request) => {
    const { origin } = new URL(request.url())
    if (/^http/.test(origin) && !ours.includes(origin)) foreign.push(request.url())
  })
  return { page, foreign }
}
type View = Page | Frame
const go = (view: View, route: string) =>
  view.evaluate((hash) => {
    location.hash = hash
  }, route)
const signedIn = (view: View) => view.locator('input[autocomplete="name"]').waitFor()

async function placeIsTaken(view: View): Promise<void> {
  await go(view, '/report/place')
  await view.locator('main .button.big').first().click()
  await view.locator('.notice.ok').waitFor()
}
async function caseIsScanned(view: View): Promise<void> {
  await go(view, '/cases')
  await view.locator('form .button-row .button').nth(1).click()
  await view.locator('.timeline').waitFor()
}
/** Shares a case from its page; resolves to what the page then says. */
async function caseIsShared(view: View): Promise<string> {
  await go(view, `/case/${code}`)
  const tools = view.locator('main > .stack:has(> p[role="status"])')
  await tools.locator('.button-row .button.secondary').last().click()
  return (await tools.locator('p[role="status"]').textContent()) ?? ''
}
async function photoIsChosen(page: Page, view: View): Promise<void> {
  await go(view, '/report')
  const chooser = page.waitForEvent('filechooser')
  await view.locator('.photo-buttons button').nth(1).click()
  await (await chooser).setFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photo })
  await view.locator('.photo img').waitFor()
}
const theme = (view: View) => view.locator('html').getAttribute('data-theme')

describe('inside Telegram', () => {
  function launch(startParam = ''): string {
    const fields = {
      auth_date: String(Math.floor(Date.now() / 1000)),
      user: JSON.stringify({ id: 279058397, first_name: 'Mận' }),
    }
    const lines = Object.entries(fields).map(([name, value]) => `${name}=${value}`)
    const secret = createHmac('sha256', 'WebAppData').update(BOT_TOKEN).digest()
    const hash = createHmac('sha256', secret).update(lines.join('\n')).digest('hex')
    return new URLSearchParams({
      tgWebAppData: new URLSearchParams({ ...fields, hash }).toString(),
      tgWebAppVersion: '8.0',
      tgWebAppThemeParams: '{"bg_color":"#17212b"}',
      ...(startParam === '' ? {} : { tgWebAppStartParam: startParam }),
    }).toString()
  }

  /** The app's side: notes events, answers place and QR. */
  async function inTelegram(page: Page, says: { place: object; qr: string }): Promise<void> {
    await page.addInitScript((answers) => {
      const host = window as unknown as {
        posted: string[]
        Telegram: { WebView: { receiveEvent: (event: string, data?: unknown) => void } }
        TelegramWebviewProxy: { postEvent: (event: string, json: string) => void }
      }
      host.posted = []
      host.TelegramWebviewProxy = {
        postEvent: (event, json) => {
          host.posted.push(`${event} ${json}`)
          const answer = (name: string, data: unknown) =>
            setTimeout(() => host.Telegram.WebView.receiveEvent(name, data))
          if (event === 'web_app_request_location') answer('location_requested', answers.place)
          if (event === 'web_app_open_scan_qr_popup')
            answer('qr_text_received', { data: answers.qr })
        },
      }
    }, says)
  }
  const posted = (page: Page) =>
    page.evaluate(() => (window as unknown as { posted: string[] }).posted)
  const tell = (page: Page, event: string) =>
    page.evaluate((name) => {
      const host = window as unknown as {
        Telegram: { WebView: { receiveEvent: (event: string) => void } }
      }
      host.Telegram.WebView.receiveEvent(name)
    }, event)

  it('signs in, takes place and QR from the app, and uses its buttons and theme', async () => {
    const { page, foreign } = await device()
    const place = { available: true, latitude: 16.5462, longitude: 107.5006 }
    await inTelegram(page, { place, qr: `${server.url}/#/case/${code}` })
    await page.goto(`${server.url}/#${launch('me')}`)
    await page.locator('h1').waitFor()
    expect(page.url()).toBe(`${server.url}/#/me`)
    expect(await theme(page)).toBe('dark')
    await page.locator('main .card .button.primary').first().click()
    await signedIn(page)
    await placeIsTaken(page)
    await expect.poll(() => page.locator('main > .button-row').count()).toBe(0)
    await tell(page, 'main_button_pressed')
    await page.locator('textarea').waitFor()
    await tell(page, 'back_button_pressed')
    await page.locator('.chips').waitFor()
    await caseIsScanned(page)
    await expect.poll(() => posted(page)).toContain('web_app_close_scan_qr_popup null')
    await photoIsChosen(page, page)
    await caseIsShared(page)
    const shared = async () =>
      decodeURIComponent((await posted(page)).find((it) => it.includes('open_tg_link')) ?? '')
    await expect.poll(shared).toContain(`url=${server.url}/#/case/${code}`)
    // The launch outlives a reload of the tab, the session too.
    await page.reload()
    await go(page, '/me')
    await signedIn(page)
    expect(foreign).toEqual([])
  })

  it('goes on where the position is refused', async () => {
    const { page } = await device()
    await inTelegram(page, { place: { available: false }, qr: '' })
    await page.goto(`${server.url}/#${launch('report')}`)
    await go(page, '/report/place')
    await page.locator('main .button.big').first().click()
    await page.locator('main .notice.warn').waitFor()
    await page.locator('.chips .choice').first().click()
    await page.locator('.notice.ok').waitFor()
  })
})

describe('inside a super-app', () => {
  const ALL = 'authorize,place,photo,scanQr,share,openLink,close,back'
  async function embedded(page: Page, query: Record<string, string>): Promise<Frame> {
    const search = new URLSearchParams({ at: `${server.url}/`, ...query })
    await page.goto(`${host.url}/super-app?${search}`)
    await page.frameLocator('iframe').locator('h1').waitFor()
    const frame = page.frames().find((one) => one.url().startsWith(server.url))
    if (frame === undefined) throw new Error('no frame')
    return frame
  }
  const asked = (page: Page) =>
    page.evaluate(() => (window as unknown as { asked: string[] }).asked)

  it('signs in, takes place, photo and QR from the host, and its theme and back button', async () => {
    const { page, foreign } = await device()
    const frame = await embedded(page, { can: ALL, qr: code })
    await expect.poll(() => theme(frame)).toBe('dark')
    // Nothing is asked of the person before a tap.
    await expect.poll(async () => new Set(await asked(page))).toEqual(new Set(['hello', 'back']))
    await go(frame, '/me')
    await frame.locator('main .card .button.primary').first().click()
    await signedIn(frame)
    await go(frame, '/report')
    await frame.locator('.photo-buttons button').first().click()
    await frame.locator('.photo img').waitFor()
    await placeIsTaken(frame)
    await caseIsScanned(frame)
    await page.evaluate(() =>
      (window as unknown as { say: (m: object) => void }).say({ type: 'back' }),
    )
    await frame.locator('form').waitFor()
    await caseIsShared(frame)
    const all = ['hello', 'back', 'authorize', 'photo', 'place', 'scanQr', 'share']
    await expect.poll(async () => new Set(await asked(page))).toEqual(new Set(all))
    expect(foreign).toEqual([])
  })

  it('does by itself what the host cannot, and goes on after a refusal', async () => {
    const { page } = await device()
    const frame = await embedded(page, { can: 'place', refuse: 'place' })
    await go(frame, '/report/place')
    await frame.locator('main .button.big').first().click()
    await frame.locator('main .notice.warn').waitFor()
    await go(frame, '/report')
    const chooser = page.waitForEvent('filechooser')
    await frame.locator('.photo-buttons button').nth(1).click()
    await chooser
  })

  it('is not believed from an origin that may not frame us', async () => {
    const { page } = await device()
    await page.goto(`${server.url}/`)
    await page.evaluate(() =>
      window.postMessage({ loa: 1, type: 'welcome', version: 1, can: [], theme: 'dark' }, '*'),
    )
    await page.locator('h1').waitFor()
    expect(await theme(page)).toBeNull()
    const stranger = host.url.replace('127.0.0.1', 'localhost')
    const search = new URLSearchParams({ at: `${server.url}/`, can: ALL })
    await page.goto(`${stranger}/super-app?${search}`)
    await page.waitForLoadState('networkidle')
    await expect.poll(() => page.frameLocator('iframe').locator('.masthead').count()).toBe(0)
  })
})

describe('inside Zalo', () => {
  /** Zalo's own SDK needs its app: its file is answered by what the app would do. */
  const sdk = (refuses: boolean) => `
    const refuse = async () => { throw { code: -201 } }
    export default {
      getAccessToken: async () => 'token',
      getLocation: ${refuses ? 'refuse' : "async () => ({ token: 'place-' + Math.random() })"},
      chooseImage: async () => ({ filePaths: ['${host.url}/photo.jpg'] }),
      scanQRCode: async () => ({ content: '${code}' }),
      openShareSheet: async ({ data }) => { window.shared = data.link },
    }`
  async function inZalo(refuses = false) {
    const { page, foreign } = await device({ userAgent: ZALO_AGENT })
    let loads = 0
    await page.route('**/assets/index.umd-*.js', (route) => {
      loads++
      return route.fulfill({ contentType: 'text/javascript', body: sdk(refuses) })
    })
    await page.goto(`${host.url}/zapps/123/`)
    await page.locator('.case-card').first().waitFor()
    return { page, foreign, loads: () => loads }
  }

  it('works from its folder with the API elsewhere: sign-in, place, photo, QR', async () => {
    const { page, foreign, loads } = await inZalo()
    expect(loads()).toBe(0)
    expect(await theme(page)).toBe('dark')
    await go(page, '/me')
    await page.locator('main .card .button.primary').first().click()
    await signedIn(page)
    expect(loads()).toBe(1)
    await placeIsTaken(page)
    await go(page, '/report')
    await page.locator('.photo-buttons button').first().click()
    await page.locator('.photo img').waitFor()
    await caseIsScanned(page)
    await caseIsShared(page)
    const shared = () => page.evaluate(() => (window as unknown as { shared: string }).shared)
    await expect.poll(shared).toBe(`${server.url}/#/case/${code}`)
    expect(foreign).toEqual([])
  })

  it('leads to what stands only at the server, and shows its pictures', async () => {
    const { page } = await inZalo()
    const to = (text: string) => page.locator(`a[href="${server.url}/${text}"]`).count()
    expect([await to('chat'), await to('console'), await to('lite')]).toEqual([1, 1, 1])
    await go(page, '/near')
    await page.waitForFunction(() => {
      const pictures = document.querySelectorAll<HTMLImageElement>('.case-icon img')
      return [...pictures].some(({ naturalWidth }) => naturalWidth > 0)
    })
    // The folder has pages of its own; nothing of them points out of it.
    expect(new URL(page.url()).pathname).toBe('/zapps/123/')
  })

  it('goes on where the position is refused', async () => {
    const { page } = await inZalo(true)
    await go(page, '/report/place')
    await page.locator('main .button.big').first().click()
    await page.locator('main .notice.warn').waitFor()
  })
})

describe('in a plain browser', () => {
  it('takes place and photo, reads a QR code from a picture, and shares', async () => {
    const { page } = await device({
      geolocation: { latitude: 16.5462, longitude: 107.5006 },
      permissions: ['geolocation', 'clipboard-read', 'clipboard-write'],
    })
    await page.addInitScript((text) => {
      Object.defineProperty(navigator, 'share', { value: undefined })
      Object.defineProperty(window, 'BarcodeDetector', {
        value: class {
          detect = async () => [{ rawValue: text }]
        },
      })
    }, `${server.url}/#/case/${code}`)
    await page.goto(server.url)
    await placeIsTaken(page)
    await photoIsChosen(page, page)
    const chooser = page.waitForEvent('filechooser')
    const scanned = caseIsScanned(page)
    await (await chooser).setFiles({ name: 'qr.jpg', mimeType: 'image/jpeg', buffer: photo })
    await scanned
    await caseIsShared(page)
    await page.locator('p[role="status"]:not(:empty)').waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toContain(`${server.url}/#/case/${code}`)
  })

  it('signs in at the provider and comes back to where it was, with the draft', async () => {
    const { page } = await device()
    await page.goto(`${server.url}/#/report/what`)
    await page.locator('textarea').fill('Nước dâng')
    await go(page, '/me')
    await page.locator('main .card .button.primary').first().click()
    await signedIn(page)
    expect(page.url()).toBe(`${server.url}/#/me`)
    await go(page, '/report/what')
    await expect.poll(() => page.locator('textarea').inputValue()).toBe('Nước dâng')
  })

  it('signs in nobody with an answer that another browser started', async () => {
    const { page } = await device()
    await page.goto(`${server.url}/?code=x&state=y#/me`)
    await page.locator('h1').waitFor()
    await expect.poll(() => page.locator('input[autocomplete="name"]').count()).toBe(0)
  })
})
