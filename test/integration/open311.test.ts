import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createPartnerKey,
  listPartnerKeys,
  revokePartnerKey,
} from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { type Commune, INSIDE, openCommune } from './incidents-kit.ts'
import { fixMyStreet, parseXml, w3c } from './open311-client.ts'

let test: TestDb
let c: Commune
let http: TestApp
let apiKey: string
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
  http = testApp(test.db, { now: c.clock.now, ports: c.ports })
  apiKey = (await createPartnerKey(c.system, { name: 'fixmystreet' })).secret
})
afterAll(() => test.close())

/** A server calls a server: no browser's headers. */
const send = async (path: string, init?: RequestInit) => http.app.request(path, init)
const fms = (key: string | undefined = apiKey) =>
  fixMyStreet(send, { jurisdiction: 'hue.gov.vn', ...(key === undefined ? {} : { apiKey: key }) })
const json = async (path: string) => {
  const answer = await send(`/open311/v2/${path}`)
  return { status: answer.status, body: (await answer.json()) as never }
}
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  send(`/open311/v2/${path}`, { method: 'POST', body: new URLSearchParams(fields), headers })
const report = {
  service_code: 'road',
  lat: String(INSIDE.lat),
  long: String(INSIDE.lng),
  description: 'Ổ gà\n\nsâu <40 cm> & rộng\n\nhttps://fms.example/report/77\n',
  first_name: 'Mận',
  last_name: 'Trần',
  email: 'man.tran@example.com',
  phone: '0912345678',
  'attribute[fixmystreet_id]': '77',
}
const count = async () => (await test.db.selectFrom('incident').select('id').execute()).length

