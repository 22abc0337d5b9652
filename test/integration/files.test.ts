import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { newSecret, sha256Hex } from '../../api/core/ids.ts'
import { getMediaBytes, publishMedia, uploadMedia } from '../../api/files/index.ts'
import { openDatabase, type TestDb, testCtx } from '../harness.ts'
import {
  appAs,
  attached,
  auditOf,
  jpeg,
  OFFICER_ID,
  official,
  resident,
  strippingPorts,
} from './files-kit.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
  return () => test.close()
})
afterEach(() => test.truncate())

type Answer = { mediaId: string; uploadSecret?: string; taken?: unknown; code?: string }
const problem = async (response: Response) => (await response.json()) as Record<string, unknown>
const body = async (response: Response) => (await response.json()) as Answer
describe('uploading', () => {
  it('stores the photo without metadata, private, and tells once what it said of itself', async () => {
    const app = appAs(test.db, null)
    const response = await app.send(jpeg)
    expect(response.status).toBe(201)
    const answer = await body(response)
    expect(answer).toEqual({
      mediaId: expect.any(String),
      widthPx: 8,
      heightPx: 6,
      taken: { at: '2026-11-22T01:00:00.000Z', lng: 107.59, lat: 16.46 },
      uploadSecret: expect.stringMatching(/^[\w-]{43}$/),
    })
    const [[key, bytes] = ['', new Uint8Array()]] = [...app.stored]
    expect(key).toBe(`media/2026/11/${answer.mediaId}`)
    expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/Exif|Nguyen/)
    expect((await app.read(answer.mediaId)).status).toBe(404)
    expect(await auditOf(test.db, answer.mediaId)).toEqual(['media.upload'])
  })

  it('keeps only a hash of the upload secret and of the conversation', async () => {
    const app = appAs(test.db, null)
    const { uploadSecret = '' } = await body(await app.send(jpeg))
    const conversation = newSecret(app.ports.random)
    const mine = await body(await app.send(jpeg, { 'x-loa-conversation': conversation }))
    expect(mine.uploadSecret).toBeUndefined()
    const rows = await test.db
      .selectFrom('media')
      .select(['ownerKind', 'ownerId'])
      .orderBy('id')
      .execute()
    expect(rows).toEqual([
      { ownerKind: 'anonymous', ownerId: await sha256Hex(uploadSecret) },
      { ownerKind: 'conversation', ownerId: await sha256Hex(conversation) },
    ])
  })

  it('belongs to whoever is signed in', async () => {
    await appAs(test.db, official()).send(jpeg)
    await appAs(test.db, resident('r1')).send(jpeg)
    const rows = await test.db
      .selectFrom('media')
      .select(['ownerKind', 'ownerId'])
      .orderBy('ownerKind')
      .execute()
    expect(rows).toEqual([
      { ownerKind: 'official', ownerId: OFFICER_ID },
      { ownerKind: 'resident', ownerId: 'r1' },
    ])
  })

  it('refuses what is no photo, by its bytes and not by its name', async () => {
    const app = appAs(test.db, null)
    const heic = new Uint8Array(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'))
    const cases: [Uint8Array | string, number, string][] = [
      [new TextEncoder().encode('<svg onload="x"/>'), 415, 'files.not_an_image'],
      [new Uint8Array(), 415, 'files.not_an_image'],
      [heic, 415, 'files.heic'],
      [jpeg.slice(0, 60), 415, 'files.not_an_image'],
      [new Uint8Array(10_000_001), 413, 'files.too_large'],
      [new Uint8Array(12_000_000), 413, 'files.too_large'],
      ['just a text', 422, 'http.invalid_input'],
    ]
    for (const [file, status, code] of cases) {
      const response = await app.send(file)
      expect([response.status, (await body(response)).code]).toEqual([status, code])
    }
    expect([app.stored.size, await auditOf(test.db, 'x')]).toEqual([0, []])
  })

  it('stops reading an endless upload', async () => {
    let chunks = 0
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        chunks += 1
        controller.enqueue(new Uint8Array(1_000_000))
        if (chunks === 200) controller.close()
      },
    })
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      body: endless,
      duplex: 'half',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    }
    const response = await appAs(test.db, null).app.request('/api/v1/media', init)
    expect([response.status, (await body(response)).code]).toEqual([413, 'files.too_large'])
    expect(chunks).toBeLessThan(20)
  })

  it('says that the storage is off instead of losing the photo', async () => {
    const response = await appAs(test.db, null, strippingPorts({ storage: null })).send(jpeg)
    expect([response.status, (await body(response)).code]).toEqual([503, 'files.storage_off'])
  })

  it('a broken multipart body is refused', async () => {
    const response = await appAs(test.db, null).request('/api/v1/media', {
      method: 'POST',
      body: 'no boundary here',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    })
    expect(response.status).toBe(400)
  })

  it('leaves no object behind when the row could not be written', async () => {
    const { ports, stored } = strippingPorts()
    const ctx = { ...testCtx(test.db, { ports }), newId: () => 'not-a-uuid' }
    await expect(uploadMedia(ctx, { bytes: jpeg })).rejects.toThrow()
    expect(stored.size).toBe(0)
  })
})

