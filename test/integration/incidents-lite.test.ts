import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase, type TestDb } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { jpeg } from './files-kit.ts'
import { type Commune, openCommune } from './incidents-kit.ts'

let test: TestDb
let c: Commune
let http: TestApp
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
  http = testApp(test.db, { now: c.clock.now, ports: c.ports })
})
afterAll(() => test.close())

const get = (path: string) => http.request(path)
const rows = () => test.db.selectFrom('incident').selectAll().execute()

/** A form as this browser was given it. */
async function openForm(query = '') {
  const answer = await get(`/lite/report${query}`)
  const page = await answer.text()
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const token = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? ''
  return { page, cookie, token }
}

type Fields = Record<string, string | File | undefined>
const whole: Fields = {
  category: 'road',
  description: 'Ổ gà <b>sâu</b> trước chợ',
  place: 'trước chợ',
  consent: '1',
}

function post(given: { cookie: string; token: string }, fields: Fields, headers = {}) {
  const body = new FormData()
  for (const [name, value] of Object.entries({ token: given.token, ...fields })) {
    if (value !== undefined) body.append(name, value)
  }
  return http.request('/lite/report', {
    method: 'POST',
    body,
    headers: { cookie: given.cookie, ...headers },
  })
}

describe('the text page', () => {
  it('weighs at most 20 kB with its style, and runs no script', async () => {
    const style = (await (await get('/lite/style.css')).text()).length
    for (const path of ['/lite', '/lite?lang=en', '/lite/report', '/lite/report?lang=en']) {
      const page = await (await get(path)).text()
      expect(new TextEncoder().encode(page).length + style).toBeLessThan(20_000)
      expect(page).not.toMatch(/<script|style=|\son\w+=/i)
    }
  })

  it('gives numbers to call, and public cases of the commune and near a hamlet', async () => {
    const place = { source: 'pin', lng: 107.511, lat: 16.551 } as const
    const { publicCode } = await c.report({ place })
    const hidden = await c.report({ category: 'trees' })
    await c.walkTo(publicCode, 'accepted')
    for (const path of ['/lite', `/lite?hamlet=${c.hamlet.id}`, '/lite?hamlet=nonsense']) {
      const page = await (await get(path)).text()
      expect(page).toContain('href="tel:112"')
      expect(page).toContain(publicCode)
      expect(page).not.toContain(hidden.publicCode)
    }
  })

  it('shows a case by a code typed loosely, and says when there is none', async () => {
    const { publicCode } = await c.report()
    const loose = publicCode.toLowerCase().replaceAll('-', ' ')
    const page = await get(`/lite/case?code=${encodeURIComponent(loose)}`)
    expect(page.status).toBe(200)
    const text = await page.text()
    expect(text).toContain(publicCode)
    // Not accepted yet: nobody but its sender reads the words.
    expect(text).not.toContain('Ổ gà')
    const none = await get('/lite/case?code=%3Cscript%3E')
    expect(none.status).toBe(404)
    expect(await none.text()).not.toContain('<script>')
  })

  it('takes a report with two photos once, however often the button is pressed', async () => {
    const form = await openForm()
    const fields = { ...whole, hamlet: c.hamlet.id, urgent: '1' }
    const photos = () => new File([jpeg], 'a.jpg', { type: 'image/jpeg' })
    const body = () => {
      const data = new FormData()
      for (const [name, value] of Object.entries({ token: form.token, ...fields }))
        data.append(name, value as string)
      data.append('photos', photos())
      data.append('photos', photos())
      return data
    }
    const send = () =>
      http.request('/lite/report', {
        method: 'POST',
        body: body(),
        headers: { cookie: form.cookie },
      })
    const first = await send()
    const again = await send()
    expect([first.status, again.status]).toEqual([303, 303])
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    const [row, ...others] = await rows()
    expect(others).toEqual([])
    expect(row).toMatchObject({ hamletId: c.hamlet.id, urgency: 'urgent', channel: 'web' })
    const media = await test.db.selectFrom('incidentMedia').selectAll().execute()
    expect(media).toHaveLength(2)
    const sent = await (await get(first.headers.get('location') ?? '')).text()
    expect(sent).toContain(row?.publicCode)
    expect((await c.audited()).map(({ action }) => action)).toContain('incident.create')
  })

  it('keeps every word and says in both languages what is missing or was refused', async () => {
    for (const [lang, missing] of [
      ['vi', 'chọn giúp'],
      ['en', 'Please choose'],
    ] as const) {
      const form = await openForm(`?lang=${lang}`)
      const body = new FormData()
      body.set('token', form.token)
      body.set('description', 'Ổ gà <b>sâu</b>')
      const answer = await http.request(`/lite/report?lang=${lang}`, {
        method: 'POST',
        body,
        headers: { cookie: form.cookie },
      })
      expect(answer.status).toBe(422)
      const page = await answer.text()
      expect(page).toContain(missing)
      expect(page).toContain('Ổ gà &lt;b&gt;sâu&lt;/b&gt;')
    }
    const form = await openForm()
    const stale = await post(form, { ...whole, consent: '9' })
    expect(stale.status).toBe(409)
    const bad = new File(['no picture'], 'a.jpg', { type: 'image/jpeg' })
    const refused = await post(await openForm(), { ...whole, photos: bad })
    expect(refused.status).toBe(415)
    expect(await refused.text()).toContain('Ổ gà')
    expect(await rows()).toEqual([])
  })

  it('takes no form that this browser was not given', async () => {
    const mine = await openForm()
    const theirs = await openForm()
    const refused = [
      await post({ cookie: '', token: mine.token }, whole),
      await post({ cookie: theirs.cookie, token: mine.token }, whole),
      await post({ cookie: mine.cookie, token: 'x' }, whole),
      await post(mine, whole, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403])
    expect(await rows()).toEqual([])
    // Its own page gives the words back with a form that works.
    const page = await refused[0]?.text()
    expect(page).toContain('trước chợ')
  })

  it('answers in a page when it has had enough', async () => {
    const form = await openForm()
    let last: Response | undefined
    for (let i = 0; i < 61; i++) last = await post(form, {})
    expect(last?.status).toBe(429)
    expect(last?.headers.get('content-type')).toContain('text/html')
  })
})
