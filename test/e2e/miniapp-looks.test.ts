import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { isFull } from '../full.ts'
import { DESK, isTooWide, openBrowser, PHONE, violations } from './chat-kit.ts'
import { type RunningServer, startServer } from './server.ts'
import { keepSession, signInByChat } from './sign-in.ts'

let server: RunningServer
let browser: Browser
let code = ''
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  const list = await (await fetch(`${server.url}/api/v1/incidents?limit=50`)).json()
  const isAnswered = ({ state }: { state: string }) => state === 'answered'
  code = list.items.find(isAnswered).publicCode
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

/** Some thirty pages in each test; in the full run on five looks each. */
vi.setConfig({ testTimeout: isFull ? 1_200_000 : 240_000 })

type Look = {
  colorScheme?: 'light' | 'dark'
  data?: Record<string, string>
  /** Times the usual size of all letters. */
  letters?: number
}
/** One page is put on all of these in turn; what they change is styles alone. */
const LOOKS: Record<string, Look> = {
  light: {},
  dark: { colorScheme: 'dark' },
  'high contrast': { data: { theme: 'contrast' } },
  'elder mode': { data: { simple: 'yes', text: 'largest' } },
  'letters of 200 %': { letters: 2 },
}

type Visit = { size: typeof PHONE; locale: string; looks: readonly string[] }
const ALL = Object.keys(LOOKS)
const FEW: Visit[] = [
  { size: PHONE, locale: 'vi-VN', looks: ['light', 'letters of 200 %'] },
  { size: DESK, locale: 'en-GB', looks: ['dark'] },
]
const FULL: Visit[] = [
  PHONE,
  DESK,
  { width: 412, height: 915 },
  { width: 800, height: 360 },
].flatMap((size) => ['vi-VN', 'en-GB'].map((locale) => ({ size, locale, looks: ALL })))

const publicPages = () => [
  '',
  '#/report',
  '#/report/place',
  '#/report/what',
  '#/report/review',
  '#/cases',
  '#/near',
  '#/near?view=map',
  `#/case/${code}`,
  '#/case/HUE-XXXX-XXXX',
  '#/dossiers',
  '#/water',
  '#/alerts',
  '#/guides',
  '#/scam',
  '#/sos',
  '#/waiting',
  '#/inbox',
  '#/settings',
  '#/me/data',
  '#/viet/unknown',
  '#/nowhere',
  'lite',
  'lite/report',
  `lite/case?code=${code}`,
]
const ownPages = () => ['#/cases', '#/inbox', '#/me', '#/me/topics', '#/me/channels', '#/me/data']

async function openPage(visit: Visit, isSignedIn: boolean): Promise<Page> {
  const context = await browser.newContext({
    viewport: visit.size,
    locale: visit.locale,
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  if (isSignedIn) await keepSession(context, await signInByChat(server.url))
  return context.newPage()
}

async function show(page: Page, route: string): Promise<void> {
  await page.goto('about:blank')
  await page.goto(`${server.url}/${route}`)
  await page.locator('h1').first().waitFor()
  await page.waitForLoadState('networkidle')
}

async function putOn(page: Page, { colorScheme = 'light', data = {}, letters }: Look) {
  await page.emulateMedia({ colorScheme })
  await page.evaluate(
    ([set, size]) => {
      const { dataset, style } = document.documentElement
      for (const name of ['theme', 'simple', 'text']) delete dataset[name]
      Object.assign(dataset, set)
      style.setProperty('--letters', size ?? '')
    },
    [data, letters?.toString()] as const,
  )
}

async function flawsOf(page: Page, routes: readonly string[], looks: readonly string[]) {
  const flaws: string[] = []
  for (const route of routes) {
    await show(page, route)
    for (const name of looks) {
      await putOn(page, LOOKS[name] ?? {})
      flaws.push(...(await violations(page)).map((found) => `${route} ${name}: ${found}`))
      if (await isTooWide(page)) flaws.push(`${route} ${name}: wider than the screen`)
    }
  }
  await page.context().close()
  return flaws
}

describe.each(
  (isFull ? FULL : FEW).map((visit) => ({
    ...visit,
    name: `${visit.size.width}×${visit.size.height} ${visit.locale}`,
  })),
)('at $name', (visit) => {
  it('no page breaks an accessibility rule or runs over the edge', async () => {
    const page = await openPage(visit, false)
    expect(await flawsOf(page, publicPages(), visit.looks)).toEqual([])
  })

  it('nor does a page of somebody who signed in', async () => {
    const page = await openPage(visit, true)
    expect(await flawsOf(page, ownPages(), visit.looks)).toEqual([])
  })
})

/** What a person can press or fill in, but Tab never reaches, or does not show where it is. */
async function unreached(page: Page): Promise<string[]> {
  const CONTROLS = 'a[href],button:not(:disabled),input,select,textarea,summary'
  const steps = await page.evaluate((s) => document.querySelectorAll(s).length + 5, CONTROLS)
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  const unseen: string[] = []
  for (let i = 0; i < steps; i++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const now = document.activeElement
      if (!(now instanceof HTMLElement) || now === document.body) return undefined
      now.dataset.reached = 'yes'
      // A ring is drawn by the control, or by the card or label around it.
      for (let one: Element | null = now; one && one !== document.body; one = one.parentElement) {
        const { outlineStyle, boxShadow } = getComputedStyle(one)
        if (outlineStyle !== 'none' || (one === now && boxShadow !== 'none')) return undefined
        if (
          one.nextElementSibling &&
          getComputedStyle(one.nextElementSibling).outlineStyle !== 'none'
        )
          return undefined
      }
      return now.outerHTML.slice(0, 80)
    })
    if (found !== undefined) unseen.push(`no ring: ${found}`)
  }
  const missed = await page.evaluate((selector) => {
    const names = new Set(
      [...document.querySelectorAll<HTMLInputElement>('input[type=radio][data-reached]')].map(
        ({ name }) => name,
      ),
    )
    return [...document.querySelectorAll<HTMLElement>(selector)]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.dataset.reached)
      .filter((one) => !(one instanceof HTMLInputElement && names.has(one.name)))
      .map((one) => `never reached: ${one.outerHTML.slice(0, 80)}`)
  }, CONTROLS)
  return [...new Set(unseen), ...missed]
}

describe('with the keyboard alone', () => {
  it('Tab reaches everything and shows where it is', async () => {
    const page = await openPage({ size: PHONE, locale: 'vi-VN', looks: [] }, false)
    const flaws: string[] = []
    const few = ['', '#/near?view=map', '#/report/what', '#/sos']
    for (const route of isFull ? publicPages() : few) {
      await show(page, route)
      flaws.push(...(await unreached(page)).map((flaw) => `${route} ${flaw}`))
    }
    await page.context().close()
    expect(flaws).toEqual([])
  })
})

describe('with two fingers', () => {
  it('every page may be enlarged', async () => {
    const page = await openPage({ size: PHONE, locale: 'vi-VN', looks: [] }, false)
    for (const address of ['', 'chat', 'console', 'lite', 'docs']) {
      await page.goto(`${server.url}/${address}`)
      const viewport = await page.locator('meta[name="viewport"]').getAttribute('content')
      expect(viewport).not.toMatch(/user-scalable|maximum-scale|minimum-scale/)
      const touch = () => getComputedStyle(document.body).touchAction
      expect(await page.evaluate(touch)).toMatch(/^(auto|manipulation)$/)
    }
    await page.context().close()
  })
})