describe('reading', () => {
  it('a private photo is for its uploader and for officials whose rights reach the case', async () => {
    const { ctx, mediaId } = await attached(test.db, strippingPorts().ports)
    const as = async (actor: Actor | null) => {
      const app = appAs(test.db, actor, { ports: ctx.ports, stored: new Map() })
      const response = await app.read(mediaId)
      return [response.status, response.headers.get('cache-control')]
    }
    const allowed = [200, 'private, no-store']
    const missing = [404, 'no-store']
    expect(await as(resident('r1'))).toEqual(allowed)
    expect(await as(official())).toEqual(allowed)
    expect(await as(official({ roles: ['officer'], agencyCode: 'a1' }))).toEqual(allowed)
    expect(await as(official({ unitCode: '19804' }))).toEqual(missing)
    expect(await as(official({ roles: ['officer'], agencyCode: 'a2' }))).toEqual(missing)
    expect(await as(official({ roles: ['admin'] }))).toEqual(missing)
    expect(await as(resident('r2'))).toEqual(missing)
    expect(await as(null)).toEqual(missing)
  })

  it('an upload of a chat is for that chat', async () => {
    const app = appAs(test.db, null)
    const conversation = newSecret(app.ports.random)
    const { mediaId } = await body(await app.send(jpeg, { 'x-loa-conversation': conversation }))
    expect((await app.read(mediaId, { 'x-loa-conversation': conversation })).status).toBe(200)
    expect(
      (await app.read(mediaId, { 'x-loa-conversation': newSecret(app.ports.random) })).status,
    ).toBe(404)
  })

  it('a published photo is for everybody, cached for an hour, and not sent twice', async () => {
    const app = appAs(test.db, null)
    const { ctx, mediaId } = await attached(test.db, app.ports)
    await publishMedia(ctx, [mediaId])
    await publishMedia(ctx, [mediaId])
    const response = await app.read(mediaId, {}, '?size=thumb')
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'public, max-age=3600',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
    })
    const etag = response.headers.get('etag') ?? ''
    expect((await app.read(mediaId, { 'if-none-match': etag }, '?size=thumb')).status).toBe(304)
    expect((await app.read(mediaId, { 'if-none-match': etag })).status).toBe(200)
    expect(await auditOf(test.db, mediaId)).toEqual([
      'media.upload',
      'media.attach',
      'media.publish',
    ])
  })

  it('missing, malformed and forbidden look the same', async () => {
    const app = appAs(test.db, null)
    const { mediaId } = await attached(test.db, app.ports)
    const seen = await Promise.all(
      [mediaId, OFFICER_ID, 'x', '..%2F..%2Fetc'].map(async (id) => {
        const response = await app.read(id)
        const { requestId: _one, instance: _two, ...same } = await problem(response)
        return { httpStatus: response.status, same }
      }),
    )
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(seen[0]).toMatchObject({ httpStatus: 404, same: { code: 'files.not_found' } })
  })

  it('senders get the bytes of any photo that still exists', async () => {
    const { ctx, mediaId } = await attached(test.db, strippingPorts().ports)
    const found = await getMediaBytes(ctx, mediaId, 'thumb')
    expect([found.contentType, sniffed(found.bytes)]).toEqual(['image/jpeg', 'ffd8'])
    await expect(getMediaBytes(ctx, OFFICER_ID, 'full')).rejects.toMatchObject({
      code: 'files.not_found',
    })
  })
})

const sniffed = (bytes: Uint8Array) => Buffer.from(bytes.slice(0, 2)).toString('hex')
