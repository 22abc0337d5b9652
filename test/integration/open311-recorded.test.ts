import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createPartnerKey } from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { type Commune, openCommune } from './incidents-kit.ts'
import { parseXml } from './open311-client.ts'

/**
 * Requests of FixMyStreet's client as they come over the wire: LWP's headers, its form encoding (spaces as `+`, members in
 * the order of a hash, empty ones sent), its names for its own numbers. People, places and keys are invented.
 */
const PERL = {
  'User-Agent': 'libwww-perl/6.67',
  TE: 'deflate,gzip;q=0.3',
  Connection: 'TE, close',
}
const FORM = { ...PERL, 'Content-Type': 'application/x-www-form-urlencoded' }

const request = (key: string) =>
  `jurisdiction_id=hue.gov.vn&api_key=${key}&email=man.tran%40example.com&attribute%5Breport_url%5D=https%3A%2F%2Ffms.example%2Freport%2F77&first_name=M%E1%BA%ADn&attribute%5Btitle%5D=%E1%BB%94+g%C3%A0&long=107.53251&attribute%5Bfixmystreet_id%5D=77&lat=16.56974&attribute%5Bdescription%5D=S%C3%A2u+40+cm&phone=&last_name=Tr%E1%BA%A7n&service_code=road&attribute%5Bnorthing%5D=&attribute%5Beasting%5D=&media_url=https%3A%2F%2Ffms.example%2Fphoto%2F77.0.full.jpeg%3F1a2b&description=title%3A++%E1%BB%94+g%C3%A0%0A%0Adetail%3A+S%C3%A2u+40+cm%0A%0Aurl%3A+https%3A%2F%2Ffms.example%2Freport%2F77%0A%0ASubmitted+via+FixMyStreet%0A`

/** The number of an update is `update_id`, in older clients `update_id_ext`; both send the members of accounts. */
const update = (key: string, id: string, name: 'update_id' | 'update_id_ext', n: number) =>
  `jurisdiction_id=hue.gov.vn&api_key=${key}&status=OPEN&${name}=${n}&description=V%E1%BA%ABn+ch%C6%B0a+xong&updated_datetime=2026-11-23T02%3A05%3A00Z&service_request_id=${id}&service_request_id_ext=77&public_anonymity_required=TRUE&email=man.tran%40example.com&email_alerts_requested=FALSE&title=&first_name=M%E1%BA%ADn&last_name=Tr%E1%BA%A7n`

let test: TestDb
let c: Commune
let http: TestApp
let key: string
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
  http = testApp(test.db, { now: c.clock.now, ports: c.ports })
  key = (await createPartnerKey(c.system, { name: 'fixmystreet' })).secret
})
afterAll(() => test.close())

const send = async (path: string, body?: string) => {
  const answer = await http.app.request(`/open311/v2/${path}`, {
    headers: body === undefined ? PERL : FORM,
    ...(body === undefined ? {} : { method: 'POST', body }),
  })
  expect([path, answer.status, answer.headers.get('content-type')]).toEqual([
    path,
    200,
    expect.stringMatching(/^(?:text|application)\/xml; charset=utf-8$/i),
  ])
  return parseXml(await answer.text())
}
const idOf = (answer: ReturnType<typeof parseXml>) =>
  (answer.request as { service_request_id: string }[])[0]?.service_request_id ?? ''

it('a report as it is posted becomes one case, without its sender, its photo waiting to be fetched', async () => {
  const id = idOf(await send('requests.xml', request(key)))
  expect(idOf(await send('requests.xml', request(key)))).toBe(id)
  const row = await c.rowOf(id)
  expect(row).toMatchObject({ category: 'road', lat: 16.56974, lng: 107.53251, reporterId: null })
  expect(row.externalRef).toBe('77')
  expect(row.description).toContain('detail: Sâu 40 cm')
  const steps = await test.db.selectFrom('incidentActivity').selectAll().execute()
  const photos = await test.db.selectFrom('open311Photo').selectAll().execute()
  expect(photos).toMatchObject([
    { url: 'https://fms.example/photo/77.0.full.jpeg?1a2b', state: 'waiting', tries: 0 },
  ])
  expect(JSON.stringify([row, steps])).not.toMatch(/Mận|man\.tran/)
})

it('its polls: services, one service, some requests, updates of a span', async () => {
  const id = idOf(await send('requests.xml', request(key)))
  await c.walkTo(id, 'answered')
  expect(await send('services.xml?jurisdiction_id=hue.gov.vn')).toHaveProperty('service')
  expect(await send('services/road.xml?jurisdiction_id=hue.gov.vn')).toHaveProperty('attributes')
  const polled = await send(`requests.xml?service_request_id=${id}&jurisdiction_id=hue.gov.vn`)
  expect(polled.request).toMatchObject([{ service_request_id: id, status: 'closed' }])
  const span = 'start_date=2026-11-23T01%3A00%3A00Z&end_date=2026-11-23T03%3A00%3A00Z'
  const told = await send(
    `servicerequestupdates.xml?api_key=${key}&${span}&jurisdiction_id=hue.gov.vn`,
  )
  expect(told.request_update).toHaveLength(4)
})

it.each(['update_id', 'update_id_ext'] as const)(
  'an update under `%s` is taken once and reopens what was answered',
  async (name) => {
    const id = idOf(await send('requests.xml', request(key)))
    await c.walkTo(id, 'answered')
    const first = await send('servicerequestupdates.xml', update(key, id, name, 501))
    expect(await send('servicerequestupdates.xml', update(key, id, name, 501))).toEqual(first)
    expect((await c.rowOf(id)).state).toBe('reopened')
    const comments = (await test.db.selectFrom('incidentActivity').selectAll().execute()).filter(
      (step) => step.kind === 'partner_comment' && step.data.comment === 'Vẫn chưa xong',
    )
    expect(comments).toHaveLength(1)
  },
)