describe('a client that behaves like FixMyStreet', () => {
  it('reads services and their definitions', async () => {
    const services = await fms().getServiceList()
    expect(services).toHaveLength(23)
    expect(services.find((s) => s.service_code === 'road')).toMatchObject({
      service_name: 'Đường sá',
      metadata: 'true',
      type: 'realtime',
      group: 'Hạ tầng',
    })
    const attributes = await fms().getServiceMetaInfo('flood')
    const codes = attributes.map((a) => a.code)
    expect(codes).toEqual(['urgency', 'fixmystreet_id', 'kind'])
    const kind = attributes.find((a) => a.code === 'kind')
    expect(kind).toMatchObject({ datatype: 'singlevaluelist', required: 'false', variable: 'true' })
    const values = (kind?.values ?? []) as unknown as { key: string }[]
    expect(values.map((v) => v.key)).toEqual(['street', 'house', 'riverbank'])
  })

  it('creates, polls and hears of each step until the answer', async () => {
    const client = fms()
    const start = c.clock.now()
    const id = (await client.sendServiceRequest(report)) ?? ''
    expect(client.state).toEqual({ isSuccess: true, error: '' })
    const poll = async () => (await client.getServiceRequests({ service_request_id: id }))[0]
    expect(await poll()).toMatchObject({
      service_request_id: id,
      status: 'open',
      status_notes: 'Đã gửi, chờ tiếp nhận',
    })
    expect((await poll())?.description).toBeUndefined()

    c.clock.advance(60)
    await c.walkTo(id, 'answered')
    expect(await poll()).toMatchObject({
      status: 'closed',
      description: expect.stringContaining('sâu <40 cm> & rộng'),
      agency_responsible: 'Phòng Kinh tế',
      requested_datetime: '2026-11-23T09:00:00+07:00',
      updated_datetime: '2026-11-23T09:01:00+07:00',
      status_notes: expect.stringContaining('Đã vá ổ gà'),
      lat: String(INSIDE.lat),
      long: String(INSIDE.lng),
    })
    const updates = await client.getServiceRequestUpdates(start, c.clock.now())
    expect(updates.map((u) => [u.status, u.description])).toEqual([
      ['open', 'Đã tiếp nhận'],
      ['open', 'Đã chuyển Phòng Kinh tế'],
      ['open', 'Đang xử lý'],
      ['closed', 'Đã vá ổ gà'],
    ])
    expect(new Set(updates.map((u) => u.update_id)).size).toBe(4)
    expect(updates.every((u) => u.service_request_id === id)).toBe(true)
  })

  it('that sends a number again gets the same id, and other words are kept as a comment', async () => {
    const id = await fms().sendServiceRequest(report)
    expect(await fms().sendServiceRequest(report)).toBe(id)
    expect(await count()).toBe(1)
    const more = { ...report, description: 'Nay thêm một ổ nữa' }
    expect(await fms().sendServiceRequest(more)).toBe(id)
    const steps = await test.db.selectFrom('incidentActivity').selectAll().orderBy('id').execute()
    expect(steps.map((s) => s.kind)).toEqual(['received', 'partner_comment'])
    expect(steps[1]?.data).toMatchObject({ comment: 'Nay thêm một ổ nữa' })
    expect(await fms().sendServiceRequest({ ...report, service_code: 'trees' })).not.toBe(id)
    expect(await count()).toBe(2)
  })

  it('keeps what is said about the sender out of our tables', async () => {
    await fms().sendServiceRequest(report)
    const [row] = await test.db.selectFrom('incident').selectAll().execute()
    expect(row).toMatchObject({
      channel: 'open311',
      reporterId: null,
      externalSource: 'fixmystreet',
    })
    const audit = await test.db.selectFrom('audit').selectAll().execute()
    const steps = await test.db.selectFrom('incidentActivity').selectAll().execute()
    const all = JSON.stringify([row, audit, steps])
    for (const secret of ['Mận', 'man.tran', '0912345678']) expect(all).not.toContain(secret)
    const actions = audit.filter((a) => a.actorId === 'open311:fixmystreet').map((a) => a.action)
    expect(actions).toEqual(['incident.create', 'incident.open311_request'])
  })

  it('posts updates once each: a comment, an answer to our question, a reopening', async () => {
    const id = (await fms().sendServiceRequest(report)) ?? ''
    const update = (update_id: string, status: string, description: string) =>
      fms().postServiceRequestUpdate({
        update_id,
        status,
        description,
        service_request_id: id,
        updated_datetime: w3c(c.clock.now()),
        last_name: '-',
        email: 'a@example.com',
      })
    const first = await update('1', 'OPEN', 'Hôm nay vẫn còn')
    expect(first).toBeDefined()
    expect(await update('1', 'OPEN', 'Hôm nay vẫn còn')).toBe(first)
    await c.move(c.dispatcher, id, { kind: 'ask_info', question: 'Ở đoạn nào?' })
    await update('2', 'OPEN', 'Trước cổng chợ')
    expect((await c.rowOf(id)).state).toBe('received')
    await c.walkTo(id, 'answered')
    await update('3', 'CLOSED', 'Cảm ơn')
    expect((await c.rowOf(id)).state).toBe('answered')
    await update('4', 'OPEN', 'Chưa xong, còn một ổ')
    expect((await c.rowOf(id)).state).toBe('reopened')
    const steps = await test.db.selectFrom('incidentActivity').selectAll().execute()
    const comments = steps.filter((s) => s.kind === 'partner_comment')
    expect(comments).toHaveLength(4)
    expect(comments.every((s) => !s.isPublic)).toBe(true)
    // What others wrote is not published, and its own update is not told back as a new one.
    const told = JSON.stringify(await fms().getServiceRequestUpdates())
    expect(told).not.toContain('Hôm nay vẫn còn')
    expect(told).toContain('Mở lại theo yêu cầu')
  })

  it('hears that its request was refused, which the public does not', async () => {
    const id = (await fms().sendServiceRequest(report)) ?? ''
    await c.move(c.dispatcher, id, { kind: 'refuse', reasonCode: 'out_of_scope' })
    expect(await fms('').getServiceRequestUpdates()).toEqual([])
    expect(await fms().getServiceRequestUpdates()).toMatchObject([
      { status: 'closed', description: expect.stringContaining('Không tiếp nhận, vì') },
    ])
    expect(await fms().getServiceRequests()).toEqual([])
  })
})

