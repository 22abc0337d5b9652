import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { mediaRoutes, purgeOrphans } from '../../api/files/index.ts'
import { createShell } from '../../api/http/shell.ts'
import { getCase } from '../../api/rooms/console/index.ts'
import { findCaseScope, purgeEnded, redactPhoto } from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { jpeg } from './files-kit.ts'
import { type Commune, openCommune } from './incidents-kit.ts'

let test: TestDb
let c: Commune
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
})
afterAll(() => test.close())

const FACE = { x: 0.1, y: 0.1, width: 0.2, height: 0.3 }
const PLATE = { x: 0.6, y: 0.7, width: 0.2, height: 0.1 }
const CODES = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  )

/** A published photo of an accepted case. */
async function photographed() {
  const { mediaId, uploadSecret } = await c.photo({ kind: 'anonymous' })
  const { publicCode } = await c.report({
    media: [{ mediaId, ...(uploadSecret === undefined ? {} : { uploadSecret }) }],
  })
  await c.walkTo(publicCode, 'accepted')
  return { id: (await c.rowOf(publicCode)).id, publicCode, mediaId }
}

/** How many parts are covered in what this reader gets; the status when they get none. */
async function seen(actor: Actor | null, mediaId: string, query = ''): Promise<number> {
  const { request } = testApp(test.db, { now: c.clock.now, ports: c.ports }, (deps) =>
    createShell(deps, {
      authenticate: async () => actor,
      cookieName: 'loa_session',
      mount: (api) => void api.route('/', mediaRoutes(findCaseScope)),
    }),
  )
  const answer = await request(`/api/v1/media/${mediaId}${query}`, {
    headers: { cookie: 'loa_session=x' },
  })
  if (answer.status !== 200) return answer.status
  return (await answer.arrayBuffer()).byteLength - jpeg.length
}

describe('covering parts of a photo', () => {
  it('shows everybody the covered one, and the officials of the case both', async () => {
    const { id, mediaId } = await photographed()
    expect(await seen(null, mediaId)).toBe(0)
    await redactPhoto(c.as(c.dispatcher), { id, mediaId, boxes: [FACE, PLATE], seenAt: null })
    for (const reader of [null, c.dispatcher, c.elsewhere])
      for (const size of ['', '?size=thumb'])
        expect([reader, await seen(reader, mediaId, size)]).toEqual([reader, 2])
    expect(await seen(c.dispatcher, mediaId, '?rendition=original')).toBe(0)
    for (const reader of [null, c.elsewhere])
      expect(await seen(reader, mediaId, '?rendition=original')).toBe(404)
    const [photo] = (await getCase(c.as(c.dispatcher), id)).media
    expect(photo?.boxes).toEqual([FACE, PLATE])
  })

  it('starts from the photo as it came each time, and can be taken back', async () => {
    const { id, mediaId } = await photographed()
    const redact = async (boxes: (typeof FACE)[]) => {
      const [photo] = (await getCase(c.as(c.dispatcher), id)).media
      c.clock.advance(1)
      await redactPhoto(c.as(c.dispatcher), {
        id,
        mediaId,
        boxes,
        seenAt: photo?.redactedAt ?? null,
      })
    }
    await redact([FACE])
    await redact([FACE, PLATE])
    expect(await seen(null, mediaId)).toBe(2)
    await redact([])
    expect(await seen(null, mediaId)).toBe(0)
    const left = () => test.db.selectFrom('mediaLeftover').selectAll().execute()
    const keys = (await left()).map((row) => row.storageKey)
    expect(keys).toHaveLength(4)
    await purgeOrphans(c.system)
    expect(await left()).toEqual([])
    for (const key of keys) expect(await c.ports.storage?.get(key)).toBeUndefined()
    expect(await seen(null, mediaId)).toBe(0)
  })

  it('is refused to a colleague who has not seen the last covering', async () => {
    const { id, mediaId } = await photographed()
    const input = { id, mediaId, boxes: [FACE], seenAt: null }
    await redactPhoto(c.as(c.dispatcher), input)
    c.clock.advance(1)
    expect(await CODES(redactPhoto(c.as(c.approver), { ...input, boxes: [PLATE] }))).toBe(
      'http.conflict',
    )
    expect(await seen(null, mediaId)).toBe(1)
  })

  it('is refused to whoever has no right, for a photo of another case, and for no parts at all', async () => {
    const { id, mediaId } = await photographed()
    const other = await photographed()
    const input = { id, mediaId, boxes: [FACE], seenAt: null }
    expect(await CODES(redactPhoto(c.nobody(), input))).toBe('http.unauthenticated')
    for (const actor of [c.elsewhere, c.police])
      expect(await CODES(redactPhoto(c.as(actor), input))).toBe('http.forbidden')
    const redact = (more: object) => CODES(redactPhoto(c.as(c.dispatcher), { ...input, ...more }))
    expect(await redact({ mediaId: other.mediaId })).toBe('files.not_found')
    expect(await redact({ id: c.system.newId() })).toBe('incidents.not_found')
    expect(await redact({ boxes: [{ ...FACE, width: 0 }] })).toBe('http.invalid_input')
    expect(await redact({ boxes: [{ ...FACE, x: -1 }] })).toBe('http.invalid_input')
    const { cover } = c.ports.images
    c.ports.images.cover = null
    expect(await redact({})).toBe('files.cannot_redact')
    c.ports.images.cover = cover
    expect(await seen(null, mediaId)).toBe(0)
  })

  it('leaves audit rows without what was covered, and no object when it fails', async () => {
    const { id, mediaId } = await photographed()
    await redactPhoto(c.as(c.dispatcher), { id, mediaId, boxes: [FACE], seenAt: null })
    const rows = await test.db.selectFrom('audit').selectAll().orderBy('seq').execute()
    const own = rows.filter((row) => row.action.endsWith('.redact'))
    expect(own.map((row) => [row.action, row.subjectId])).toEqual([
      ['incident.redact', id],
      ['media.redact', mediaId],
    ])
    expect(JSON.stringify(own)).not.toContain('0.1')
  })
})

it('180 days after the end only the covered photo is left', async () => {
  const { id, publicCode, mediaId } = await photographed()
  await redactPhoto(c.as(c.dispatcher), { id, mediaId, boxes: [FACE], seenAt: null })
  const before = await test.db
    .selectFrom('media')
    .selectAll()
    .where('id', '=', mediaId)
    .executeTakeFirstOrThrow()
  const other = (await c.report({ category: 'noise' })).publicCode
  await c.walkTo(other, 'accepted')
  await c.move(c.dispatcher, publicCode, { kind: 'assign', agencyCode: 'quang-dien.kinh-te' })
  await c.move(c.officer, publicCode, { kind: 'start' })
  const answer = { kind: 'answer' as const, text: 'Xong', mediaIds: [], noProofReason: 'Đêm' }
  await c.move(c.officer, publicCode, answer)
  await test.db
    .updateTable('incident')
    .set({ state: 'closed', closedAt: c.clock.now() })
    .where('id', '=', id)
    .execute()
  c.clock.advance(181 * 86_400)
  expect(await purgeEnded(c.system)).toBe(1)
  await purgeOrphans(c.system)
  expect(await seen(null, mediaId)).toBe(1)
  expect(await seen(c.dispatcher, mediaId, '?rendition=original')).toBe(1)
  expect(await c.ports.storage?.get(before.storageKey)).toBeUndefined()
})
