import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
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
import { type RunningServer, startServer } from './server.ts'

/** Where pictures of the screens go, to be looked at; unset: none are taken. */
const PICTURES = process.env.LOA_PICTURES
let server: RunningServer
let browser: Browser
const devices: Device[] = []

beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})
afterEach(async () => {
  await Promise.all(devices.splice(0).map(({ context }) => context.close()))
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function device(viewport: { width: number; height: number }): Promise<Device> {
  const made = await openDevice(browser, viewport)
  devices.push(made)
  return made
}

/** The screen breaks no rule of accessibility and fits; a picture of it where pictures are wanted. */
async function look(page: Page, name: string): Promise<void> {
  if (PICTURES !== undefined)
    await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

async function openBoard(viewport: { width: number; height: number }): Promise<Device> {
  const desk = await device(viewport)
  await enter(desk.page, server.url, server.logins.duty)
  await desk.page.goto(`${server.url}/console#/sos`)
  await desk.page.locator('.sos-list').first().waitFor()
  return desk
}

const steps = (page: Page, text: RegExp) => page.locator('.sos-steps li').filter({ hasText: text })

it('a call by holding: told to who is on duty, taken on the board, seen by its sender', async () => {
  const { page, faults } = await device(PHONE)
  await page.goto(`${server.url}/#/sos`)
  const hold = page.locator('.sos-button')
  await hold.waitFor()
  await expect.poll(() => page.locator('.sos-dial a').count()).toBe(3)
  await look(page, 'sos-hold-360')

  // A touch that is let go calls nobody.
  await hold.hover()
  await page.mouse.down()
  await page.waitForTimeout(300)
  await page.mouse.up()
  await expect.poll(() => hold.isVisible()).toBe(true)

  await page.mouse.down()
  await page.locator('.notice.ok').waitFor()
  await page.mouse.up()
  await expect
    .poll(() => page.locator('.notice.ok').textContent())
    .toContain('Tin đã tới người trực')
  await page.locator('.sos-chips').first().getByText('3', { exact: true }).click()
  await page.locator('.card form input').fill('thôn Phước Yên, nước tới cổ')
  await page.keyboard.press('Enter')
  await look(page, 'sos-told-360')

  const board = await openBoard(DESK)
  const card = board.page.locator('.sos-list > li').filter({ hasText: 'nước tới cổ' })
  await card.waitFor()
  await expect.poll(() => card.textContent()).toMatch(/Số người.*3/)
  await expect.poll(() => card.textContent()).toMatch(/khoảng \d+ cm/)
  await look(board.page, 'sos-board-1280')
  await board.page.emulateMedia({ media: 'print' })
  await expect.poll(() => board.page.locator('.sos-head button').isVisible()).toBe(false)
  await expect.poll(() => card.isVisible()).toBe(true)
  if (PICTURES !== undefined)
    await board.page.screenshot({ path: `${PICTURES}/sos-board-print.png`, fullPage: true })
  await board.page.emulateMedia({ media: 'screen' })

  await card.locator('button').first().click()
  await steps(page, /đã nhận lúc/).waitFor()
  await expect.poll(() => page.locator('.sos-steps').textContent()).not.toContain('Cán bộ')
  await look(page, 'sos-claimed-360')
  const small = await openBoard(PHONE)
  await look(small.page, 'sos-board-360')

  await page.getByText('Tôi đã an toàn').click()
  await steps(page, /An toàn/).waitFor()
  expect([...faults, ...board.faults, ...small.faults]).toEqual([])
})

it('by keyboard two presses call, and the wide screen holds', async () => {
  const { page } = await device(DESK)
  await page.goto(`${server.url}/#/sos`)
  const hold = page.locator('.sos-button')
  await hold.waitFor()
  await look(page, 'sos-hold-1280')
  await hold.focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('#sos-how').textContent()).toContain('Bấm lần nữa')
  await page.keyboard.press('Enter')
  await page.locator('.notice.ok').waitFor()
  await look(page, 'sos-told-1280')
  await page.getByText('Bấm nhầm, rút lại').click()
  await steps(page, /rút lại/i).waitFor()
})
