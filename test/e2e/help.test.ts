import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { enter, isTooWide, openBrowser, openDevice, PHONE, violations } from './chat-kit.ts'
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

it('help at home is asked for on a phone, taken on another, and its person sees the step', async () => {
  const phone = await openDevice(browser, PHONE)
  await keepSession(phone.context, await signInByChat(server.url))
  const { page } = phone
  await page.goto(`${server.url}/#/help-at-home?lesson=vneid-level-2`)
  const form = page.locator('form')
  await form.locator('select').nth(1).selectOption({ index: 1 })
  await form.locator('textarea').fill('Mệ Gái, nhà sau chợ')
  await form.locator('button[type="submit"]').click()
  await form.locator('.own-words').waitFor()
  await form.getByRole('checkbox').check()
  await form.locator('button[type="submit"]').click()
  const code = page.locator('.help-code strong')
  await code.waitFor()
  const sign = (await code.textContent()) ?? ''
  expect(sign).toMatch(/^[2-9A-Z]{4}$/)
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)

  const team = await openDevice(browser, PHONE)
  await enter(team.page, server.url, server.logins.team)
  await team.page.goto(`${server.url}/console#/team`)
  const task = team.page.locator('section[aria-labelledby="help-requests"] li.card').first()
  await task.waitFor()
  expect(await task.textContent()).not.toContain('Gái')
  await task.locator('button.primary').click()
  await task.getByText('Mệ Gái, nhà sau chợ').waitFor()
  expect(await task.textContent()).toContain(sign)
  expect(await violations(team.page)).toEqual([])
  expect(await isTooWide(team.page)).toBe(false)

  await page.reload()
  await page.getByText('đã nhận và sẽ liên hệ').waitFor()
  expect([...phone.faults, ...team.faults]).toEqual([])
})

it('a quiz is answered on a phone, kept only after a yes, and shown on a sheet', async () => {
  const phone = await openDevice(browser, PHONE)
  await keepSession(phone.context, await signInByChat(server.url))
  const { page } = phone
  await page.goto(`${server.url}/#/guides/qr-payment/8`)
  const quiz = page.locator('section[aria-labelledby="quiz"]')
  for (let n = 1; n <= 3; n++) {
    await quiz.getByText(`Câu ${n}/3`).waitFor()
    await quiz.locator('button.secondary').first().click()
    await quiz.locator('.notice').waitFor()
    if (n === 1) expect(await violations(page)).toEqual([])
    await quiz.locator('button.primary').click()
  }
  await quiz.getByText('trả lời đúng').waitFor()
  const keep = quiz.getByRole('button', { name: 'Lưu vào bài đã học' })
  await keep.click()
  await quiz.locator('.own-words').waitFor()
  await quiz.getByRole('checkbox').check()
  await keep.click()
  await quiz.getByText('Đã lưu').waitFor()
  await page.goto(`${server.url}/#/learning`)
  await page.getByText('Đã học 1/12').waitFor()
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  expect(phone.faults).toEqual([])
})
