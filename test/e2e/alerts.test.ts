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

const HEADLINE = 'Nước sông Bồ lên nhanh, đêm nay có thể tới báo động 3'
const shots = process.env.LOA_SHOTS
const look = async (page: Page, name: string) => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
}

async function openDesk(login: Login, viewport: { width: number; height: number }) {
  const device = await openDevice(browser, viewport)
  await enter(device.page, server.url, login)
  await device.page.goto(`${server.url}/console#/alerts`)
  await device.page.locator('.alert-desk h2').first().waitFor()
  return device
}

/** Draws a triangle on the map, drags one corner, and adds a circle by keyboard. */
async function drawArea(page: Page): Promise<void> {
  await page.getByText('Khoanh vùng trên bản đồ').click()
  const map = page.locator('.area-map .map-frame')
  await map.locator('text').first().waitFor()
  await map.scrollIntoViewIfNeeded()
  const box = await map.boundingBox()
  const at = (x: number, y: number) =>
    [(box?.x ?? 0) + (box?.width ?? 0) * x, (box?.y ?? 0) + (box?.height ?? 0) * y] as const
  for (const spot of [at(0.2, 0.2), at(0.7, 0.2), at(0.5, 0.7), at(0.1, 0.6)])
    await page.mouse.click(...spot)
  await page.getByRole('button', { name: 'Bỏ góc cuối' }).click()
  await page.getByRole('button', { name: 'Khép vùng' }).click()
  const text = page.getByLabel('Tọa độ vùng khoanh')
  await expect.poll(async () => (await text.inputValue()).split(' ').length).toBe(3)
  const drawn = await text.inputValue()
  await map.scrollIntoViewIfNeeded()
  const corner = await page.locator('.area-handle').first().boundingBox()
  const [x, y] = [(corner?.x ?? 0) + 20, (corner?.y ?? 0) + 20]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 30, y + 20, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => text.inputValue()).not.toBe(drawn)
  const moved = await text.inputValue()
  expect(moved.split(' ').slice(1)).toEqual(drawn.split(' ').slice(1))
  await text.fill(`${moved}\n16.58`)
  await page.getByText('Dòng 2 chưa đọc được').waitFor()
  await text.fill(`${moved}\n16.58,107.52 1.5`)
  await page.locator('.area-map circle').waitFor()
  await expect.poll(() => page.getByLabel('Bán kính hình tròn 1 (km)').inputValue()).toBe('1.5')
  await page.getByText(/Sẽ gửi tới \d+ người/).waitFor()
}

it('a warning is written on a phone, issued at a desk, and stands on the residents’ first page', async () => {
  const writer = await openDesk(server.logins.dispatcher, PHONE)
  await look(writer.page, 'desk-empty-360')
  await writer.page.getByRole('button', { name: 'Soạn cảnh báo mới' }).click()
  const form = writer.page.locator('dialog form')
  await form.getByLabel('2: chuẩn bị').check()
  await expect
    .poll(() => form.getByLabel('Cần làm gì', { exact: true }).inputValue())
    .toContain('chuyển xe')
  await form.getByLabel('Câu chính', { exact: true }).fill(HEADLINE)
  await form.getByLabel('Nơi phát tin').fill('UBND xã Quảng Điền')
  await drawArea(writer.page)
  await look(writer.page, 'form-360')
  await form.getByRole('button', { name: 'Lưu bản soạn' }).click()
  const draft = writer.page.locator('.alert-desk li', { hasText: HEADLINE })
  await draft.waitFor()
  await expect.poll(() => draft.textContent()).toContain('Còn thiếu: người ký, số văn bản')
  await expect.poll(() => draft.textContent()).toContain('vùng khoanh trên bản đồ')
  await draft.getByRole('button', { name: 'Sửa' }).click()
  await form.getByLabel('Người ký').fill('Phan Đình Khôi')
  await form.getByLabel('Số văn bản').fill('12/TB-UBND')
  await form.getByRole('button', { name: 'Lưu bản soạn' }).click()
  await draft.getByRole('button', { name: 'Trình duyệt' }).click()
  await draft.getByText('Cần một người duyệt khác').waitFor()
  await look(writer.page, 'proposed-360')
  expect(writer.faults).toEqual([])
  await writer.context.close()

  const approver = await openDesk(server.logins.approver, DESK)
  const waiting = approver.page.locator('.alert-desk li', { hasText: HEADLINE })
  await waiting.getByText('Xem vùng khoanh trên bản đồ').click()
  await waiting.locator('.area-map polygon').waitFor()
  await waiting.getByText(/Sẽ gửi tới \d+ người/).waitFor()
  await look(approver.page, 'approve-1280')
  await waiting.getByRole('button', { name: 'Phát tin' }).click()
  await waiting.getByRole('button', { name: 'Soạn tin kết thúc' }).waitFor()
  await look(approver.page, 'issued-1280')
  expect(approver.faults).toEqual([])
  await approver.context.close()

  for (const viewport of [PHONE, DESK]) {
    const { context, page, faults } = await openDevice(browser, viewport)
    await page.goto(`${server.url}/`)
    const notice = page.locator('.home-top .notice', { hasText: HEADLINE })
    await notice.waitFor()
    await look(page, `home-${viewport.width}`)
    await notice.getByRole('link').click()
    await page.getByText('Phan Đình Khôi').waitFor()
    await look(page, `alert-${viewport.width}`)
    await page.getByRole('link', { name: 'Tất cả cảnh báo' }).click()
    await page.locator('.alert-list li').waitFor()
    await look(page, `alerts-${viewport.width}`)
    expect(faults).toEqual([])
    await context.close()
  }
})
