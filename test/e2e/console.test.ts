import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  DESK,
  type Device,
  enter,
  givePhoto,
  isTooWide,
  openBrowser,
  openDevice,
  PHONE,
  reportByChat,
  rowOf,
  signIn,
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

async function device(viewport: { width: number; height: number }): Promise<Device> {
  const made = await openDevice(browser, viewport)
  devices.push(made)
  return made
}

/** The usual next step, at the foot of a phone and at the side of a desk. */
const mainMove = (page: Device['page']) => page.locator('.desk-actions > .button').first()
const done = (page: Device['page']) => page.locator('.notice.ok')

async function openCase(page: Device['page'], code: string): Promise<void> {
  await rowOf(page, code).click()
  await page.locator('.desk-case h1').waitFor()
}

/** A fresh case that its agency's officer works on. */
async function caseInProgress(words: string): Promise<{ code: string; officer: Device }> {
  const code = await reportByChat((await device(PHONE)).page, server.url, words)
  const { page } = await device(DESK)
  await enter(page, server.url, server.logins.dispatcher)
  await openCase(page, code)
  await mainMove(page).click()
  await page.locator('.desk-agency.suggested').click()
  await done(page).waitFor()
  const officer = await device(DESK)
  await enter(officer.page, server.url, server.logins.officer)
  await openCase(officer.page, code)
  await mainMove(officer.page).click()
  await done(officer.page).waitFor()
  return { code, officer }
}

const addProof = (page: Device['page']) =>
  givePhoto(page, 'mended', () => page.locator('.sheet .button-row .button').nth(1).click())

describe('signing in', () => {
  it('says the same for a wrong password and an unknown login, with a support code', async () => {
    const { page } = await device(PHONE)
    await page.goto(`${server.url}/console`)
    const attempt = async (login: string) => {
      await page.locator('input[autocomplete="username"]').fill(login)
      await page.locator('input[autocomplete="current-password"]').fill('khong dung mat khau')
      await page.keyboard.press('Enter')
      const notice = page.locator('.notice.error')
      await notice.waitFor()
      const text = (await notice.textContent()) ?? ''
      await page.reload()
      return text
    }
    const code = /[2-9A-Z]{4}-[2-9A-Z]{4}/
    const known = await attempt(server.logins.officer.login)
    const unknown = await attempt('khong-co-ai')
    expect(known).toMatch(code)
    expect(unknown.replace(code, '')).toBe(known.replace(code, ''))
  })

  it('signs another device out, and that device is told to sign in again', async () => {
    const first = await device(DESK)
    const second = await device(PHONE)
    await signIn(first.page, server.url, server.logins.approver)
    await signIn(second.page, server.url, server.logins.approver)
    await first.page.goto(`${server.url}/console#/security`)
    const devicesOf = first.page.locator('.desk-sessions').last()
    await devicesOf.locator('> li').nth(1).waitFor()
    expect(await violations(first.page)).toEqual([])
    const others = devicesOf.locator('.button')
    for (let left = await others.count(); left > 0; left--) {
      await others.first().click()
      await expect.poll(() => others.count()).toBe(left - 1)
    }
    await second.page.reload()
    await second.page.locator('input[autocomplete="current-password"]').waitFor()
    await first.page.reload()
    await devicesOf.locator('> li').waitFor()
  })

  it('signs out, and the next page load asks for a password', async () => {
    const { page } = await device(DESK)
    await signIn(page, server.url, server.logins.dispatcher)
    await page.locator('.desk-bar button.icon-button').last().click()
    await page.locator('input[autocomplete="current-password"]').waitFor()
    await page.reload()
    await page.locator('input[autocomplete="current-password"]').waitFor()
  })
})

