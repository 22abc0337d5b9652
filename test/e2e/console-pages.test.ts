import type { Browser } from 'playwright-core'
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

it.each([
  ['dispatcher', 'a phone', PHONE],
  ['approver', 'a desk', DESK],
  ['editor', 'a phone', PHONE],
  ['admin', 'a phone', PHONE],
  ['admin', 'a desk', DESK],
] as const)('every page of the menu of a %s is whole, on %s', async (who, _where, viewport) => {
  const made = await openDevice(browser, viewport)
  devices.push(made)
  const { page, faults } = made
  await enter(page, server.url, server.logins[who])
  await page.locator('.desk-bar button.icon-button').nth(1).click()
  const links = page.locator('.sheet a[href^="#/"]')
  await links.first().waitFor()
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  expect(paths.length).toBeGreaterThan(3)
  const wrong: string[] = []
  for (const path of paths) {
    await page.goto(`${server.url}/console${path}`)
    await page.reload()
    await page.locator('main h1').first().waitFor()
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    for (const section of await page.locator('main details > summary').all()) await section.click()
    if ((await page.locator('.notice.error').count()) > 0) wrong.push(`${path}: a problem`)
    wrong.push(...(await violations(page)).map((violation) => `${path}: ${violation}`))
    if (await isTooWide(page)) wrong.push(`${path}: too wide`)
  }
  expect(wrong).toEqual([])
  expect(faults).toEqual([])
})

it('an editor changes a lesson, sees it as residents do, and publishes it', async () => {
  const made = await openDevice(browser, PHONE)
  devices.push(made)
  const { page, faults } = made
  await enter(page, server.url, server.logins.editor)
  await page.goto(`${server.url}/console#/lessons/avoid-scams`)
  await page.getByRole('button', { name: 'Sửa bài' }).click()
  await page.getByLabel('Chuẩn bị, tiếng Việt').fill('Điện thoại và kính lão.')
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await page.getByRole('button', { name: 'Lưu nháp' }).click()
  const preview = page.getByRole('region', { name: 'bản 2' })
  await preview.getByText('kính lão').waitFor()
  const shown = async () => {
    const answer = await fetch(`${server.url}/api/v1/lessons/avoid-scams`)
    return (await answer.json()).needs as string
  }
  expect(await shown()).not.toContain('kính lão')
  expect(await violations(page)).toEqual([])
  await page.getByRole('button', { name: 'đăng bản 2' }).click()
  await page.getByText('Bản 2, đang đăng').waitFor()
  expect(await shown()).toContain('kính lão')
  expect(faults).toEqual([])
})

it('a member of the digital team enters a session on a phone, and the board counts it', async () => {
  const made = await openDevice(browser, PHONE)
  devices.push(made)
  const { page, faults } = made
  await enter(page, server.url, server.logins.team)
  await page.goto(`${server.url}/console#/team`)
  await page.getByText('Ghi việc đã làm').click()
  await page.getByLabel('Thuộc việc nào của Tổ').selectOption('teach')
  await page.getByLabel('Ở thôn nào').selectOption({ label: 'Niêm Phò' })
  await page.getByLabel('Bao nhiêu người').fill('14')
  await page.getByLabel('Bao nhiêu tờ').fill('10')
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await page.getByRole('button', { name: 'Ghi lại' }).click()
  await page.getByText('1 lần, 14 lượt người').waitFor()
  await page.getByRole('button', { name: 'Bỏ:' }).click()
  await page.getByText('Chưa ghi việc nào.').waitFor()
  expect(faults).toEqual([])
})

const COLUMNS = 'STT,Số hồ sơ,Tên TTHC,Trạng thái,Hẹn lúc,Chủ hồ sơ'
const exported = (...states: string[]) => ({
  name: 'xuat-ho-so.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      COLUMNS,
      ...states.map(
        (state, i) => `${i},H57.19-261120-000${i + 1},Đăng ký khai sinh,${state},30/11/2026,Lê Mận`,
      ),
    ].join('\r\n'),
  ),
})

it('an admin teaches a new source its columns, is told of a bad line, and takes the file in, on a phone', async () => {
  const made = await openDevice(browser, PHONE)
  devices.push(made)
  const { page, faults } = made
  const choose = async (file: ReturnType<typeof exported>) => {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: /^Chọn tệp/ }).click()
    await (await chooser).setFiles(file)
  }
  await enter(page, server.url, server.logins.admin)
  await page.goto(`${server.url}/console#/dossiers/sources`)
  await page.getByRole('button', { name: 'Chọn tệp' }).waitFor()
  const source = page.getByLabel('Nguồn', { exact: true })
  if (await source.isVisible()) await source.selectOption('')
  await choose(exported('Đang xử lý', 'xong chưa'))
  await page.getByText('Dòng 3, cột “Trạng thái”').waitFor()
  await page.getByText('Các cột không dùng: STT, Hẹn lúc.').waitFor()
  await page.getByLabel('Ngày hẹn trả').selectOption('Hẹn lúc')
  await page.getByRole('button', { name: 'Xem thử' }).click()
  await page.getByText('23:59 30/11/2026').waitFor()
  await page.getByText('Các cột không dùng: STT.').waitFor()
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  await page.getByLabel('Cơ quan giải quyết').fill('UBND xã Quảng Điền')
  await page.getByLabel('Tên ngắn của nguồn').fill('xuat-tay')
  await page.getByRole('button', { name: 'Lưu cách đọc' }).click()
  const take = page.getByRole('button', { name: 'Nhập cả tệp' })
  await take.click()
  const refused = page.getByRole('alert').filter({ hasText: 'Chưa nhập dòng nào' })
  await refused.getByText('Dòng 3, cột “Trạng thái”').waitFor()
  await choose(exported('Đang xử lý', 'Đã xử lý xong'))
  await refused.waitFor({ state: 'detached' })
  await take.click()
  await page.getByText('Đã nhập 2 dòng').waitFor()
  expect(await violations(page)).toEqual([])
  expect(await isTooWide(page)).toBe(false)
  expect(faults).toEqual([])
})
