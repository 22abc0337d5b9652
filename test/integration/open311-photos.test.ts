import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Fetched } from '../../api/files/ports.ts'
import { createImages } from '../../api/hosts/images.ts'
import {
  createPartnerKey,
  fetchPartnerPhotos,
  listOwnAttention,
} from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { type Commune, INSIDE, openCommune } from './incidents-kit.ts'
import { fixMyStreet } from './open311-client.ts'

const URL_1 = 'https://fms.example/photo/77.0.full.jpeg?1a2b'
const URL_2 = 'https://fms.example/photo/77.1.full.jpeg?1a2b'
const report = {
  service_code: 'road',
  lat: String(INSIDE.lat),
  long: String(INSIDE.lng),
  description: 'Ổ gà sâu',
}
const photo = new Uint8Array(
  await sharp({ create: { width: 60, height: 40, channels: 3, background: 'teal' } })
    .withExif({ IFD0: { Artist: 'Trần Thị Mận' }, IFD3: { GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer(),
)

let test: TestDb
let c: Commune
let http: TestApp
let apiKey: string
/** What the far side gives for an address, and how often it was asked. */
let far: Map<string, Fetched>
let asked: string[]
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
  far = new Map([[URL_1, { kind: 'file', bytes: photo }]])
  asked = []
  c.ports.images = createImages()
  c.ports.fetchPhoto = async (url) => {
    asked.push(url)
    return far.get(url) ?? { kind: 'failed', code: 'http_404' }
  }
  http = testApp(test.db, { now: c.clock.now, ports: c.ports })
  apiKey = (await createPartnerKey(c.system, { name: 'fixmystreet' })).secret
})
afterAll(() => test.close())

const fms = (key = apiKey) =>
  fixMyStreet(async (path, init) => http.app.request(path, init), { apiKey: key })
const send = async (media_url: string, more: Record<string, string> = {}) =>
  (await fms().sendServiceRequest({ ...report, media_url, ...more })) ?? ''
const states = async () =>
  (await test.db.selectFrom('open311Photo').selectAll().orderBy('url').execute()).map(
    (row) => row.state,
  )
const steps = async (kind: string) =>
  (await test.db.selectFrom('incidentActivity').selectAll().where('kind', '=', kind).execute()).map(
    (row) => row.data,
  )

it('a photo becomes one of the case, without its metadata, and public when the case is accepted', async () => {
  const id = await send(URL_1)
  expect([await fetchPartnerPhotos(c.system), await fetchPartnerPhotos(c.system)]).toEqual([1, 0])
  expect(asked).toEqual([URL_1])
  const [unseen] = await fms().getServiceRequests({ service_request_id: id })
  expect(unseen?.media_url).toBeUndefined()
  await c.move(c.dispatcher, id, { kind: 'accept' })
  const [seen] = await fms().getServiceRequests({ service_request_id: id })
  const path = new URL(seen?.media_url ?? '').pathname
  const bytes = Buffer.from(await (await http.request(path)).arrayBuffer())
  expect((await sharp(bytes).metadata()).exif).toBeUndefined()
  expect(bytes.includes('Trần Thị Mận')).toBe(false)
  const audited = (await c.audited()).map((row) => row.action)
  expect(audited).toContain('incident.add_photos')
})

it('the same request and the same photo again are one', async () => {
  const id = await send(URL_1, { 'attribute[fixmystreet_id]': '77' })
  await fetchPartnerPhotos(c.system)
  expect(await send(URL_1, { 'attribute[fixmystreet_id]': '77' })).toBe(id)
  expect(await fetchPartnerPhotos(c.system)).toBe(0)
  const media = await test.db.selectFrom('incidentMedia').selectAll().execute()
  expect(media).toHaveLength(1)
})

it('a photo after acceptance is shown to whoever has the case, and stays with the desk', async () => {
  const id = await send('', {})
  await c.walkTo(id, 'in_progress')
  await fms().postServiceRequestUpdate({
    ...{ service_request_id: id, update_id: '5', description: '', media_url: URL_1 },
  })
  await fetchPartnerPhotos(c.system)
  expect(await steps('photos')).toEqual([{ photos: 1 }])
  expect((await listOwnAttention(c.as(c.officer))).map((one) => one.kind)).toContain('photos')
  const [shown] = await fms().getServiceRequests({ service_request_id: id })
  expect(shown?.media_url).toBeUndefined()
})

it('is tried again later, a day long, then left to officials as an address with the reason', async () => {
  far.set(URL_1, { kind: 'retry', code: 'http_503' })
  await send(URL_1)
  for (const minutes of [1, 10, 60, 480]) {
    expect([await fetchPartnerPhotos(c.system), await fetchPartnerPhotos(c.system)]).toEqual([0, 0])
    c.clock.advance(minutes * 60)
  }
  expect(await states()).toEqual(['waiting'])
  expect(await fetchPartnerPhotos(c.system)).toBe(1)
  expect([asked.length, await states()]).toEqual([5, ['failed']])
  const [note] = await steps('partner_comment')
  expect(note?.comment).toContain(URL_1)
  expect(note?.comment).toContain('http_503')
})

it('what is no photo, too much, or not to be had is an address at once, and holds nothing up', async () => {
  far.set(URL_1, { kind: 'file', bytes: new TextEncoder().encode('<html>') })
  const id = await send(URL_1)
  await fms().sendServiceRequest({ ...report, media_url: URL_2 })
  expect(await fetchPartnerPhotos(c.system)).toBe(2)
  expect(await states()).toEqual(['failed', 'failed'])
  const notes = JSON.stringify(await steps('partner_comment'))
  expect(notes).toContain('files.not_an_image')
  expect(notes).toContain('http_404')
  await c.move(c.dispatcher, id, { kind: 'accept' })
  expect(JSON.stringify(await fms().getServiceRequests())).not.toContain('fms.example')
})

it('a host that fetches nothing leaves the address, and somebody else’s case gets no photo of a partner', async () => {
  c.ports.fetchPhoto = null
  await send(URL_1)
  await fetchPartnerPhotos(c.system)
  expect((await steps('partner_comment'))[0]?.comment).toContain('fetching_off')
  const { publicCode } = await c.report()
  await c.walkTo(publicCode, 'in_progress')
  await fms().postServiceRequestUpdate({
    ...{ service_request_id: publicCode, description: 'Tôi cũng thấy', media_url: URL_2 },
  })
  expect(await states()).toEqual(['failed'])
  expect((await steps('partner_comment')).at(-1)?.comment).toBe(`Tôi cũng thấy\n${URL_2}`)
})