describe('keys', () => {
  it('are needed, must be right, in force and have the right; all four answers are alike', async () => {
    const reader = await createPartnerKey(c.system, { name: 'reader', rights: ['updates.read'] })
    const ended = await createPartnerKey(c.system, { name: 'ended' })
    await revokePartnerKey(c.system, 'ended')
    const answers: string[] = []
    for (const key of ['', 'wrong', reader.secret, ended.secret]) {
      const answer = await post('requests.xml', { ...report, api_key: key })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        403,
        'text/xml; charset=utf-8',
      ])
      answers.push(await answer.text())
    }
    expect(new Set(answers).size).toBe(1)
    expect(answers[0]).toContain('<errors><error><code>403</code>')
    expect(await count()).toBe(0)
  })

  it('are stored as hashes, listed without them, made and ended by admins, audited', async () => {
    const rows = await test.db.selectFrom('open311Key').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain(apiKey)
    expect(JSON.stringify(await listPartnerKeys(c.system))).not.toContain('ecretHash')
    for (const actor of [c.dispatcher, c.officer]) {
      await expect(createPartnerKey(c.as(actor), { name: 'x-y' })).rejects.toMatchObject({
        code: 'http.forbidden',
      })
      await expect(revokePartnerKey(c.as(actor), 'fixmystreet')).rejects.toThrow('http.forbidden')
    }
    await expect(createPartnerKey(c.system, { name: 'fixmystreet' })).rejects.toThrow(
      'http.conflict',
    )
    await expect(createPartnerKey(c.system, { name: 'Not a name' })).rejects.toThrow(
      'http.invalid_input',
    )
    await revokePartnerKey(c.system, 'fixmystreet')
    await expect(revokePartnerKey(c.system, 'fixmystreet')).rejects.toThrow('http.not_found')
    const audit = await test.db.selectFrom('audit').selectAll().orderBy('seq').execute()
    expect(audit.filter((a) => a.subjectKind === 'open311_key').map((a) => a.action)).toEqual([
      'open311.create_key',
      'open311.revoke_key',
    ])
  })

  it('have a limit of their own', async () => {
    const slow = await createPartnerKey(c.system, { name: 'slow', requestsPerMinute: 1 })
    const ask = () => post('servicerequestupdates.json', { api_key: slow.secret })
    expect((await ask()).status).toBe(400)
    const second = await ask()
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '60'])
  })
})

