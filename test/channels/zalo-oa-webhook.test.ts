import { readFileSync } from 'node:fs'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { verifyZaloOa, zaloOaMac } from '../../bots/zalo-oa/signature.ts'
import { createZaloOaWebhook } from '../../bots/zalo-oa/webhook.ts'
import { DEFAULTS, startZaloOaFake, type ZaloOaFake } from '../fakes/zalo-oa.ts'
import { type Bindings, pause, serveFake } from '../fakes/zalo-server.ts'

const BODY =
  '{"app_id":"1234567890123456789","sender":{"id":"111"},"user_id_by_app":"333","recipient":{"id":"222"},"event_name":"user_send_text","message":{"text":"Xin chào","msg_id":"m1"},"timestamp":"1700000000000"}'
const VECTOR = {
  firstTerm: '1234567890123456789',
  mac: 'c92abccace4d548b872a3e7d4d01b259843e61ba51d228059fbf0d658d46a83f',
  signed: {
    rawBody: new TextEncoder().encode(BODY),
    timestamp: '1700000000000',
    secretKey: 'oa-secret',
  },
}

describe('the signature', () => {
  it('is the published digest', async () => {
    expect(VECTOR.signed.rawBody.length).toBe(205)
    expect(await zaloOaMac(VECTOR.firstTerm, VECTOR.signed)).toBe(VECTOR.mac)
  })

  it.each([
    [`mac=${VECTOR.mac}`, 'app_id'],
    [VECTOR.mac, 'app_id'],
    [`mac=${VECTOR.mac.toUpperCase()}`, 'app_id'],
    [`mac=${VECTOR.mac.slice(0, 63)}`, undefined],
    [`mac=${VECTOR.mac}0`, undefined],
    [`mac=d${VECTOR.mac.slice(1)}`, undefined],
    [`mac=${VECTOR.mac.slice(0, 63)}0`, undefined],
    ['mac=', undefined],
    ['mac=\u0000\ud800', undefined],
  ])('%s matches %s', async (header, matched) => {
    expect(await verifyZaloOa(header, VECTOR.signed, { appId: VECTOR.firstTerm })).toBe(matched)
  })

  it('says when it began with the account instead of the app, and takes that only where allowed', async () => {
    const mac = await zaloOaMac('222', VECTOR.signed)
    const appId = VECTOR.firstTerm
    expect(await verifyZaloOa(mac, VECTOR.signed, { appId, oaId: '222' })).toBe('oa_id')
    expect(await verifyZaloOa(mac, VECTOR.signed, { appId })).toBeUndefined()
  })

  it('covers every byte of the body', async () => {
    const rawBody = VECTOR.signed.rawBody.slice()
    rawBody[100] = (rawBody[100] ?? 0) ^ 1
    const signed = { ...VECTOR.signed, rawBody }
    expect(await verifyZaloOa(VECTOR.mac, signed, { appId: VECTOR.firstTerm })).toBeUndefined()
  })
})

describe('the webhook', () => {
  let fake: ZaloOaFake
  let server: { url: string; stop: () => Promise<void> }
  const kept: [eventId: string, body: string][] = []
  const notes: string[] = []
  let keeps: () => Promise<void> = async () => {}
  let acceptsOaIdVariant = false
  const text = JSON.parse(
    readFileSync(new URL('../../bots/zalo-oa/samples/text.json', import.meta.url), 'utf8'),
  )

  beforeAll(async () => {
    fake = await startZaloOaFake()
    server = await serveFake(
      new Hono<Bindings>().all('*', (c) =>
        createZaloOaWebhook({
          appId: DEFAULTS.appId,
          oaId: DEFAULTS.oaId,
          secretKey: DEFAULTS.oaSecretKey,
          acceptsOaIdVariant,
          keep: async (event, body) => {
            await keeps()
            kept.push([event.eventId, body])
          },
          note: (what) => notes.push(what),
        })(c.req.raw),
      ),
    )
  })
  afterAll(async () => {
    await server.stop()
    await fake.stop()
  })
  beforeEach(() => {
    kept.length = 0
    notes.length = 0
    keeps = async () => {}
    acceptsOaIdVariant = false
  })

  it('answers 200 once the event is kept, as it was signed', async () => {
    let isDone = false
    keeps = async () => {
      await pause(50)
      isDone = true
    }
    expect(await fake.post(server.url, text)).toEqual([200])
    expect([isDone, kept]).toEqual([true, [['96d3cdf3af150400001', JSON.stringify(text)]]])
  })

  it('answers 500 when it could not be kept, so that the event comes again', async () => {
    keeps = () => Promise.reject(new Error('database away'))
    expect(await fake.post(server.url, text)).toEqual([500])
    expect(notes).toEqual(['failed'])
  })

  it('refuses a wrong signature without any work', async () => {
    expect(await fake.post(server.url, text, { signed: 'wrong' })).toEqual([401])
    expect(await fake.post(server.url, 'no json', { signed: 'wrong' })).toEqual([401])
    expect([kept.length, notes]).toEqual([0, ['bad_signature', 'bad_signature']])
  })

  it("answers the console's unsigned test with 200 and does nothing", async () => {
    expect(await fake.post(server.url, text, { signed: false })).toEqual([200])
    expect([kept.length, notes]).toEqual([0, ['unsigned']])
  })

  it('takes the digest with the account only behind its switch, and says so', async () => {
    expect(await fake.post(server.url, text, { signed: 'oa' })).toEqual([401])
    acceptsOaIdVariant = true
    notes.length = 0
    expect(await fake.post(server.url, text, { signed: 'oa' })).toEqual([200])
    expect([kept.length, notes]).toEqual([1, ['signed_by_oa_id']])
  })

  it('drops what another account of the same app received', async () => {
    const other = { ...text, recipient: { id: '999' } }
    expect(await fake.post(server.url, other)).toEqual([200])
    expect([kept.length, notes]).toEqual([0, ['other_oa']])
  })

  it('reads no body beyond its bound, signed or not', async () => {
    const long = { ...text, message: { text: 'x'.repeat(300_000), msg_id: 'm' } }
    expect(await fake.post(server.url, long)).toEqual([413])
    expect(kept.length).toBe(0)
  })

  it('answers a signed body that is no JSON with 200 and does nothing', async () => {
    expect(await fake.post(server.url, 'no json')).toEqual([200])
    expect([kept.length, notes]).toEqual([0, ['ignored']])
  })

  it('is posted to, nothing else', async () => {
    expect((await fetch(server.url)).status).toBe(405)
  })

  it('hands on every copy of an event, also at once and slowly: the turn knows repeats', async () => {
    const how = { times: 10, atOnce: true, trickleMs: 5 }
    expect(await fake.post(server.url, text, how)).toEqual(Array(10).fill(200))
    const ids = kept.map(([eventId]) => eventId)
    expect([ids.length, new Set(ids).size]).toEqual([10, 1])
  })
})
