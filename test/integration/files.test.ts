import sharp from 'sharp'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Actor, Ports } from '../../api/context.ts'
import { newSecret, sha256Hex } from '../../api/core/ids.ts'
import type { CaseScope } from '../../api/files/index.ts'
import {
  attachMedia,
  getMediaBytes,
  mediaRoutes,
  publishMedia,
  purgeOrphans,
  uploadMedia,
} from '../../api/files/index.ts'
import { stripMetadata } from '../../api/files/strip.ts'
import { createShell } from '../../api/http/shell.ts'
import { openPglite, type TestDb, testClock, testCtx, testPorts } from '../harness.ts'
import { testApp } from '../harness-app.ts'

let test: TestDb
let jpeg: Uint8Array
beforeAll(async () => {
  test = await openPglite()
  jpeg = new Uint8Array(
    await sharp({ create: { width: 8, height: 6, channels: 3, background: 'teal' } })
      .withExif({ IFD0: { Artist: 'Nguyen Van A' } })
      .jpeg()
      .toBuffer(),
  )
  return () => test.close()
})
afterEach(() => test.truncate())

const OFFICER_ID = '01930000-0000-7000-8000-000000000001'
const official = (more: Partial<Extract<Actor, { kind: 'official' }>> = {}): Actor => ({
  kind: 'official',
  officialId: OFFICER_ID,
  roles: ['dispatcher'],
  capabilities: [],
  unitCode: '19867',
  agencyCode: null,
  ...more,
})
const resident = (residentId: string): Actor => ({ kind: 'resident', residentId })

/** A host without sharp: strips, makes no thumbnail. Keeps what it stored within sight. */
const strippingPorts = (overrides: Partial<Ports> = {}) => {
  const stored = new Map<string, Uint8Array>()
  const ports = testPorts({
    images: {
      sanitise: async (bytes) => ({
        picture: stripMetadata(bytes),
        thumbnail: null,
        taken: { at: new Date('2026-11-22T01:00:00Z'), lng: 107.59, lat: 16.46 },
      }),
    },
    storage: {
      put: async (key, bytes) => void stored.set(key, bytes),
      get: async (key) => stored.get(key),
      remove: async (key) => void stored.delete(key),
    },
    ...overrides,
  })
  return { ports, stored }
}

const CASE: CaseScope = { unitCode: '19867', agencyCode: 'a1', assigneeId: null }

const appAs = (actor: Actor | null, given = strippingPorts()) => {
  const made = testApp(test.db, { ports: given.ports }, (deps) =>
    createShell(deps, {
      authenticate: async () => actor,
      cookieName: 'loa_session',
      mount: (api) =>
        void api.route(
          '/',
          mediaRoutes(async (_ctx, id) => (id === 'case-1' ? CASE : undefined)),
        ),
    }),
  )
  const send = (file: Uint8Array | string, headers: Record<string, string> = {}) => {
    const form = new FormData()
    form.set('file', typeof file === 'string' ? file : new File([new Uint8Array(file)], 'a.jpg'))
    return made.request('/api/v1/media', {
      method: 'POST',
      body: form,
      headers: { cookie: 'loa_session=x', ...headers },
    })
  }
  const read = (id: string, headers: Record<string, string> = {}, query = '') =>
    made.request(`/api/v1/media/${id}${query}`, {
      headers: { cookie: 'loa_session=x', ...headers },
    })
  return { ...made, ...given, send, read }
}

type Answer = { mediaId: string; uploadSecret?: string; taken?: unknown; code?: string }
const problem = async (response: Response) => (await response.json()) as Record<string, unknown>
const body = async (response: Response) => (await response.json()) as Answer
const auditOf = async (id: string) =>
  (
    await test.db
      .selectFrom('audit')
      .select('action')
      .where('subjectId', '=', id)
      .orderBy('seq')
      .execute()
  ).map((row) => row.action)