describe('the specification', () => {
  it('is found by service discovery in both formats', async () => {
    const xml = await send('/open311/v2/discovery.xml')
    expect(parseXml(await xml.text())).toMatchObject({
      endpoints: { endpoint: { url: 'http://127.0.0.1:8080/open311/v2', type: 'test' } },
    })
    const { body } = await json('discovery.json')
    expect(body).toMatchObject({
      endpoints: [
        {
          specification: 'http://wiki.open311.org/GeoReport_v2',
          formats: ['text/xml', 'application/json'],
        },
      ],
    })
  })

  it('writes JSON by the Spark convention', async () => {
    const services = (await json('services.json')).body as { service_code: string }[]
    expect(services[0]).toMatchObject({ service_code: 'flood', metadata: true })
  })

  it('answers a POST in JSON, with where it goes next', async () => {
    const answer = await post('requests.json', { ...report, api_key: apiKey })
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual([
      {
        service_request_id: expect.stringMatching(/^HUE-/),
        service_notice: expect.stringContaining('Phòng Kinh tế'),
      },
    ])
  })

  it('filters by service, status, time and place, and by ids whatever else is asked', async () => {
    const one = (await fms().sendServiceRequest(report)) ?? ''
    await c.walkTo(one, 'accepted')
    c.clock.set('2026-11-24T02:00:00.000Z')
    const two = (await fms().sendServiceRequest({ ...report, service_code: 'trees' })) ?? ''
    await c.walkTo(two, 'answered')
    const ids = async (query: string) => {
      const answer = await json(`requests.json?jurisdiction_id=hue.gov.vn&${query}`)
      expect(answer.status).toBe(200)
      return (answer.body as { service_request_id: string }[]).map((r) => r.service_request_id)
    }
    expect(await ids('')).toEqual([two, one])
    expect(await ids('service_code=road,waste')).toEqual([one])
    expect(await ids('service_code=road&service_code=trees')).toEqual([two, one])
    expect(await ids('status=open')).toEqual([one])
    expect(await ids('status=closed')).toEqual([two])
    expect(await ids('status=open,closed')).toEqual([two, one])
    expect(await ids('start_date=2026-11-24T00:00:00%2B07:00')).toEqual([two])
    expect(await ids('start_date=2026-11-24T00:00:00+07:00')).toEqual([two])
    expect(await ids('end_date=2026-11-23T23:59:59Z')).toEqual([one])
    expect(await ids('start_date=&end_date=&status=&service_code=')).toEqual([two, one])
    expect(await ids('page_size=1&page=2')).toEqual([one])
    expect(await ids(`lat=${INSIDE.lat}&long=${INSIDE.lng}&radius=100`)).toEqual([two, one])
    expect(await ids('lat=16.4&long=107.6&radius=100')).toEqual([])
    expect(await ids(`service_request_id=${one},nonsense,HUE-2222-2222&status=closed`)).toEqual([
      one,
    ])
    expect((await ids(`service_request_id=${one},${two}`)).sort()).toEqual([one, two].sort())
  })

  it.each([
    ['requests.xml?start_date=2026-01-01&end_date=2026-04-02', 400],
    ['requests.xml?start_date=2026-11-24&end_date=2026-11-23', 400],
    ['requests.xml?start_date=2026-11-24T00:00:00', 400],
    ['requests.xml?start_date=yesterday', 400],
    ['requests.xml?status=done', 400],
    ['requests.xml?page_size=0', 400],
    ['requests.xml?lat=x', 400],
    ['requests/HUE-2222-2222.xml', 404],
    ['requests/1.xml', 404],
    ['tokens/1.xml', 404],
    ['services/none.xml', 404],
    ['nothing.xml', 404],
    ['servicerequestupdates.xml?api_key=wrong', 403],
  ])('refuses %s with its list of errors', async (path, status) => {
    const xml = await send(`/open311/v2/${path}`)
    expect(xml.status).toBe(status)
    const [error] = parseXml(await xml.text()).error as { code: string; description: string }[]
    expect(error?.code).toBe(String(status))
    expect(error?.description).not.toBe('')
    const { body } = await json(path.replace('.xml', '.json'))
    expect(body).toMatchObject([{ code: String(status) }])
  })

  it.each([
    [{ service_code: '' }, 400, 'service_code'],
    [{ service_code: 'none' }, 404, 'none'],
    [{ lat: '' }, 400, 'lat'],
    [{ lat: '10', long: '106' }, 400, ''],
    [{ description: 'x'.repeat(4_001) }, 400, 'description'],
    [{ 'attribute[kind]': 'street' }, 400, 'kind'],
    [{ 'attribute[urgency]': 'very' }, 400, 'urgency'],
  ])('refuses a request with %o', async (wrong, status, names) => {
    const answer = await post('requests.json', { ...report, ...wrong, api_key: apiKey })
    expect(answer.status).toBe(status)
    const [error] = (await answer.json()) as { code: string; description: string }[]
    expect(error?.description).toContain(names)
    expect(await count()).toBe(0)
  })

  it('takes a place by its words, a request without a description, a kind and an urgency', async () => {
    const answer = await post('requests.json', {
      api_key: apiKey,
      service_code: 'flood',
      address_string: 'thôn Phước Yên',
      'attribute[kind]': 'house',
      'attribute[urgency]': 'urgent',
    })
    expect(answer.status).toBe(200)
    const [row] = await test.db.selectFrom('incident').selectAll().execute()
    expect(row).toMatchObject({ kind: 'house', urgency: 'urgent', hamletId: c.hamlet.id })
    expect(row?.description).not.toBe('')
  })

  it('shows photos that are public, and no address of a partner', async () => {
    const media_url = 'https://fms.example/photo/77.jpeg'
    const id = (await fms().sendServiceRequest({ ...report, media_url })) ?? ''
    await c.walkTo(id, 'in_progress')
    const { mediaId } = await c.photo(c.officer)
    await c.move(c.officer, id, { kind: 'answer', text: 'Xong', mediaIds: [mediaId] })
    const [shown] = await fms().getServiceRequests({ service_request_id: id })
    expect(JSON.stringify(shown)).not.toContain('fms.example/photo')
    const [last] = (await fms().getServiceRequestUpdates()).slice(-1)
    expect(last?.media_url).toBe(`http://127.0.0.1:8080/api/v1/media/${mediaId}`)
  })

  it('knows no other way to write, and no other body than a form', async () => {
    expect((await send('/open311/v2/requests.xml', { method: 'PUT' })).status).toBe(405)
    const body = JSON.stringify({ ...report, api_key: apiKey })
    const headers = { 'content-type': 'application/json' }
    const answer = await send('/open311/v2/requests.xml', { method: 'POST', body, headers })
    expect(answer.status).toBe(400)
    expect((await post('services.xml', {})).status).toBe(404)
  })
})