describe('the work list', () => {
  it.each([
    ['a phone', PHONE],
    ['a desk', DESK],
  ])('puts urgent first, is walked by j and k, opened by Enter, on %s', async (_name, viewport) => {
    const { page, faults } = await device(viewport)
    await enter(page, server.url, server.logins.dispatcher)
    const rows = page.locator('[data-row]')
    await rows.first().waitFor()
    const marks = await rows.evaluateAll((all) =>
      all.map((row) => row.classList.contains('urgent')),
    )
    expect(marks).toContain(true)
    expect(marks).toEqual(marks.toSorted((a, b) => Number(b) - Number(a)))
    expect(await violations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    await page.keyboard.press('j')
    const second = await rows.nth(1).getAttribute('data-row')
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-row'))).toBe(second)
    await page.keyboard.press('Enter')
    await page.locator('.desk-case h1').waitFor()
    expect(page.url()).toContain(`#/case/${second}`)
    expect(await violations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
    await page.goBack()
    await rows.first().waitFor()
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-row')))
      .toBe(second)
    expect(faults).toEqual([])
  })

  it('refreshes by itself without taking the focus away', async () => {
    const { page } = await device(DESK)
    await enter(page, server.url, server.logins.dispatcher)
    await page.locator('[data-row]').first().waitFor()
    await page.keyboard.press('j')
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-row'))
    const before = await focused()
    const resident = await device(PHONE)
    const code = await reportByChat(resident.page, server.url, 'Nắp cống bể giữa đường thôn')
    await rowOf(page, code).waitFor()
    expect(await focused()).toBe(before)
  })
})

describe('the inbox', () => {
  const cases = (page: Device['page']) => page.locator('[data-row][href*="#/case/"]')

  it('keeps its filters in the address, and going back takes them off', async () => {
    const { page } = await device(DESK)
    await enter(page, server.url, server.logins.dispatcher)
    await cases(page).first().waitFor()
    const before = await cases(page).count()
    await page.locator('.desk-filters select').nth(1).selectOption('urgent')
    await expect.poll(() => cases(page).count()).toBeLessThan(before)
    expect(page.url()).toMatch(/#\/\?urgency=urgent$/)
    expect(new URL(page.url()).search).toBe('')
    await page.reload()
    await cases(page).first().waitFor()
    await expect.poll(() => page.locator('.desk-row.normal').count()).toBe(0)
    await page.goBack()
    await expect.poll(() => cases(page).count()).toBe(before)
    await page.locator('.desk-filters input[type="search"]').fill('chang co chu nay')
    await page.keyboard.press('Enter')
    await expect.poll(() => cases(page).count()).toBe(0)
    expect(page.url()).toContain('#/?q=chang')
    await page.locator('.desk-filters input[type="search"]').fill('')
    await expect.poll(() => cases(page).count()).toBe(before)
    await page.locator('.desk-count.waiting').click()
    await expect.poll(() => page.url()).toContain('#/open?state=received')
    expect(await violations(page)).toEqual([])
  })

  it('takes several rows by keys, and an undo leaves all as it was', async () => {
    const codes: string[] = []
    for (const words of ['Cống nghẹt đầu xóm', 'Cống nghẹt cuối xóm'])
      codes.push(await reportByChat((await device(PHONE)).page, server.url, words))
    const { page } = await device(DESK)
    await enter(page, server.url, server.logins.dispatcher)
    for (const code of codes) {
      await rowOf(page, code).waitFor()
      await rowOf(page, code).focus()
      await page.keyboard.press('x')
    }
    await page.keyboard.press('f')
    await page.locator('.desk-held').waitFor()
    for (const code of codes) await expect.poll(() => rowOf(page, code).count()).toBe(0)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('u')
    for (const code of codes) await rowOf(page, code).waitFor()
    await rowOf(page, codes[0] ?? '').focus()
    await page.keyboard.press('f')
    await page.locator('.desk-agency.suggested').click()
    await rowOf(page, codes[0] ?? '').waitFor({ state: 'detached' })
    await rowOf(page, codes[1] ?? '').focus()
    await page.keyboard.press('a')
    await page.locator('.desk-held').waitFor()
    // Leaving the page sends what is held.
    await page.goto(`${server.url}/console#/open`)
    await page.reload()
    await expect.poll(() => rowOf(page, codes[1] ?? '').textContent()).toMatch(/Chờ chuyển/)
  })

  it('accepts and forwards in two taps on a phone', async () => {
    const code = await reportByChat((await device(PHONE)).page, server.url, 'Cây gãy chắn đường')
    const { page } = await device(PHONE)
    await enter(page, server.url, server.logins.dispatcher)
    await rowOf(page, code).waitFor()
    await page.locator('.desk-item').filter({ hasText: code }).locator('.desk-quick').click()
    await page.locator('.desk-agency.suggested').click()
    await rowOf(page, code).waitFor({ state: 'detached' })
  })

  it('tells all its keys on one page, and lets them be turned off', async () => {
    const { page } = await device(DESK)
    await enter(page, server.url, server.logins.dispatcher)
    await cases(page).first().waitFor()
    await page.keyboard.press('?')
    await page.locator('.desk-key-list').waitFor()
    expect(await violations(page)).toEqual([])
    await page.locator('.sheet .check input').uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    await page.keyboard.press('j')
    await expect.poll(() => page.locator('.desk-key-list').count()).toBe(0)
    await expect.poll(() => page.locator('[data-row]:focus').count()).toBe(0)
  })
})

describe('the story', () => {
  it('goes from a photo in the chat to an answer with a photo in the same chat', async () => {
    const resident = await device(PHONE)
    const words = 'Đường liên thôn lún một đoạn dài, ban đêm rất khó thấy'
    const code = await reportByChat(resident.page, server.url, words)

    const dispatcher = await device(PHONE)
    await enter(dispatcher.page, server.url, server.logins.dispatcher)
    await openCase(dispatcher.page, code)
    await dispatcher.page.locator('.desk-photo img').waitFor()
    await dispatcher.page.locator('.desk-photo').click()
    await dispatcher.page.locator('.sheet-picture').waitFor()
    await dispatcher.page.keyboard.press('Escape')
    await mainMove(dispatcher.page).click()
    expect(await violations(dispatcher.page)).toEqual([])
    const first = dispatcher.page.locator('.desk-agency').first()
    await expect.poll(() => first.getAttribute('class')).toContain('suggested')
    await first.click()
    await done(dispatcher.page).waitFor()
    const told = resident.page
      .locator('.chat-entry.said')
      .filter({ has: resident.page.locator('.chat-at') })
    await told.first().waitFor()

    const officer = await device(DESK)
    await enter(officer.page, server.url, server.logins.officer)
    await openCase(officer.page, code)
    await mainMove(officer.page).click()
    await done(officer.page).waitFor()
    await mainMove(officer.page).click()
    const answer = 'Đã san lấp đoạn lún và đặt đèn cảnh báo.'
    await officer.page.locator('.sheet textarea').fill(answer)
    const send = officer.page.locator('.sheet button[type="submit"]')
    await expect.poll(() => send.isDisabled()).toBe(true)
    await addProof(officer.page)
    await expect.poll(() => send.isDisabled()).toBe(false)
    await expect.poll(() => officer.page.locator('.desk-bubble').textContent()).toContain(answer)
    await expect.poll(() => officer.page.locator('.desk-bubble img').count()).toBe(1)
    expect(await violations(officer.page)).toEqual([])
    await send.click()
    await done(officer.page).waitFor()

    const answered = resident.page.locator('.chat-entry.said').filter({ hasText: answer })
    await answered.waitFor()
    const picture = resident.page.locator('.chat-picture img').last()
    await picture.waitFor()
    await expect
      .poll(() => picture.evaluate((img) => (img as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(0)
    for (const { faults } of [resident, dispatcher, officer]) expect(faults).toEqual([])
  })

  it('asks for a photo or a reason: a reason alone lets an answer go', async () => {
    const { officer } = await caseInProgress('Biển báo gãy nằm giữa đường')
    await mainMove(officer.page).click()
    await officer.page.locator('.sheet textarea').fill('Đã dựng lại biển báo.')
    const send = officer.page.locator('.sheet button[type="submit"]')
    await officer.page.locator('.sheet .check input').last().check()
    await expect.poll(() => send.isDisabled()).toBe(true)
    await officer.page.locator('.sheet textarea').nth(1).fill('Làm ban đêm, ảnh không rõ')
    await send.click()
    await done(officer.page).waitFor()
  })

  it('a stale edit tells what changed and keeps what was typed', async () => {
    const { code, officer } = await caseInProgress('Lề đường sạt sau mưa')
    const colleague = await device(DESK)
    await enter(colleague.page, server.url, server.logins.officer)
    await openCase(colleague.page, code)
    await mainMove(officer.page).click()
    const typed = 'Đã gia cố lề đường, chờ trời khô trải nhựa.'
    await officer.page.locator('.sheet textarea').fill(typed)
    await addProof(officer.page)

    // The colleague asks for more time first; the case moves on under the answer.
    await colleague.page.locator('.desk-actions > .button').nth(1).click()
    await colleague.page.locator('.sheet textarea').fill('Chờ trời khô')
    await colleague.page.locator('.sheet button[type="submit"]').click()
    await done(colleague.page).waitFor()

    const send = officer.page.locator('.sheet button[type="submit"]')
    await expect.poll(() => send.isDisabled()).toBe(false)
    await send.click()
    await officer.page.locator('.sheet .notice.warn li').first().waitFor()
    const versions = officer.page.locator('.sheet .desk-versions tbody tr').first()
    await versions.waitFor()
    await expect
      .poll(() => versions.locator('td').allTextContents())
      .toEqual(['Đang xử lý', 'Xin gia hạn'])
    expect(await violations(officer.page)).toEqual([])
    await expect.poll(() => officer.page.locator('.sheet textarea').inputValue()).toBe(typed)
    await expect.poll(() => send.isDisabled()).toBe(true)
  })
})
