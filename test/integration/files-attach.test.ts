import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import {
  attachMedia,
  getMediaBytes,
  publishMedia,
  purgeOrphans,
  uploadMedia,
} from '../../api/files/index.ts'
import { openDatabase, type TestDb, testClock, testCtx } from '../harness.ts'
import { attached, auditOf, jpeg, OFFICER_ID, resident, strippingPorts } from './files-kit.ts'

let test: TestDb
beforeAll(async () => {
  test = await openDatabase()
  return () => test.close()
})
afterEach(() => test.truncate())

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
    const { ctx, mediaId } = await attached(test.db, strippingPorts().ports)
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
    expect(await auditOf(test.db, orphan)).toEqual(['media.upload', 'media.purge'])
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
