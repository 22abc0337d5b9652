import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { Hono } from 'hono'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bindings, serveFake } from '../fakes/zalo-server.ts'
import { openBrowser, PHONE } from './chat-kit.ts'
import { type RunningServer, startServer } from './server.ts'

const DIST = new URL('../../miniapp/dist', import.meta.url).pathname
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}
/** Parts whose contents change in the upgrade: the entry, and a page that comes when it is opened. */
const CHANGED = /^(index|water)-[^.]+\.js$/

type Files = ReadonlyMap<string, Buffer>

function filesNow(): Files {
  const names = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
  const files = names.filter((name) => statSync(join(DIST, name)).isFile())
  return new Map(files.map((name) => [name, readFileSync(join(DIST, name))]))
}

/** The same pages after an upgrade: changed parts have new names, the old ones are gone from the server. */
function upgraded(files: Files): Files {
  const changed = [...files.keys()].map((name) => basename(name)).filter((n) => CHANGED.test(n))
  const renamed = (text: string) =>
    changed.reduce((all, name) => all.replaceAll(name, name.replace('-', '-next-')), text)
  const edit = (name: string, bytes: Buffer) => {
    if (!/\.(js|html)$/.test(name)) return bytes
    const text = renamed(bytes.toString())
    if (name === 'sw.js') return Buffer.from(text.replace(/[0-9a-f]{12}/, 'f00dfeedf00d'))
    return Buffer.from(text.replace('<head>', '<head><meta name="version" content="next">'))
  }
  return new Map([...files].map(([name, bytes]) => [renamed(name), edit(name, bytes)]))
}

let server: RunningServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Stands before the server and swaps the pages while they are in use. */
async function startFront() {
  let files = filesNow()
  const missing: string[] = []
  const app = new Hono<Bindings>()
  app.all('/api/*', (c) => {
    const { pathname, search } = new URL(c.req.url)
    return fetch(`${server.url}${pathname}${search}`, { headers: c.req.raw.headers })
  })
  app.get('*', (c) => {
    const name = c.req.path.slice(1) || 'index.html'
    const bytes = files.get(name)
    if (bytes === undefined) missing.push(name)
    if (bytes === undefined) return c.notFound()
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
      'cache-control': name.startsWith('assets/') ? 'max-age=31536000, immutable' : 'no-cache',
    })
  })
  const { url, stop } = await serveFake(app)
  return {
    url,
    stop,
    missing,
    upgrade: () => {
      files = upgraded(files)
    },
  }
}

async function opened(options: { serviceWorkers?: 'block' } = {}) {
  const front = await startFront()
  const context = await browser.newContext({ viewport: PHONE, locale: 'vi-VN', ...options })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  await page.goto(`${front.url}/#/report/what`)
  await page.locator('textarea').fill('Nước ngập tới gối')
  return { front, page, faults, close: () => Promise.all([context.close(), front.stop()]) }
}
const go = (page: Page, route: string) =>
  page.evaluate((hash) => {
    location.hash = hash
  }, route)
const isNext = (page: Page) => page.locator('meta[name="version"]').count()

describe('a new version', () => {
  it('waits until it is asked for; the open page goes on with its own parts, the draft goes along', async () => {
    const { front, page, faults, close } = await opened()
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    front.upgrade()
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.ready).update()
    })
    await go(page, '/')
    const take = page.locator('.home-top .notice button')
    await take.waitFor()
    // The server has this page only under its new name now.
    await go(page, '/water')
    await page.locator('#rivers').waitFor()
    expect(front.missing).toEqual([])
    expect(await isNext(page)).toBe(0)
    await go(page, '/')
    await take.click()
    await page.locator('meta[name="version"]').waitFor({ state: 'attached' })
    await go(page, '/report/what')
    await expect.poll(() => page.locator('textarea').inputValue()).toBe('Nước ngập tới gối')
    await go(page, '/water')
    await page.locator('#rivers').waitFor()
    expect(await page.evaluate(() => caches.keys())).toEqual(['loa-shell-f00dfeedf00d'])
    expect(faults).toEqual([])
    await close()
  })

  it('leaves no white page where the device keeps no pages: it says so, then starts anew', async () => {
    const { front, page, close } = await opened({ serviceWorkers: 'block' })
    front.upgrade()
    await go(page, '/water')
    await page.locator('main .notice button').click()
    await page.locator('#rivers').waitFor()
    expect(await isNext(page)).toBe(1)
    await go(page, '/report/what')
    await expect.poll(() => page.locator('textarea').inputValue()).toBe('Nước ngập tới gối')
    await close()
  })
})
