import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { uploadMedia } from '../../api/files/index.ts'
import { createImages } from '../../api/hosts/images.ts'
import { createPartnerKey, type State } from '../../api/rooms/incidents/index.ts'
import { isFull } from '../full.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type TestApp, testApp } from '../harness-app.ts'
import { phonePhoto } from '../tour/photo.ts'
import { type Commune, openCommune, UNIT } from './incidents-kit.ts'

/** Cases with planted names, numbers and places in every state; then every public door is read and searched for them. */
const CASES = isFull ? 400 : 24
let test: TestDb
let c: Commune
let http: TestApp
let apiKey: string
const cases: Made[] = []
beforeAll(async () => {
  test = await openDatabase()
  await test.truncate()
  c = await openCommune(test.db)
  c.ports.images = createImages()
  c.ports.limits = { take: async () => ({ ok: true }) }
  http = testApp(test.db, { now: c.clock.now, ports: c.ports })
  apiKey = (await createPartnerKey(c.system, { name: 'reader' })).secret
  for (const [n, one] of fc.sample(oneCase, { numRuns: CASES, seed: 20261127 }).entries()) {
    cases.push(await make(one, n))
  }
}, 600_000)
afterAll(() => test.close())

const name = fc
  .tuple(
    fc.constantFrom('Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hồ', 'Đặng'),
    fc.constantFrom('Văn', 'Thị'),
    fc.constantFrom('Sửu', 'Mận', 'Khôi', 'Liễu', 'Quýt', 'Thuỷ'),
  )
  .map((words) => words.join(' '))
const digits = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789'), { minLength: length, maxLength: length })
    .map((d) => d.join(''))
/** What is written, and the part of it that nobody else may read. */
const planted = fc.oneof(
  fc.tuple(fc.constantFrom('Tôi là', 'nhà ông', 'bà', 'do anh', 'Họ tên:'), name).map(([a, b]) => ({
    text: `${a} ${b}`,
    secret: b,
  })),
  digits(8).map((d) => ({ text: `gọi 09${d}`, secret: d })),
  digits(8).map((d) => ({
    text: `ĐT 03${d.slice(0, 2)}.${d.slice(2, 5)}.${d.slice(5)}`,
    secret: `${d.slice(2, 5)}.${d.slice(5)}`,
  })),
  digits(10).map((d) => ({ text: `CCCD 04${d}`, secret: d })),
  digits(9).map((d) => ({ text: `stk 1${d} Vietcombank`, secret: d })),
  digits(5).map((d) => ({
    text: `xe 75F1-${d.slice(0, 3)}.${d.slice(3)}`,
    secret: `${d.slice(0, 3)}.${d.slice(3)}`,
  })),
  digits(6).map((d) => ({ text: `thư an${d}@example.com`, secret: `an${d}` })),
)
const harmless = fc.constantFrom('đèn tắt', 'ổ gà sâu', 'rác đầy lối', 'ngập 40 cm')
const WALKS = [
  'received',
  'refused',
  'withdrawn',
  'needs_info',
  'accepted',
  'in_progress',
  'answered',
] as const
const oneCase = fc.record({
  secrets: fc.array(planted, { minLength: 1, maxLength: 3 }),
  harmless,
  answer: planted,
  walk: fc.constantFrom(...WALKS),
  isPrivate: fc.boolean(),
  lng: fc.integer({ min: 107_500_001, max: 107_559_999 }).map((n) => n / 1e6),
  lat: fc.integer({ min: 16_540_001, max: 16_579_999 }).map((n) => n / 1e6),
  house: fc.integer({ min: 100, max: 999 }).map((n) => `số nhà ${n}/7`),
})

const HIDDEN_STATES: readonly State[] = [
  'received',
  'needs_info',
  'refused',
  'withdrawn',
  'duplicate',
]

const HIDDEN_WALKS: readonly string[] = ['received', 'refused', 'withdrawn', 'needs_info']

async function make(one: typeof oneCase extends fc.Arbitrary<infer T> ? T : never, n: number) {
  const text = [
    one.harmless,
    ...one.secrets.map((s) => s.text),
    one.isPrivate ? one.house : '',
  ].join('. ')
  const place = {
    source: 'pin' as const,
    lng: one.lng,
    lat: one.lat,
    text,
    isPrivate: one.isPrivate,
    unitCode: UNIT,
  }
  const chatKey = `chat-key-${n}`
  const { lng, lat } = one
  const bytes = await phonePhoto({ label: `${n}`, lng, lat })
  const photo = await uploadMedia(c.nobody(), { bytes, conversationKey: chatKey })
  // The planted place was there, and came back to whoever sent it.
  expect(photo.taken?.lng).toBeCloseTo(lng, 4)
  const media = [{ mediaId: photo.mediaId }]
  const made = await c.reportFromChat({ description: text, place, media }, chatKey)
  const code = made.publicCode
  const official = c.dispatcher
  if (one.walk === 'refused') await c.move(official, code, { kind: 'refuse', reasonCode: 'spam' })
  else if (one.walk === 'needs_info')
    await c.move(official, code, { kind: 'ask_info', question: one.answer.text })
  else if (one.walk === 'withdrawn') {
    await test.db
      .updateTable('incident')
      .set({ state: 'withdrawn' })
      .where('publicCode', '=', code)
      .execute()
  } else if (one.walk === 'answered') {
    await c.walkTo(code, 'in_progress')
    await c.move(c.officer, code, {
      kind: 'answer',
      text: `Kính gửi ông/bà. ${one.answer.text}. Đã xong.`,
      mediaIds: [],
      noProofReason: one.answer.text,
    })
  } else if (one.walk !== 'received') await c.walkTo(code, one.walk)
  const { mediaId } = photo
  return { ...one, code, secret: made.secret, residentId: made.residentId, chatKey, mediaId }
}
type Made = Awaited<ReturnType<typeof make>>

