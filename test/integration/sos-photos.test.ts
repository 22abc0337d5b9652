import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { getReadableMedia } from '../../api/files/access.ts'
import { findCallScope, moveSos, purgeCalls } from '../../api/rooms/sos/index.ts'
import { readBoard } from '../../api/rooms/sos/service/board.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { openWatch, type Watch } from './sos-kit.ts'

let test: TestDb
let w: Watch
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  w = await openWatch(test.db)
})
afterAll(() => test.close())

const vi = () => w.c.nobody().translate('vi')
const media = async () => test.db.selectFrom('media').selectAll().execute()

/** A call in a chat, and a photo without a word after it. */
async function withPhoto() {
  const an = await w.watcher('an')
  const door = w.open('telegram', 'caller')
  await door.type('cứu với, nước ngập nhà rồi')
  const { mediaId } = await w.c.photo({ kind: 'anonymous' }, 'caller')
  const said = await door.send({ kind: 'photo', mediaIds: [mediaId] })
  return { an, door, mediaId, said }
}

describe('a photo alone in a call for rescue', () => {
  it('is kept with the call, told to those on duty, and the open question stays', async () => {
    const { an, mediaId, said } = await withPhoto()
    expect(said).toContain(vi()('sos:added'))
    expect(said).toContain(vi()('sos:ask.where'))
    const [call] = await w.cases()
    expect((await media())[0]).toMatchObject({ id: mediaId, attachedTo: call?.id })
    expect((await w.pushed(an.door.chatKey)).at(-1)?.text).toContain(vi()('sos:line.photo'))
    const board = await readBoard(an.ctx)
    expect(board.cases[0]?.notes.map(({ text, mediaId: id }) => [text, id])).toEqual([
      ['cứu với, nước ngập nhà rồi', null],
      ['', mediaId],
    ])
    expect((await w.audited()).at(-1)).toMatchObject({ action: 'sos.added' })
  })

  it('is seen by whoever handles calls of the unit, by nobody else', async () => {
    const { an, mediaId } = await withPhoto()
    const read = (ctx: Parameters<typeof getReadableMedia>[0]) =>
      getReadableMedia(ctx, { mediaId, rendition: 'original' }, findCallScope)
    expect((await read(an.ctx)).id).toBe(mediaId)
    const elsewhere = await w.official('xa', '19900')
    await expect(read(elsewhere.ctx)).rejects.toMatchObject({ code: 'files.not_found' })
    await expect(read(w.c.nobody())).rejects.toMatchObject({ code: 'files.not_found' })
  })

  it('sent twice is kept once; one of another chat costs no call', async () => {
    const { door, mediaId } = await withPhoto()
    await door.send({ kind: 'photo', mediaIds: [mediaId] })
    const foreign = await w.c.photo({ kind: 'anonymous' }, 'somebody')
    const said = await door.send({
      kind: 'photo',
      mediaIds: [foreign.mediaId],
      caption: 'nước tới cổ rồi',
    })
    expect(said).toContain(vi()('sos:added'))
    expect((await w.notes()).map(({ text, mediaId: id }) => [text, id])).toEqual([
      ['cứu với, nước ngập nhà rồi', null],
      ['', mediaId],
      ['nước tới cổ rồi', null],
    ])
  })

  it('goes with what leads to the sender, half a year after the end', async () => {
    const { an } = await withPhoto()
    const [call] = await w.cases()
    await moveSos(an.ctx, { caseId: call?.id ?? '', move: 'claim' })
    await moveSos(an.ctx, { caseId: call?.id ?? '', move: 'safe' })
    w.c.clock.advance(181 * 86_400_000)
    expect(await purgeCalls(w.c.system)).toBe(1)
    expect(await w.notes()).toEqual([])
    expect((await media()).map(({ state }) => state)).toEqual(['gone'])
  })
})
