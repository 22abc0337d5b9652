import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { CLIENT, type FakeOidc, startOidc } from '../fakes/oidc.ts'
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
import { freePort, type RunningServer, startServer } from './server.ts'

/** Where pictures of the screens go, to be looked at; unset: none are taken. */
const PICTURES = process.env.LOA_PICTURES
let server: RunningServer
let browser: Browser
let provider: FakeOidc
const devices: Device[] = []

beforeAll(async () => {
  const port = await freePort()
  ;[browser, provider] = await Promise.all([
    openBrowser(),
    startOidc(`http://127.0.0.1:${port}/console`),
  ])
  server = await startServer({
    port,
    env: {
      OFFICIAL_OIDC_ISSUER: provider.issuer,
      OFFICIAL_OIDC_CLIENT_ID: CLIENT.clientId,
      OFFICIAL_OIDC_CLIENT_SECRET: CLIENT.clientSecret,
    },
  })
})
afterEach(async () => {
  await Promise.all(devices.splice(0).map(({ context }) => context.close()))
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  await provider?.close()
})

async function device(viewport = PHONE): Promise<Page> {
  const made = await openDevice(browser, viewport)
  devices.push(made)
  return made.page
}

async function look(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined)
    await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

async function adminAt(route: string, viewport = PHONE): Promise<Page> {
  const page = await device(viewport)
  await enter(page, server.url, server.logins.admin)
  await page.goto(`${server.url}/console#/${route}`)
  return page
}

const atProvider = (page: Page) =>
  page.locator('.desk-signin .button', { hasText: 'tài khoản tỉnh' })

it('an official comes in through the province once an admin has set the address, and not before', async () => {
  Object.assign(provider.person, { accountId: 'cb-7', email: 'an@hue.gov.vn', isVerified: true })
  const stranger = await device()
  await stranger.goto(`${server.url}/console`)
  await atProvider(stranger).click()
  await stranger.locator('.notice.error').waitFor()
  expect(new URL(stranger.url()).search).toBe('')
  await look(stranger, 'provider-unknown')

  const admin = await adminAt('people', DESK)
  const row = admin.locator('.desk-sessions > li', { hasText: server.logins.dispatcher.login })
  await row.locator('.button').click()
  await admin.locator('.sheet .input').last().fill('An@hue.gov.vn')
  await look(admin, 'provider-address')
  await admin.locator('.sheet .button', { hasText: 'Lưu' }).click()
  await admin.locator('.sheet').waitFor({ state: 'detached' })

  const known = await device()
  await known.goto(`${server.url}/console`)
  await atProvider(known).click()
  await known.locator('.desk-tabs').waitFor()
  await look(known, 'provider-known')
})

it('the ladder of reminders is changed from tomorrow on, and today keeps its own', async () => {
  const page = await adminAt('settings')
  const part = page.locator('.desk-section', { hasText: 'Nhắc việc theo hạn' })
  await part.locator('summary').click()
  await look(page, 'ladder')
  const now = part.locator('section').first()
  const before = await now.locator('li').allTextContents()
  await now.locator('.button').click()
  const sheet = page.locator('.sheet')
  await sheet.locator('fieldset').first().waitFor()
  await sheet.locator('form > .button.secondary').click()
  await sheet.locator('fieldset').last().locator('input').fill('9')
  await look(page, 'ladder-sheet')
  await sheet.locator('button[type="submit"]').click()
  await sheet.waitFor({ state: 'detached' })
  await part.locator('section').nth(1).waitFor()
  await expect.poll(() => now.locator('li').allTextContents()).toEqual(before)
  const later = await part.locator('section').nth(1).locator('li').allTextContents()
  expect(later).toHaveLength(before.length + 1)
  expect(later.at(-1)).toContain('9')
})

it('a term of retention is dated for later, within its bounds', async () => {
  const page = await adminAt('settings', DESK)
  const part = page.locator('.desk-section', { hasText: 'Thời hạn lưu dữ liệu' })
  await part.locator('summary').click()
  await look(page, 'retention')
  const row = part
    .locator('.desk-settings > li')
    .filter({ has: page.locator('.button') })
    .first()
  await row.locator('.button').click()
  const days = page.locator('.sheet input[type="number"]')
  const most = Number(await days.getAttribute('max'))
  await days.fill(String(most))
  await look(page, 'retention-sheet')
  await page.locator('.sheet button[type="submit"]').click()
  await page.locator('.sheet').waitFor({ state: 'detached' })
  await row.locator('.desk-kept-later').waitFor()
  await expect.poll(() => row.locator('.desk-kept-later').textContent()).toContain(String(most))
})