/** Everything that anybody may read without a session. */
async function readAll(codes: readonly string[], apiKey: string): Promise<Map<string, string>> {
  const out = new Map<string, string>()
  const read = async (path: string) => {
    const answer = await http.request(path)
    expect([path, answer.status]).toEqual([path, 200])
    out.set(path, await answer.text())
  }
  let cursor = ''
  do {
    const path = `/api/v1/incidents?limit=100${cursor && `&cursor=${cursor}`}`
    await read(path)
    cursor = (JSON.parse(out.get(path) ?? '{}') as { nextCursor?: string }).nextCursor ?? ''
  } while (cursor !== '')
  const box = 'bbox=107,16,108,17'
  await read(`/api/v1/incidents.geojson?${box}&limit=2000`)
  await read(`/api/v1/incidents.geojson?${box}&grid=true`)
  for (const end of ['csv', 'geojson']) await read(`/api/v1/open-data/incidents.${end}`)
  for (const end of ['xml', 'json']) {
    await read(`/open311/v2/requests.${end}`)
    await read(`/open311/v2/servicerequestupdates.${end}`)
    await read(`/open311/v2/servicerequestupdates.${end}?api_key=${apiKey}`)
    await read(`/open311/v2/requests.${end}?service_request_id=${codes.join(',')}`)
  }
  await read('/lite')
  for (const code of codes) {
    await read(`/api/v1/incidents/${code}`)
    await read(`/api/v1/incidents?q=${code}`)
    await read(`/lite/case?code=${code}`)
  }
  return out
}

/** What is offered to somebody who is about to report the same, standing on the very spot. */
async function similarTo({ lng, lat }: Made): Promise<string> {
  const place = { source: 'pin', lng, lat, unitCode: UNIT }
  const answer = await http.request('/api/v1/incidents/similar', {
    method: 'POST',
    json: { category: 'road', place },
  })
  expect(answer.status).toBe(200)
  return answer.text()
}

describe('public output', () => {
  it('never holds what is private, through whichever door', async () => {
    const outputs = await readAll(
      cases.map(({ code }) => code),
      apiKey,
    )
    for (const one of cases) outputs.set(`similar to ${one.code}`, await similarTo(one))
    const all = [...outputs.values()].join('\n')
    for (const one of cases) {
      for (const { secret } of [...one.secrets, one.answer]) expect(all).not.toContain(secret)
      for (const secret of [one.secret, one.residentId, one.chatKey])
        expect(all).not.toContain(secret)
      if (!one.isPrivate) continue
      for (const value of [one.lng, one.lat]) expect(all).not.toContain(String(value))
      expect(all).not.toContain(one.house)
    }
    for (const login of ['dieuphoi', 'xuly']) expect(all).not.toContain(login)
    // The search would find what it looks for: what is harmless and public does stand there.
    expect(all).toContain('ổ gà sâu')
  })

  it('finds no case by what is hidden in it', async () => {
    for (const one of cases) {
      const words = [...one.secrets, one.answer].map(({ secret }) => secret)
      for (const q of one.isPrivate ? [...words, one.house] : words) {
        const answer = await http.request(`/api/v1/incidents?q=${encodeURIComponent(q)}`)
        expect([q, (await answer.json()).items]).toEqual([q, []])
      }
    }
  })

  it('gives photos without what a camera writes into them, and none of a private or hidden case', async () => {
    let seen = 0
    for (const one of cases) {
      const isShown = !one.isPrivate && !HIDDEN_WALKS.includes(one.walk)
      for (const size of ['full', 'thumb']) {
        const answer = await http.request(`/api/v1/media/${one.mediaId}?size=${size}`)
        expect([one.walk, answer.status]).toEqual([one.walk, isShown ? 200 : 404])
        if (!isShown) continue
        seen += 1
        const bytes = Buffer.from(await answer.arrayBuffer())
        const { exif, xmp, iptc } = await sharp(bytes).metadata()
        expect([exif, xmp, iptc]).toEqual([undefined, undefined, undefined])
        expect(bytes.includes('Secret Model')).toBe(false)
        expect(bytes.includes('GPS')).toBe(false)
      }
    }
    expect(seen).toBeGreaterThan(4)
  })

  it('lists nothing before acceptance and nothing refused or withdrawn', async () => {
    const hidden = await test.db
      .selectFrom('incident')
      .select('publicCode')
      .where('state', 'in', [...HIDDEN_STATES])
      .execute()
    expect(hidden.length).toBeGreaterThan(3)
    const lists = [...(await readAll([], '')).entries()].map(([, text]) => text).join('\n')
    for (const { publicCode } of hidden) expect(lists).not.toContain(publicCode)
  })
})
