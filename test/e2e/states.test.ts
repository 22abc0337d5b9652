import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { isTooWide, openBrowser, PHONE, violations } from './chat-kit.ts'
import { type RunningServer, startServer } from './server.ts'
import { keepSession, signInByChat } from './sign-in.ts'

let server: RunningServer
let browser: Browser
let own: { code: string; secret: string }
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  const sent = await fetch(`${server.url}/api/v1/incidents`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: server.url },
    body: JSON.stringify({
      category: 'telecom',
      description: 'Dây cáp võng thấp',
      place: { source: 'pin', lng: 107.53251, lat: 16.56974, unitCode: '19867' },
      consentVersion: 1,
    }),
  })
  const { publicCode, secret } = await sent.json()
  own = { code: publicCode, secret }
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** A page of a device that is signed in and once sent a case; the API is asked past any service worker. */
async function device() {
  const context = await browser.newContext({
    viewport: PHONE,
    locale: 'vi-VN',
    serviceWorkers: 'block',
    bypassCSP: true,
  })
  await keepSession(context, await signInByChat(server.url))
  await context.addInitScript(
    (kept) => localStorage.setItem('loa.cases', kept),
    JSON.stringify([{ ...own, category: 'telecom', sentAt: new Date().toISOString() }]),
  )
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  return { page, close: () => context.close() }
}
const API = '**/api/v1/**'
const fault = (status: number) => (route: Route) =>
  route.fulfill({
    status,
    contentType: 'application/problem+json',
    json: { code: 'http.fault', detail: 'Máy chủ đang bận.', requestId: 'K7M2-QX9A', status },
  })

/** Screens that live on what the server says. */
const asking = () => [
  '',
  '#/near',
  '#/near?view=map',
  `#/case/${own.code}`,
  '#/cases',
  '#/water',
  '#/inbox',
  '#/report/place',
  '#/report/review',
  '#/me',
  '#/me/topics',
  '#/me/channels',
  '#/me/data',
]
/** Of those, the ones whose last answer is shown again. */
const kept = () => ['', '#/near', `#/case/${own.code}`, '#/cases', '#/water', '#/inbox']

async function visit(page: Page, route: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${server.url}/${route}`)
  await page.locator('h1').first().waitFor()
}
const flaws = async (page: Page, route: string) => [
  ...(await violations(page)).map((found) => `${route} ${found}`),
  ...((await isTooWide(page)) ? [`${route} is wider than the screen`] : []),
]

describe.each([
  ['a server in trouble', fault(500), '.notice.error'],
  ['too many requests', fault(429), '.notice.error'],
  ['no signal', (route: Route) => route.abort('internetdisconnected'), '.notice.warn'],
] as const)('with %s', (_name, answer, notice) => {
  it('every screen says so, offers a second try and is whole again after it', async ({
    expect,
  }) => {
    const { page, close } = await device()
    await page.route(API, answer)
    const problems: string[] = []
    for (const route of asking()) {
      await visit(page, route)
      await page.locator(`main ${notice} button`).first().waitFor()
      problems.push(...(await flaws(page, route)))
    }
    await visit(page, '#/near')
    const shown = page.locator(`main ${notice}`)
    await shown.first().waitFor()
    await page.unroute(API)
    await shown.locator('button').first().click()
    await page.locator('.case-card').first().waitFor()
    await close()
    expect(problems).toEqual([])
  })
})

describe('when the signal goes', () => {
  it('screens show what was known, with its age', async ({ expect }) => {
    const { page, close } = await device()
    const problems: string[] = []
    for (const route of kept()) {
      await visit(page, route)
      await page.waitForLoadState('networkidle')
    }
    await page.route(API, (route) => route.abort('internetdisconnected'))
    for (const route of kept()) {
      await visit(page, route)
      await page.locator('.age-note').first().waitFor()
      problems.push(...(await flaws(page, route)))
    }
    await close()
    expect(problems).toEqual([])
  })
})
