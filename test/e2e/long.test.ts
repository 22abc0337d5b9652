import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  CODE,
  choice,
  givePhoto,
  isTooWide,
  openBrowser,
  openDevice,
  PHONE,
  violations,
  write,
} from './chat-kit.ts'
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

const link = (page: Page) => page.locator('.chat-main a[href*="#/viet/"]').last()
const LONG = `Ống cống trước trường vỡ, nước tràn ra đường. ${'Học sinh phải đi vòng. '.repeat(40)}`

describe('a long report from the chat, on a phone of 360 px', () => {
  it('is written on its own page once, and the receipt comes in both', async () => {
    const { context, page, faults } = await openDevice(browser, PHONE)
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').click()
    await choice(page, 'agree').click()
    await choice(page, 'drainage').or(choice(page, 'road')).first().click()
    await page.locator('.chat-main [data-choice*=":h."]').first().click()
    await link(page).waitFor()
    const url = (await link(page).getAttribute('href')) ?? ''

    const form = await context.newPage()
    form.on('pageerror', (error) => faults.push(error.message))
    await form.goto(url)
    await form.locator('textarea').fill(LONG)
    // A reload loses nothing.
    await form.reload()
    await form.locator('textarea').waitFor()
    await expect.poll(() => form.locator('textarea').inputValue()).toBe(LONG)
    await expect.poll(() => form.locator('.tiles input:checked').count()).toBe(1)
    await givePhoto(form, 'long', () => form.locator('.photo-buttons button').nth(1).click())
    await form.locator('.photo img').waitFor()
    expect(await violations(form)).toEqual([])
    expect(await isTooWide(form)).toBe(false)
    await form.locator('main > .button-row .button').last().click()
    await form.locator('.review-row').filter({ hasText: CODE }).waitFor()
    expect(await violations(form)).toEqual([])
    expect(await isTooWide(form)).toBe(false)
    const code = CODE.exec((await form.locator('main').textContent()) ?? '')?.[0] ?? ''
    await page.locator('.chat-entry.said').filter({ hasText: code }).first().waitFor()

    await form.reload()
    await form.locator('.notice.info').waitFor()
    await expect.poll(() => form.locator('main').textContent()).toContain(code)
    await expect.poll(() => form.locator('textarea').count()).toBe(0)
    expect(faults).toEqual([])
    expect(server.output()).not.toContain(url.slice(-32))
    await context.close()
  })

  it('a link that leads nowhere says so, and keeps nobody', async () => {
    const { context, page } = await openDevice(browser, PHONE)
    await page.goto(`${server.url}/#/viet/${'0'.repeat(64)}`)
    await page.locator('.notice.error').waitFor()
    await expect.poll(() => page.locator('.notice.error').textContent()).toContain('viết dài')
    expect(await violations(page)).toEqual([])
    await context.close()
  })

  it('between reports the words "viết dài" alone open the page, which asks for everything', async () => {
    const { context, page } = await openDevice(browser, PHONE)
    await page.goto(`${server.url}/chat`)
    await choice(page, 'report_incident').waitFor()
    await write(page, 'viet dai')
    await link(page).waitFor()
    await page.goto((await link(page).getAttribute('href')) ?? '')
    const send = page.locator('main > .button-row .button').last()
    await send.click()
    await expect.poll(() => page.locator('.field-error').count()).toBe(4)
    expect(await violations(page)).toEqual([])
    await page.locator('textarea').fill('Rác đổ bên đường đã một tuần')
    await page.locator('.tiles .choice').nth(4).click()
    await page.locator('input.input').fill('thôn Phước Yên')
    await page.locator('main .check input').check()
    await send.click()
    await page.locator('.review-row').filter({ hasText: CODE }).waitFor()
    await context.close()
  })
})
