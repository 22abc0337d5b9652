import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DESK, enter, isTooWide, openBrowser, openDevice, PHONE, violations } from './chat-kit.ts'
import { type Login, type RunningServer, startServer } from './server.ts'

let server: RunningServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const TITLE = 'Tiêm chủng tại Trạm Y tế xã'
const shots = process.env.LOA_SHOTS
const look = async (page: Page, name: string) => {
  if (shots !== undefined)
    await page.screenshot({ path: `${shots}/notice-${name}.png`, fullPage: true })
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

async function openDesk(login: Login, viewport: { width: number; height: number }) {
  const device = await openDevice(browser, viewport)
  await enter(device.page, server.url, login)
  await device.page.goto(`${server.url}/console#/notices`)
  await device.page.locator('.alert-desk h2').first().waitFor()
  return device
}

it('a notice is written on a phone, seen as each channel shows it, released at a desk, read and withdrawn', async () => {
  const writer = await openDesk(server.logins.dispatcher, PHONE)
  await writer.page.getByRole('button', { name: 'Soạn thông báo mới' }).click()
  const form = writer.page.locator('dialog form')
  await form.getByLabel('Bắt đầu từ mẫu').selectOption('vaccination')
  await form.getByLabel('Có giờ và nơi cụ thể').check()
  await form.getByLabel('Nơi', { exact: true }).fill('Trạm Y tế xã')
  await form.getByLabel('Nơi phát tin').fill('UBND xã Quảng Điền')
  await form.getByLabel('Người ký').fill('Phan Đình Khôi')
  await form.getByLabel('Số văn bản').fill('9/TB-UBND')
  await look(writer.page, 'form-360')
  await form.getByRole('button', { name: 'Lưu bản soạn' }).click()
  const draft = writer.page.locator('.alert-desk li.card', { hasText: TITLE })
  await draft.getByRole('button', { name: 'Xem trước và ước tính' }).click()
  await draft.locator('.desk-channels').nth(1).waitFor()
  await expect.poll(() => draft.locator('.desk-channels').first().locator('h4').count()).toBe(4)
  await look(writer.page, 'forecast-360')
  await draft.getByRole('button', { name: 'Trình duyệt' }).click()
  await draft.getByText('Cần một người duyệt khác').waitFor()
  expect(writer.faults).toEqual([])
  await writer.context.close()

  const approver = await openDesk(server.logins.approver, DESK)
  const card = approver.page.locator('.alert-desk li.card', { hasText: TITLE })
  await look(approver.page, 'release-1280')
  await card.getByRole('button', { name: 'Phát thông báo' }).click()
  await card.getByRole('button', { name: 'Thu hồi' }).waitFor()

  const { context, page, faults } = await openDevice(browser, PHONE)
  const isListed = async () => {
    await page.goto(`${server.url}/#/notices?again`)
    await page.goto(`${server.url}/#/notices`)
    await page.locator('.alert-list li').first().waitFor()
    return (await page.getByRole('link', { name: TITLE }).count()) === 1
  }
  await expect.poll(isListed, { timeout: 60_000 }).toBe(true)
  await look(page, 'list-360')
  await page.getByRole('link', { name: TITLE }).click()
  await page.getByText('9/TB-UBND').waitFor()
  await look(page, 'one-360')
  expect(faults).toEqual([])

  await card.getByRole('button', { name: 'Thu hồi' }).click()
  await card.getByLabel('Vì sao thu hồi thông báo này?').fill('Đổi sang ngày khác')
  await card.getByRole('button', { name: 'Thu hồi ngay' }).click()
  await card.getByText('Đã thu hồi').waitFor()
  await look(approver.page, 'withdrawn-1280')
  await expect.poll(isListed, { timeout: 60_000 }).toBe(false)
  await context.close()
  expect(approver.faults).toEqual([])
  await approver.context.close()
})