describe('uploading', () => {
  it('stores the photo without metadata, private, and tells once what it said of itself', async () => {
    const app = appAs(null)
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
    expect(await auditOf(answer.mediaId)).toEqual(['media.upload'])
  })

  it('keeps only a hash of the upload secret and of the conversation', async () => {
    const app = appAs(null)
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
    await appAs(official()).send(jpeg)
    await appAs(resident('r1')).send(jpeg)
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
    const app = appAs(null)
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
    expect([app.stored.size, await auditOf('x')]).toEqual([0, []])
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
    const response = await appAs(null).app.request('/api/v1/media', init)
    expect([response.status, (await body(response)).code]).toEqual([413, 'files.too_large'])
    expect(chunks).toBeLessThan(20)
  })

  it('says that the storage is off instead of losing the photo', async () => {
    const response = await appAs(null, strippingPorts({ storage: null })).send(jpeg)
    expect([response.status, (await body(response)).code]).toEqual([503, 'files.storage_off'])
  })

  it('a broken multipart body is refused', async () => {
    const response = await appAs(null).request('/api/v1/media', {
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

/** An upload of a resident, attached to the case, and its ctx. */
const attached = async (app: ReturnType<typeof appAs>) => {
  const ctx = testCtx(test.db, { actor: resident('r1'), ports: app.ports })
  const { mediaId } = await uploadMedia(ctx, { bytes: jpeg })
  await attachMedia(ctx, { media: [{ mediaId }], attachedTo: 'case-1' })
  return { ctx, mediaId }
}

describe('reading', () => {
  it('a private photo is for its uploader and for officials whose rights reach the case', async () => {
    const { ctx, mediaId } = await attached(appAs(null))
    const as = async (actor: Actor | null) => {
      const app = appAs(actor, { ports: ctx.ports, stored: new Map() })
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
    const app = appAs(null)
    const conversation = newSecret(app.ports.random)
    const { mediaId } = await body(await app.send(jpeg, { 'x-loa-conversation': conversation }))
    expect((await app.read(mediaId, { 'x-loa-conversation': conversation })).status).toBe(200)
    expect(
      (await app.read(mediaId, { 'x-loa-conversation': newSecret(app.ports.random) })).status,
    ).toBe(404)
  })

  it('a published photo is for everybody, cached for an hour, and not sent twice', async () => {
    const app = appAs(null)
    const { ctx, mediaId } = await attached(app)
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
    expect(await auditOf(mediaId)).toEqual(['media.upload', 'media.attach', 'media.publish'])
  })

  it('missing, malformed and forbidden look the same', async () => {
    const app = appAs(null)
    const { mediaId } = await attached(app)
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
    const { ctx, mediaId } = await attached(appAs(null))
    const found = await getMediaBytes(ctx, mediaId, 'thumb')
    expect([found.contentType, sniffed(found.bytes)]).toEqual(['image/jpeg', 'ffd8'])
    await expect(getMediaBytes(ctx, OFFICER_ID, 'full')).rejects.toMatchObject({
      code: 'files.not_found',
    })
  })
})

const sniffed = (bytes: Uint8Array) => Buffer.from(bytes.slice(0, 2)).toString('hex')

describe('attaching', () => {
  it('needs the proof of the uploader: account, chat or one-time secret', async () => {
    const { ports } = strippingPorts()
    const as = (actor: Actor) => testCtx(test.db, { actor, ports })
    const nobody: Actor = { kind: 'anonymous' }
    const own = await uploadMedia(as(resident('r1')), { bytes: jpeg })
    const chat = await uploadMedia(as(nobody), { bytes: jpeg, conversationKey: 'web-1' })
    const loose = await uploadMedia(as(nobody), { bytes: jpeg })
    const attach = (
      actor: Actor,
      mediaId: string,
      more: { uploadSecret?: string; key?: string } = {},
    ) =>
      attachMedia(as(actor), {
        media: [{ mediaId, uploadSecret: more.uploadSecret }],
        conversationKey: more.key,
        attachedTo: 'case-1',
      })
    const refused = { code: 'files.not_found' }
    await expect(attach(resident('r2'), own.mediaId)).rejects.toMatchObject(refused)
    await expect(attach(nobody, chat.mediaId, { key: 'web-2' })).rejects.toMatchObject(refused)
    await expect(attach(nobody, loose.mediaId)).rejects.toMatchObject(refused)
    await expect(attach(nobody, loose.mediaId, { uploadSecret: 'x' })).rejects.toMatchObject(
      refused,
    )
    await expect(attach(nobody, 'x')).rejects.toMatchObject(refused)
    expect(await attach(resident('r1'), own.mediaId)).toHaveLength(1)
    expect(await attach(nobody, chat.mediaId, { key: 'web-1' })).toHaveLength(1)
    const { uploadSecret = '' } = loose
    expect(await attach(nobody, loose.mediaId, { uploadSecret })).toHaveLength(1)
  })

  it('holds for one case only, and the same binding again is fine', async () => {
    const { ctx, mediaId } = await attached(appAs(null))
    const again = await attachMedia(ctx, {
      media: [{ mediaId }, { mediaId }],
      attachedTo: 'case-1',
    })
    expect(again).toEqual([expect.objectContaining({ mediaId, widthPx: 8 })])
    await expect(
      attachMedia(ctx, { media: [{ mediaId }], attachedTo: 'case-2' }),
    ).rejects.toMatchObject({ code: 'files.not_found' })
  })

  it('is all or nothing, and bounded', async () => {
    const { ports } = strippingPorts()
    const ctx = testCtx(test.db, { actor: resident('r1'), ports })
    const { mediaId } = await uploadMedia(ctx, { bytes: jpeg })
    await expect(
      attachMedia(ctx, { media: [{ mediaId }, { mediaId: OFFICER_ID }], attachedTo: 'case-1' }),
    ).rejects.toMatchObject({ code: 'files.not_found' })
    const row = await test.db.selectFrom('media').select('attachedTo').executeTakeFirstOrThrow()
    expect(row.attachedTo).toBeNull()
    const many = Array.from({ length: 7 }, () => ({ mediaId: ctx.newId() }))
    await expect(attachMedia(ctx, { media: many, attachedTo: 'case-1' })).rejects.toMatchObject({
      code: 'files.too_many',
      params: { max: 6 },
    })
  })
})

describe('purging', () => {
  it('removes what nothing refers to after 24 hours, row first, and nothing else', async () => {
    const clock = testClock()
    const { ports, stored } = strippingPorts()
    const ctx = testCtx(test.db, { actor: resident('r1'), ports, clock })
    const upload = async () => (await uploadMedia(ctx, { bytes: jpeg })).mediaId
    const [orphan, bound, published] = [await upload(), await upload(), await upload()]
    await attachMedia(ctx, { media: [{ mediaId: bound }], attachedTo: 'case-1' })
    await publishMedia(ctx, [published])
    clock.advance(23.9 * 3600)
    const young = await upload()
    expect(await purgeOrphans(ctx)).toBe(0)
    clock.advance(0.2 * 3600)
    expect([await purgeOrphans(ctx), await purgeOrphans(ctx)]).toEqual([1, 0])
    expect([...stored.keys()].map((key) => key.slice(-36)).sort()).toEqual(
      [bound, published, young].sort(),
    )
    const row = await test.db
      .selectFrom('media')
      .selectAll()
      .where('id', '=', orphan)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ state: 'gone', storageKey: '', takenLng: null, takenAt: null })
    await expect(getMediaBytes(ctx, orphan, 'full')).rejects.toMatchObject({
      code: 'files.not_found',
    })
    expect(await auditOf(orphan)).toEqual(['media.upload', 'media.purge'])
  })

  it('tries an object again that the storage did not give up', async () => {
    const clock = testClock()
    const { ports, stored } = strippingPorts()
    let isDown = true
    const remove = async (key: string) => {
      if (isDown) throw new Error('storage is down')
      stored.delete(key)
    }
    const storage = ports.storage === null ? null : { ...ports.storage, remove }
    const ctx = testCtx(test.db, { clock, ports: { ...ports, storage } })
    await uploadMedia(ctx, { bytes: jpeg })
    clock.advance(25 * 3600)
    expect([await purgeOrphans(ctx), stored.size]).toEqual([1, 1])
    isDown = false
    expect([await purgeOrphans(ctx), stored.size]).toEqual([0, 0])
  })
})
