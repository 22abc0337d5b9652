import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DESK, enter, isTooWide, openBrowser, openDevice, PHONE, violations } from './chat-kit.ts'
import { type RunningServer, startServer } from './server.ts'
import { keepSession, signInByChat } from './sign-in.ts'

let server: RunningServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

it('a time is booked in three taps on a phone, called at the desk, and the number is the same on both', async () => {
  const phone = await openDevice(browser, PHONE)
  await keepSession(phone.context, await signInByChat(server.url))
  const { page } = phone
  await page.goto(`${server.url}/#/appointments`)
  const days = page.locator('fieldset').first().locator('.choice')
  const day = (await days.last().textContent()) ?? ''
  await days.last().click()
  await page.locator('fieldset').nth(1).locator('.choice').first().click()
  const book = page.locator('button.primary', { hasText: day.trim() })
  await book.click()
  await page.locator('.own-words').waitFor()
  await page.getByRole('checkbox').last().click()
  await book.click()
  const number = page.locator('.queue-number strong')
  await number.waitFor()
  const shown = await number.textContent()
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)

  const desk = await openDevice(browser, DESK)
  await enter(desk.page, server.url, server.logins.onestop)
  await desk.page.goto(`${server.url}/console#/queue`)
  const [dd, mm] = /(\d\d)\/(\d\d)/.exec(day)?.slice(1) ?? []
  const year = new Date().getUTCFullYear() + (mm === '01' && new Date().getUTCMonth() > 6 ? 1 : 0)
  await desk.page.locator('input[type="date"]').fill(`${year}-${mm}-${dd}`)
  const row = desk.page.locator('.queue-row').first()
  await row.waitFor()
  await expect.poll(() => row.locator('strong').textContent()).toBe(shown)
  await row.locator('.button-row button').first().click()
  await desk.page.locator('.queue-row.arrived').waitFor()
  expect(await violations(desk.page)).toEqual([])
  await page.reload()
  await page.getByText('Đã đến, đang chờ').waitFor()
  expect([...phone.faults, ...desk.faults]).toEqual([])
})
