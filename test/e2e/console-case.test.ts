import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  DESK,
  type Device,
  enter,
  isTooWide,
  openBrowser,
  openDevice,
  PHONE,
  reportByChat,
  rowOf,
  violations,
} from './chat-kit.ts'
import { type RunningServer, startServer } from './server.ts'

let server: RunningServer
let browser: Browser
let code: string
const devices: Device[] = []

async function device(viewport: { width: number; height: number }): Promise<Device> {
  const made = await openDevice(browser, viewport)
  devices.push(made)
  return made
}
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
  const { page } = await device(PHONE)
  code = await reportByChat(page, server.url, 'Xe tải cán gãy nắp cống trước cổng trường')
})
afterEach(async () => {
  await Promise.all(devices.splice(0).map(({ context }) => context.close()))
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

async function openCase(
  viewport: { width: number; height: number },
  who: 'dispatcher' | 'officer',
) {
  const made = await device(viewport)
  await enter(made.page, server.url, server.logins[who])
  await rowOf(made.page, code).click()
  await made.page.locator('.desk-case h1').waitFor()
  return made
}

describe('covering faces and plates', () => {
  it.each([
    ['a phone', PHONE],
    ['a desk', DESK],
  ])('goes by drawing, on %s', async (_name, viewport) => {
    const { page, faults } = await openCase(viewport, 'dispatcher')
    await page.locator('.desk-photo').click()
    const bar = page.locator('.desk-large-bar .button')
    await bar.first().click()
    expect(await violations(page)).toEqual([])
    await bar.last().click()
    const stage = page.locator('.desk-cover-stage')
    await stage.locator('img').evaluate((img: HTMLImageElement) => img.decode())
    const before = await stage.locator('.desk-cover-box').count()
    // The sheet rises: what is drawn before it stands still goes elsewhere.
    let frame = { x: 0, y: 0, width: 0, height: 0 }
    const hasMoved = async () => {
      const last = JSON.stringify(frame)
      frame = (await stage.boundingBox()) ?? frame
      return JSON.stringify(frame) !== last
    }
    await expect.poll(hasMoved).toBe(false)
    const at = (x: number, y: number) =>
      [frame.x + frame.width * x, frame.y + frame.height * y] as const
    await page.mouse.move(...at(0.2, 0.2 + before / 10))
    await page.mouse.down()
    await page.mouse.move(...at(0.5, 0.3 + before / 10), { steps: 3 })
    await page.mouse.up()
    const boxes = stage.locator('button.desk-cover-box')
    await expect.poll(() => boxes.count()).toBe(before + 1)
    expect(await violations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
    await page.locator('.desk-cover .button').last().click()
    await page.locator('.desk-large').waitFor()
    await expect.poll(() => bar.count()).toBe(3)
    await bar.nth(1).click()
    const picture = page.locator('.sheet-picture')
    await picture.evaluate((img: HTMLImageElement) => img.decode())
    await expect.poll(() => picture.getAttribute('src')).not.toContain('original')
    expect(faults).toEqual([])
  })

  it('goes by keys alone, and one press takes a part off', async () => {
    const { page } = await openCase(DESK, 'dispatcher')
    await page.locator('.desk-photo').click()
    await page.locator('.desk-large-bar .button').last().click()
    const boxes = page.locator('button.desk-cover-box')
    await page.locator('.desk-cover-stage img').evaluate((img: HTMLImageElement) => img.decode())
    const before = await boxes.count()
    await page.locator('.desk-cover .button').first().press('Enter')
    const last = boxes.nth(before)
    const place = () => last.evaluate((box) => [box.style.left, box.style.width])
    expect(await place()).toEqual(['40%', '20%'])
    await last.press('ArrowRight')
    await last.press('Shift+ArrowRight')
    expect(await place()).toEqual(['42%', '22%'])
    await last.press('Delete')
    await expect.poll(() => boxes.count()).toBe(before)
  })
})

describe('before a step', () => {
  it.each([
    ['a phone', PHONE],
    ['a desk', DESK],
  ])('shows the message on each channel, the sender’s first, on %s', async (_name, viewport) => {
    const { page, faults } = await openCase(viewport, 'dispatcher')
    if (viewport === PHONE) await page.locator('.desk-actions > .button').nth(1).click()
    await page.getByRole('button', { name: 'Hỏi thêm người dân' }).click()
    await page.locator('.sheet textarea').fill('Nắp cống bên trái hay bên phải cổng?')
    await page.locator('.desk-preview .button').click()
    const frames = page.locator('.desk-channels > li')
    await frames.nth(3).waitFor()
    await expect.poll(() => frames.first().locator('h4').textContent()).toBe('Trang chat')
    for (const text of await frames.allTextContents()) expect(text).toContain('Nắp cống bên trái')
    expect(await violations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
    expect(faults).toEqual([])
  })

  it('shows what everybody will read, which nobody can read yet', async () => {
    const { page } = await openCase(PHONE, 'dispatcher')
    await page.getByRole('button', { name: 'Xem như mọi người' }).click()
    const sheet = page.locator('.sheet')
    await sheet.getByText('Chưa ai ngoài cán bộ').waitFor()
    await sheet.getByText('Xe tải cán gãy nắp cống').waitFor()
    expect(await violations(page)).toEqual([])
  })
})
