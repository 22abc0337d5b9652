import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isFull } from '../full.ts'
import { isTooWide, openBrowser, PHONE, violations } from './chat-kit.ts'
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

type Look = NonNullable<Parameters<Browser['newContext']>[0]> & { text?: string }
const LOOKS: Record<string, Look> = {
  'a small phone': {},
  'a small phone in the dark': { colorScheme: 'dark' },
  'a desk': { viewport: { width: 1280, height: 800 } },
  'a small phone with the largest letters': { text: 'largest' },
  'high contrast': { contrast: 'more' },
}
/** Every size × scheme × letter size × language, in the full run. */
const MATRIX: Record<string, Look> = Object.fromEntries(
  [
    PHONE,
    { width: 412, height: 915 },
    { width: 800, height: 360 },
    { width: 1280, height: 800 },
  ].flatMap((viewport) =>
    (['light', 'dark'] as const).flatMap((colorScheme) =>
      ['normal', 'largest'].flatMap((text) =>
        ['vi-VN', 'en-GB'].map((locale) => [
          `${viewport.width}×${viewport.height} ${colorScheme} ${text} ${locale}`,
          { viewport, colorScheme, text, locale },
        ]),
      ),
    ),
  ),
)
const ROUTES = ['', '#/report', '#/report/place', '#/report/what', '#/report/review']
const MORE_ROUTES = [
  '#/cases',
  '#/near',
  '#/near?view=map',
  '#/inbox',
  '#/dossiers',
  '#/water',
  '#/alerts',
  '#/guides',
  '#/me/topics',
  '#/settings',
  '#/case/HUE-XXXX-XXXX',
  '#/nowhere',
]

describe.each(Object.entries(isFull ? { ...LOOKS, ...MATRIX } : LOOKS))(
  'on %s',
  (_name, { text, ...options }) => {
    it('no page breaks an accessibility rule or runs over the edge', async () => {
      const context = await browser.newContext({
        viewport: PHONE,
        locale: 'vi-VN',
        bypassCSP: true,
        ...options,
      })
      const page = await context.newPage()
      if (text) await page.addInitScript((size) => localStorage.setItem('loa.text', size), text)
      const problems: string[] = []
      for (const route of [...ROUTES, ...MORE_ROUTES]) {
        await page.goto(`${server.url}/${route}`)
        await page.locator('h1').waitFor()
        await page.waitForLoadState('networkidle')
        problems.push(...(await violations(page)).map((found) => `${route} ${found}`))
        if (await isTooWide(page)) problems.push(`${route} is wider than the screen`)
      }
      await context.close()
      expect(problems).toEqual([])
    })
  },
)
