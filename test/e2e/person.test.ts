import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { isTooWide, openBrowser, openDevice, PHONE, violations } from './chat-kit.ts'
import { type RunningServer, startServer } from './server.ts'
import { keepSession, type Session, signInByChat } from './sign-in.ts'

let server: RunningServer
let browser: Browser
beforeAll(async () => {
  ;[server, browser] = await Promise.all([startServer(), openBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await server?.stop()
})

const api = (path: string, init: RequestInit = {}) =>
  fetch(`${server.url}/api/v1${path}`, {
    ...init,
    headers: { 'Content-Type': 'application/json', Origin: server.url, ...init.headers },
  })
const post = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
  (await api(path, { method: 'POST', body: JSON.stringify(body), headers })).json()

const signIn = () => signInByChat(server.url)

/** A page of somebody's device, signed in. */
async function pageOf(session: Session): Promise<{ page: Page; faults: string[] }> {
  const { context, page, faults } = await openDevice(browser, PHONE)
  await keepSession(context, session)
  return { page, faults }
}

async function report({ token }: Session, description: string): Promise<string> {
  const body = {
    category: 'lighting',
    description,
    place: { source: 'pin', lng: 107.53251, lat: 16.56974, unitCode: '19867' },
    consentVersion: 1,
  }
  return (await post('/incidents', body, { Authorization: `Bearer ${token}` })).publicCode
}

type Myself = { displayName: string | null; consents: { withdrawnAt: string | null }[] }
const myself = async ({ token }: Session): Promise<Myself> =>
  (await api('/me', { headers: { Authorization: `Bearer ${token}` } })).json()

type Mark = { code: string; category: string }
type Item = { id: string; publicCode: string; version: number }
async function move(who: 'dispatcher' | 'officer', code: string, ...moves: object[]) {
  const signedIn = await api('/session', {
    method: 'POST',
    body: JSON.stringify(server.logins[who]),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  for (const one of moves) {
    const list = await api('/console/incidents?scope=all&limit=100', { headers: { cookie } })
    const found = ((await list.json()).items as Item[]).find((item) => item.publicCode === code)
    const body = { version: found?.version, move: one }
    const done = await post(`/console/incidents/${found?.id}/moves`, body, { cookie })
    if (done.status >= 400) throw new Error(JSON.stringify(done))
  }
}
const answered = async (code: string) => {
  await move('dispatcher', code, { kind: 'accept_and_assign', agencyCode: '19867.kinh-te' })
  const answer = { kind: 'answer', text: 'Đã thay bóng.', mediaIds: [], noProofReason: 'tối' }
  await move('officer', code, { kind: 'start' }, answer)
}

/** A dossier of the demonstration, and the digits that prove it. */
function demoDossier(): { code: string; digits: string } {
  const day = new Date(Date.now() + 7 * 3_600_000 - 86_400_000)
  const date = day.toISOString().slice(2, 10).replaceAll('-', '')
  return { code: `000.00.00.H57-${date}-0000`, digits: '1234' }
}

describe.concurrent('somebody who signed in', () => {
  it('finds steps in the inbox, unread until opened, with why they came', async ({ expect }) => {
    const session = await signIn()
    const code = await report(session, 'Đèn đường trước nhà văn hóa tắt')
    await move('dispatcher', code, { kind: 'accept_and_assign', agencyCode: '19867.kinh-te' })
    const { page, faults } = await pageOf(session)
    await page.goto(`${server.url}/#/`)
    await page.locator('.unread-mark').waitFor()
    await page.locator('a[href="#/inbox"]').click()
    const item = page.locator('.inbox-item').first()
    await item.locator('summary').click()
    await expect.poll(() => item.locator('.inbox-why p').first().textContent()).toBeTruthy()
    await expect.poll(() => item.textContent()).toContain(code)
    await page.locator('.inbox-item.unread').waitFor({ state: 'detached' })
    expect(await violations(page)).toEqual([])
    await page.reload()
    await page.locator('.inbox-item').first().waitFor()
    // On a slow line the last known copy stands there first.
    await page.locator('.inbox-item.unread').waitFor({ state: 'detached' })
    expect(faults).toEqual([])
  })

  it('subscribes after agreeing, sets quiet hours, and stops a topic', async ({ expect }) => {
    const { page } = await pageOf(await signIn())
    await page.goto(`${server.url}/#/me/topics`)
    await page.locator('select').first().selectOption('flood')
    const add = page.locator('main .card').first().locator('.button.secondary')
    await add.click()
    await page.locator('main .check input').check()
    await add.click()
    await page.locator('.me-row').waitFor()
    await page.locator('input[type="time"]').first().fill('22:15')
    await page.locator('main .card').last().locator('.button').last().click()
    await page.locator('main .notice.ok').waitFor()
    expect(await violations(page)).toEqual([])
    await page.reload()
    await page.locator('.me-row').waitFor()
    await expect.poll(() => page.locator('input[type="time"]').first().inputValue()).toBe('22:15')
    await page.locator('.me-row button').click()
    await page.locator('.me-row').waitFor({ state: 'detached' })
  })

  it('sees the chats, makes a code for another one, and takes the data along', async ({
    expect,
  }) => {
    const { page } = await pageOf(await signIn())
    await page.goto(`${server.url}/#/me/channels`)
    await page.locator('.me-row').first().waitFor()
    await page.locator('main .button.secondary').click()
    await expect
      .poll(() => page.locator('.big-code').textContent())
      .toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
    expect(await violations(page)).toEqual([])
    await page.goto(`${server.url}/#/me/data`)
    await page.locator('main .card').nth(1).locator('.button').click()
    const saving = page.waitForEvent('download')
    await page.locator('a[download]').click()
    const file = await saving
    expect(file.suggestedFilename()).toBe('loa.json')
    expect(await violations(page)).toEqual([])
    expect(await isTooWide(page)).toBe(false)
  })

  it('sees what was known of the own data when the signal is gone, and how old it is', async ({
    expect,
  }) => {
    const { page } = await pageOf(await signIn())
    await page.goto(server.url)
    // Its files are kept once the worker stands.
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    const shown: Record<string, string> = {
      me: 'input[autocomplete="name"]',
      'me/data': 'main .card',
      'me/channels': '.me-row',
      'me/topics': 'main select',
    }
    for (const [route, mark] of Object.entries(shown)) {
      await page.goto(`${server.url}/#/${route}`)
      await page.locator(mark).first().waitFor()
    }
    await page.context().setOffline(true)
    for (const [route, mark] of Object.entries(shown)) {
      await page.goto(`${server.url}/#/${route}`)
      await page.locator('.age-note').first().waitFor()
      await page.locator(mark).first().waitFor()
      await expect.poll(() => page.locator('main .notice.error').count()).toBe(0)
      expect(await violations(page)).toEqual([])
    }
  })

  it('corrects the name, withdraws the consent, and is gone after erasing', async ({ expect }) => {
    const session = await signIn()
    const code = await report(session, 'Đèn đường ngõ 5 tắt')
    const { page } = await openDevice(browser, PHONE)
    await page.goto(server.url)
    await page.evaluate(
      (kept) => localStorage.setItem('loa.session', kept),
      JSON.stringify(session),
    )
    await page.goto(`${server.url}/#/me`)
    await page.reload()
    const name = page.locator('input[autocomplete="name"]')
    await name.fill('Bà Mận')
    await page.keyboard.press('Enter')
    const named = async () => (await myself(session)).displayName
    await expect.poll(named, { timeout: 20_000 }).toBe('Bà Mận')
    await page.goto(`${server.url}/#/me/data`)
    const consents = page.locator('main .card').first()
    await consents.locator('.button.quiet').click()
    await consents.locator('.button.quiet').waitFor({ state: 'detached' })
    expect((await myself(session)).consents.every(({ withdrawnAt }) => withdrawnAt)).toBe(true)
    const erase = page.locator('main .card').last()
    await erase.locator('.button.secondary').click()
    expect(await violations(page)).toEqual([])
    await erase.locator('.button.danger').click()
    await page.locator('main form input').waitFor()
    const headers = { Authorization: `Bearer ${session.token}` }
    expect((await api('/me', { headers })).status).toBe(401)
    expect(await page.evaluate(() => localStorage.getItem('loa.session'))).toBeNull()
    // The case stays for the commune to mend, and leads to nobody.
    expect((await api(`/incidents/${code}`)).status).not.toBe(500)
  })

  it('opens an answered case again with a reason, from a device that never sent it', async ({
    expect,
  }) => {
    const session = await signIn()
    const code = await report(session, 'Đèn đường ngõ 3 tắt')
    await answered(code)
    const { page } = await pageOf(session)
    await page.goto(`${server.url}/#/cases`)
    await page.locator(`a[href="#/case/${code}"]`).click()
    await page.locator('.outcome-ways button').nth(1).click()
    const send = page.locator('main .card').filter({ has: page.locator('.outcome-ways') })
    await send.locator('.button-row .button').click()
    await page.locator('.field-error').waitFor()
    await page.locator('textarea').fill('Mới một bóng sáng, ba bóng vẫn tắt')
    expect(await violations(page)).toEqual([])
    await send.locator('.button-row .button').click()
    await page.locator('.outcome-ways').waitFor({ state: 'detached' })
    await expect.poll(() => page.locator('.badge').first().textContent()).toContain('Mở lại')
  })

  it('adds a word, withdraws after a second look, and is asked to do neither any more', async ({
    expect,
  }) => {
    const session = await signIn()
    const code = await report(session, 'Đèn đường cổng chợ tắt')
    const { page } = await pageOf(session)
    await page.goto(`${server.url}/#/case/${code}`)
    const tools = page.locator('main > .stack > .button-row')
    await tools.locator('.button').first().click()
    await page.locator('dialog textarea').fill('Tối qua có người té')
    expect(await violations(page)).toEqual([])
    await page.locator('dialog .button.big.primary').click()
    await page.locator('dialog').waitFor({ state: 'detached' })
    await tools.locator('.button.quiet').click()
    await page.locator('dialog .button.danger').click()
    await page.locator('dialog').waitFor({ state: 'detached' })
    await expect.poll(() => tools.locator('.button').count()).toBe(1)
  })

  it('lets a relative follow their dossier by a link, and no longer', async ({ expect }) => {
    const [owner, relative] = [await signIn(), await signIn()]
    const dossier = demoDossier()
    await post(
      '/dossiers/followed',
      { ...dossier, consentVersion: 1 },
      { Authorization: `Bearer ${owner.token}` },
    )
    const own = await pageOf(owner)
    await own.page.goto(`${server.url}/#/dossiers`)
    await own.page.getByRole('button', { name: 'Tạo mã cho người thân' }).click()
    const made = own.page.getByText(/^Mã cho người thân: /)
    const delegation = /\S{4}-\S{4}/.exec((await made.textContent()) ?? '')?.[0]
    expect(await violations(own.page)).toEqual([])
    expect(await isTooWide(own.page)).toBe(false)
    const { page, faults } = await pageOf(relative)
    await page.goto(`${server.url}/#/dossiers/take/${delegation}`)
    const take = page.getByRole('button', { name: 'Xem hồ sơ của người thân' })
    await take.click()
    await page.getByLabel('Tôi đã đọc và đồng ý').check()
    expect(await violations(page)).toEqual([])
    await take.click()
    const given = page.getByText('Người thân cho ông/bà cùng xem hồ sơ này.')
    await given.waitFor()
    await page.getByText(dossier.code).waitFor()
    expect(await violations(page)).toEqual([])
    await own.page.reload()
    await own.page.getByRole('button', { name: 'Thôi cho xem' }).click()
    await own.page.getByText(/^Một người thân, từ/).waitFor({ state: 'detached' })
    await page.reload()
    await page.getByText('Có mã của người thân?').waitFor()
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    expect(await given.count()).toBe(0)
    expect([...faults, ...own.faults]).toEqual([])
  })

  it('follows a case of somebody else, and stops', async ({ expect }) => {
    const { items } = await (await api('/incidents?group=open&limit=1')).json()
    const code = items[0].publicCode
    const { page } = await pageOf(await signIn())
    await page.goto(`${server.url}/#/case/${code}`)
    await page.locator('main .button', { hasText: 'Tôi cũng bị' }).click()
    await page.locator('main .button', { hasText: 'Bỏ theo dõi' }).click()
    await page.locator('main .button', { hasText: 'Tôi cũng bị' }).waitFor()
    expect(await violations(page)).toEqual([])
  })
})

describe.concurrent('nobody in particular', () => {
  it('is told why the own pages need to know them, and signs in right there', async ({
    expect,
  }) => {
    const { page } = await openDevice(browser, PHONE)
    for (const route of ['inbox', 'me/topics', 'me/channels', 'me/data']) {
      await page.goto(`${server.url}/#/${route}`)
      await page.locator('main form input').waitFor()
      expect(await violations(page)).toEqual([])
    }
  })

  it('looks up a dossier with the second factor, and a procedure by plain words', async ({
    expect,
  }) => {
    const { page } = await openDevice(browser, PHONE)
    const urls: string[] = []
    page.on('request', (request) => urls.push(request.url()))
    const { code, digits } = demoDossier()
    await page.goto(`${server.url}/#/dossiers`)
    const inputs = page.locator('main .card').first().locator('input')
    await inputs.nth(0).fill(code)
    await inputs.nth(1).fill(digits)
    await page.keyboard.press('Enter')
    await page.locator('.facts').first().waitFor()
    expect(urls.filter((url) => url.includes(code))).toEqual([])
    await page.getByLabel('Ông/bà cần làm gì').fill('khai sinh can giay chi')
    await page.keyboard.press('Enter')
    await page.locator('a[href="#/procedures/MH-01"]').click()
    const paper = page.locator('main input[type="checkbox"]').first()
    await paper.check()
    await page.reload()
    // What was ticked is kept on this device.
    await expect.poll(() => paper.isChecked(), { timeout: 20_000 }).toBe(true)
    expect(await violations(page)).toEqual([])
  })

  it('is offered the category while typing, and open cases that may be the same', async ({
    expect,
  }) => {
    const { page } = await openDevice(browser, PHONE)
    await page.goto(`${server.url}/#/report/place`)
    await page.locator('.chips .choice').first().click()
    await page.locator('main > .button-row .button').first().click()
    await page.locator('textarea').fill('den duong truoc nha tat ba dem nay')
    const offered = page.locator('.suggestions button').first()
    await offered.waitFor()
    expect(await violations(page)).toEqual([])
    await offered.click()
    await expect
      .poll(() => page.locator('.tiles input:checked').getAttribute('value'))
      .toBe('lighting')
    expect(page.url()).not.toContain('den')
  })

  it('is shown an open case nearby that may be the same, before sending', async ({ expect }) => {
    const all = await (await api('/incidents.geojson?bbox=107.3,16.4,107.8,16.8')).json()
    const { geometry, properties } = all.features.find(
      (one: { properties: Mark }) => one.properties.category === 'drainage',
    )
    const [longitude, latitude] = geometry.coordinates
    const theirs = `main .case-card a[href="#/case/${properties.code}"]`
    const { context, page } = await openDevice(browser, PHONE)
    await context.grantPermissions(['geolocation'])
    await context.setGeolocation({ longitude, latitude })
    await page.goto(`${server.url}/#/report/place`)
    await page.locator('main .button.big').first().click()
    await page.locator('.notice.ok').waitFor()
    await page.locator('main > .button-row .button').first().click()
    await page.locator('.tiles input[value="drainage"]').check({ force: true })
    await page.locator('textarea').fill('Cống lại tắc rồi')
    await page.locator('main > .button-row .button').first().click()
    await page.locator(theirs).waitFor()
    expect(await violations(page)).toEqual([])
    // Following that one is a tap away; the draft waits.
    await page.locator(theirs).click()
    await page.locator('.timeline').waitFor()
    await page.goto(`${server.url}/#/report/review`)
    await expect.poll(() => page.locator('.review').textContent()).toContain('Cống lại tắc rồi')
  })
})
