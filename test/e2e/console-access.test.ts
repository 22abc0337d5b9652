import { TOTP } from 'otpauth'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { cli, endAll, type Host, removeDirs, startHost, usedDir } from '../hosts/host.ts'
import {
  DESK,
  type Device,
  isTooWide,
  openBrowser,
  openDevice,
  PHONE,
  violations,
} from './chat-kit.ts'
import { freePort } from './server.ts'

/** A house for real, not a demo, under a name that passkeys may be bound to. */
let host: Host
let url: string
let browser: Browser
let admin: { login: string; password: string }
const devices: Device[] = []

beforeAll(async () => {
  const PORT = String(await freePort())
  url = `http://localhost:${PORT}`
  const env = { DATA_DIR: await usedDir(), PORT, PUBLIC_URL: url }
  ;[host, browser] = await Promise.all([startHost(env), openBrowser()])
  const roles = ['--roles', 'admin,approver', '--unit', '19867']
  const made = await cli(
    ['official:create', '--login', 'quan.tri', '--name', 'Quản trị', ...roles],
    host.env,
  )
  const password = /^quan\.tri \/ (\S+)$/m.exec(made.out)?.[1] ?? ''
  admin = { login: 'quan.tri', password }
})
afterEach(async () => {
  await Promise.all(devices.splice(0).map(({ context }) => context.close()))
})
afterAll(async () => {
  await browser?.close()
  endAll()
  removeDirs()
})

async function device(viewport = PHONE): Promise<Page> {
  const made = await openDevice(browser, viewport)
  devices.push(made)
  return made.page
}

async function password(page: Page, who: { login: string; password: string }) {
  await page.goto(`${url}/console`)
  await page.locator('input[autocomplete="username"]').fill(who.login)
  await page.locator('input[autocomplete="current-password"]').fill(who.password)
  await page.keyboard.press('Enter')
}

/** No rule broken, nothing beyond the edge of the screen. */
async function looksRight(page: Page) {
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

const code = (page: Page) => page.locator('input[autocomplete="one-time-code"]')
const desk = (page: Page) => page.locator('.desk-tabs')

/** Keeps the codes that the page shows and goes on. */
async function keepCodes(page: Page): Promise<string[]> {
  await page.locator('.desk-codes').waitFor()
  await looksRight(page)
  const codes = await page.locator('.desk-codes code').allTextContents()
  await page.locator('.check input').check()
  await page.locator('.desk-codes ~ .button').last().click()
  return codes
}

/** Sets the authenticator up from the open page; its secret, as typed by hand. */
async function setUpTotp(page: Page): Promise<string> {
  await page.locator('.card > .button').first().click()
  await page.locator('.desk-qr').waitFor()
  await looksRight(page)
  await page.locator('summary').click()
  const secret = ((await page.locator('.desk-secret').textContent()) ?? '').replace(/\s/g, '')
  await code(page).fill(new TOTP({ secret }).generate())
  await page.keyboard.press('Enter')
  return secret
}

/** A phone's own lock, in the browser: answers every request as if the person had put the finger on. */
async function withLock(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return cdp
}

it('an admin sets a second factor up before the first work, and needs it from then on', async () => {
  const page = await device()
  await password(page, admin)
  await page.locator('input[autocomplete="current-password"]').waitFor({ state: 'detached' })
  await looksRight(page)
  await page.locator('.card > .button').first().waitFor()
  await looksRight(page)
  await setUpTotp(page)
  const [recovery = ''] = await keepCodes(page)
  await desk(page).waitFor()

  const lost = await device(DESK)
  await password(lost, admin)
  await code(lost).fill('000000')
  await lost.keyboard.press('Enter')
  await lost.locator('.notice.error').waitFor()
  await looksRight(lost)
  await lost.locator('.button.quiet').first().click()
  await code(lost).fill(recovery)
  await lost.keyboard.press('Enter')
  await desk(lost).waitFor()

  await lost.goto(`${url}/console#/people`)
  await lost.locator('.desk-sessions > li').first().waitFor()
  await looksRight(lost)
  await lost.locator('.desk-line.spread .button').click()
  const [login, name] = [lost.locator('.sheet .input').nth(0), lost.locator('.sheet .input').nth(1)]
  await login.fill('khoi.phan')
  await name.fill('Phan Đình Khôi')
  await lost.locator('.sheet .check input').nth(1).check()
  await lost.locator('.sheet .check input').nth(4).check()
  await looksRight(lost)
  await lost.locator('.sheet form .button').first().click()
  const link = await lost.locator('.sheet .desk-secret').textContent()
  expect(link).toMatch(/^http:\/\/localhost:\d+\/console#\/invite\/[\w-]{43}$/)
  await looksRight(lost)

  const invited = await device()
  await withLock(invited)
  await invited.goto(link ?? '')
  await invited.locator('input[autocomplete="new-password"]').waitFor()
  await looksRight(invited)
  await invited.locator('input[autocomplete="new-password"]').fill('nước nguồn trong vắt')
  await invited.keyboard.press('Enter')
  await desk(invited).waitFor()

  await invited.goto(`${url}/console#/security`)
  await invited.locator('.desk-line .button').first().click()
  await invited
    .locator('.sheet input[autocomplete="current-password"]')
    .fill('nước nguồn trong vắt')
  await invited.keyboard.press('Enter')
  await invited.locator('.sheet .card > .button.secondary').click()
  await keepCodes(invited)
  await invited.locator('.notice.ok').waitFor()
  await looksRight(invited)
  await invited.locator('.top-bar .icon-button').last().click()
  await invited.locator('.desk-signin .button.secondary').click()
  await invited.locator('.desk-brand').waitFor()

  await invited.goto(`${url}/console#/duty`)
  await invited.locator('form select').waitFor()
  await looksRight(invited)
  await invited.locator('form select').selectOption({ index: 1 })
  await invited.locator('form .button').first().click()
  await invited.locator('.desk-sessions > li').waitFor()
  await looksRight(invited)

  const used = await device()
  await used.goto(link ?? '')
  await used.locator('.notice.error').waitFor()
  await looksRight(used)
})
