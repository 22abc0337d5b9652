import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Fakes, startFakes, startOn, stopFakes } from '../hosts/channels-kit.ts'
import { enter, isTooWide, openBrowser, openDevice, PHONE, violations } from './chat-kit.ts'
import type { RunningServer } from './server.ts'

const USER = '246845883529190002'
let fakes: Fakes
let server: RunningServer
let browser: Browser
beforeAll(async () => {
  fakes = await startFakes()
  ;[server, browser] = await Promise.all([startOn(fakes), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
  if (fakes !== undefined) await stopFakes(fakes)
})

const event = (name: string, sender: object, recipient: object, text: string) => ({
  app_id: fakes.oa.config.appId,
  event_name: name,
  timestamp: String(Date.now()),
  sender,
  recipient,
  message: { text, msg_id: `${name}-${text.length}` },
})
const post = (body: object) => fakes.oa.post(`${server.url}/webhooks/zalo-oa`, body)

it('a chat that an official took over in Zalo is handed back in the console, at 360 px', async () => {
  const { oaId } = fakes.oa.config
  await post(event('oa_send_text', { id: oaId, admin_id: '77' }, { id: USER }, 'Chào bà'))
  const { context, page, faults } = await openDevice(browser, PHONE)
  await enter(page, server.url, server.logins.dispatcher)
  await page.locator('.desk-bar button.icon-button').nth(1).click()
  await page.locator('.desk-menu a[href$="#/chats"]').click()
  const row = page.locator('.desk-sessions li')
  await row.waitFor()
  await expect.poll(() => row.textContent()).toContain(USER.slice(-4))
  await expect.poll(() => row.textContent()).not.toContain(USER)
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await row.locator('button').click()
  await row.waitFor({ state: 'detached' })
  expect(await violations(page)).toEqual([])
  expect(faults).toEqual([])
  await post(event('user_send_text', { id: USER }, { id: oaId }, 'xin chào'))
  const late = Date.now() + 20_000
  const answers = () => fakes.oa.sent.filter(({ userId }) => userId === USER)
  while (answers().length === 0 && Date.now() < late)
    await new Promise((resolve) => setTimeout(resolve, 100))
  expect(answers().length).toBeGreaterThan(0)
  await context.close()
})
