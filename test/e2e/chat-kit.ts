import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { phonePhoto } from '../tour/photo.ts'

export const ARGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(
    ' ',
  )
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const PHONE = { width: 360, height: 640 }
export const DESK = { width: 1280, height: 800 }
export const CODE = /HUE-[2-9A-Z]{4}-[2-9A-Z]{4}/

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS })

export type Device = { context: BrowserContext; page: Page; faults: string[] }

/** A page of a fresh device; `faults` collects uncaught errors and what the strict CSP refused. */
export async function openDevice(
  browser: Browser,
  viewport: { width: number; height: number },
): Promise<Device> {
  const context = await browser.newContext({ viewport, locale: 'vi-VN', reducedMotion: 'reduce' })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) faults.push(message.text())
  })
  return { context, page, faults }
}

/** Ids of rules that the page breaks, with the first element of each. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    // Colours of a sheet that is still fading in are not the ones people read.
    const passing = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.allSettled(passing.map((animation) => animation.finished))
    type Result = { violations: { id: string; nodes: { target: string[] }[] }[] }
    const { axe } = globalThis as unknown as { axe: { run: () => Promise<Result> } }
    const result = await axe.run()
    return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)
  })
}

export const isTooWide = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)

/** A photo as a phone makes it. */
export async function photoFile(label: string) {
  const bytes = await phonePhoto({ label, lng: 107.5006, lat: 16.5462 })
  return { name: 'photo.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) }
}

/** Answers the file chooser that `press` opens. */
export async function givePhoto(page: Page, label: string, press: () => Promise<void>) {
  const chooser = page.waitForEvent('filechooser')
  await press()
  await (await chooser).setFiles(await photoFile(label))
}

/** A live choice of the conversation by the end of its id. */
export const choice = (page: Page, name: string) =>
  page.locator(`.chat-main [data-choice$=":${name}"]`)

/** Says something and waits until Loa has answered it. */
export async function write(page: Page, text: string): Promise<void> {
  const own = page.locator('.chat-entry.own.sent')
  const before = await own.count()
  await page.locator('#chat-text').fill(text)
  await page.keyboard.press('Enter')
  await own.nth(before).waitFor()
}

/** Reports a broken road with a photo through the chat; resolves to its public code. */
export async function reportByChat(page: Page, url: string, words: string): Promise<string> {
  await page.goto(`${url}/chat`)
  await choice(page, 'report_incident').click()
  await choice(page, 'agree').click()
  await choice(page, 'road').click()
  await page.locator('.chat-main [data-choice*=":h."]').first().click()
  await page.locator('.chat-main [data-choice*=":h."]').first().waitFor({ state: 'detached' })
  await write(page, words)
  await givePhoto(page, 'road', () => page.locator('.chat-want button').nth(1).click())
  const review = choice(page, 'send')
  const done = choice(page, 'done')
  await review.or(done).first().waitFor()
  if (await done.isVisible()) await done.click()
  await review.click()
  await review.waitFor({ state: 'detached' })
  // An open case near is offered to be followed; this one is sent all the same.
  const sendNew = choice(page, 'new')
  const receipt = page.locator('.chat-entry.said').filter({ hasText: /Đã gửi, chờ tiếp nhận/ })
  await sendNew.or(receipt).first().waitFor()
  if (await sendNew.isVisible()) await sendNew.click()
  await receipt.last().waitFor()
  const answer = page.locator('.chat-entry.said').filter({ hasText: CODE }).last()
  await answer.waitFor()
  const code = CODE.exec((await answer.textContent()) ?? '')?.[0]
  if (code === undefined) throw new Error('the chat showed no code')
  return code
}

/** Signs an official in; the work list (or an empty one) is there afterwards. */
export async function signIn(
  page: Page,
  url: string,
  who: { login: string; password: string },
): Promise<void> {
  await page.goto(`${url}/console`)
  await page.locator('input[autocomplete="username"]').fill(who.login)
  await page.locator('input[autocomplete="current-password"]').fill(who.password)
  await page.keyboard.press('Enter')
  await page.locator('.desk-tabs').waitFor()
}

const sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>()

/**
 * Opens the work list as this official. Signs in through the form once a server and official, because sign-ins of one
 * login from one address are throttled; later devices are given that session.
 */
export async function enter(
  page: Page,
  url: string,
  who: { login: string; password: string },
): Promise<void> {
  const key = `${url} ${who.login}`
  const cookies = sessions.get(key)
  if (cookies === undefined) {
    await signIn(page, url, who)
    sessions.set(key, await page.context().cookies())
    return
  }
  await page.context().addCookies(cookies)
  await page.goto(`${url}/console`)
  await page.locator('.desk-tabs').waitFor()
}

/** The row of a case in the work list. */
export const rowOf = (page: Page, code: string) =>
  page.locator('[data-row]').filter({ hasText: code })
