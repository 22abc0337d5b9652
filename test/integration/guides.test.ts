import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, Capability, Ctx } from '../../api/context.ts'
import { FIRST_LESSONS } from '../../api/rooms/guides/data/index.ts'
import { seedLessons } from '../../api/rooms/guides/index.ts'
import {
  listForEditor,
  previewVersion,
  publishLesson,
  readVersions,
  saveLessonDraft,
} from '../../api/rooms/guides/service/edit.ts'
import { answerQuestion, listLessons, readLesson } from '../../api/rooms/guides/service/read.ts'
import { createOfficial } from '../../api/rooms/identity/index.ts'
import { createTurn } from '../../bots/conversation.ts'
import { openDatabase, type TestDb, testClock, testCtx, testPorts } from '../harness.ts'
import { buttonFor, choicesOf, knowledge, seed, textOf } from './chat-kit.ts'

let database: TestDb
let as: (actor: Actor, language?: 'vi' | 'en') => Ctx
let reader: Ctx
const clock = testClock()

beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.truncate()
  const ports = testPorts()
  as = (actor, language = 'vi') => testCtx(database.db, { actor, clock, ports, language })
  reader = as({ kind: 'anonymous' })
  await seed(reader)
  await seedLessons(database.db, clock.now())
})

const first = FIRST_LESSONS[0]
if (first === undefined) throw new Error('no lesson')
const changed = { ...first, title: { vi: 'Cài Hue-S cho mệ', en: 'Hue-S for grandmother' } }

async function official(login: string, capabilities: Capability[]): Promise<Ctx> {
  const more = { roles: [], capabilities, unitCode: '19867', agencyCode: null }
  const { id } = await createOfficial(as({ kind: 'system', name: 'test' }), {
    ...{ login, displayName: login, password: 'mot-hai-ba-bon-nam', ...more },
    roles: ['officer'],
  })
  return as({ kind: 'official', officialId: id, ...more, roles: ['officer'] })
}

const audited = (action: string) =>
  database.db.selectFrom('audit').selectAll().where('action', '=', action).execute()

describe('lessons', () => {
  it('are all twelve there, in order, in both languages', async () => {
    const lessons = await listLessons(reader)
    expect(lessons.map(({ id }) => id)).toEqual(FIRST_LESSONS.map(({ id }) => id))
    expect(lessons).toHaveLength(12)
    const english = await readLesson(as({ kind: 'anonymous' }, 'en'), 'install-hue-s')
    expect(english).toMatchObject({ title: first.title.en, version: 1, reviewedOn: '2026-11-28' })
    await expect(readLesson(reader, 'nothing')).rejects.toMatchObject({ code: 'guides.not_found' })
  })

  it('keep what an editor published when the server starts again', async () => {
    const editor = await official('bien.tap', ['editor'])
    await saveLessonDraft(editor, { lesson: changed, version: 1 })
    await publishLesson(editor, { id: first.id, version: 2 })
    await seedLessons(database.db, clock.now())
    expect(await readLesson(reader, first.id)).toMatchObject({
      title: changed.title.vi,
      version: 2,
    })
  })

  it('answer a question, or say that they do not', async () => {
    const found = await answerQuestion(reader, { q: 'kich hoat vneid muc 2' })
    expect([found.outcome, found.items[0]?.id]).toEqual(['found', 'vneid-level-2'])
    expect(await answerQuestion(reader, { q: 'trồng lúa tháng mấy' })).toMatchObject({
      outcome: 'none',
      items: [],
    })
    await expect(answerQuestion(reader, { q: ' ' })).rejects.toMatchObject({
      code: 'http.invalid_input',
    })
  })
})

describe('an editor', () => {
  it('drafts, previews and publishes; nobody else sees the draft', async () => {
    const editor = await official('bien.tap', ['editor'])
    expect(await saveLessonDraft(editor, { lesson: changed, version: 1 })).toEqual({ version: 2 })
    expect((await readLesson(reader, first.id)).title).toBe(first.title.vi)
    expect(await previewVersion(editor, { id: first.id, version: 2 })).toMatchObject({
      title: changed.title.vi,
    })
    await publishLesson(editor, { id: first.id, version: 2 })
    expect(await readLesson(reader, first.id)).toMatchObject({
      title: changed.title.vi,
      version: 2,
    })
    const versions = await readVersions(editor, first.id)
    expect(versions.map(({ version, state }) => [version, state])).toEqual([
      [2, 'published'],
      [1, 'replaced'],
    ])
    expect((await listForEditor(editor)).lessons).toHaveLength(12)
    expect(await audited('guides.draft_saved')).toMatchObject([{ data: { version: 2 } }])
    expect(await audited('guides.published')).toMatchObject([{ subjectId: first.id }])
  })

  it('saves and publishes twice with one effect', async () => {
    const editor = await official('bien.tap', ['editor'])
    await saveLessonDraft(editor, { lesson: changed, version: 1 })
    expect(await saveLessonDraft(editor, { lesson: changed, version: 2 })).toEqual({ version: 2 })
    await publishLesson(editor, { id: first.id, version: 2 })
    await publishLesson(editor, { id: first.id, version: 2 })
    expect(await audited('guides.draft_saved')).toHaveLength(1)
    expect(await audited('guides.published')).toHaveLength(1)
  })

  it('says in own words what a drawing shows', async () => {
    const editor = await official('bien.tap', ['editor'])
    const alt = { vi: 'Ngón tay chỉ vào nút “Cài đặt”', en: 'A finger on the button “Install”' }
    const steps = first.steps.map((step, i) => (i === 0 ? { ...step, alt } : step))
    await saveLessonDraft(editor, { lesson: { ...first, steps }, version: 1 })
    const seen = await previewVersion(editor, { id: first.id, version: 2 })
    const own = (await listForEditor(editor)).drawings.find(
      ({ name }) => name === steps[1]?.drawing,
    )
    expect(seen.steps.slice(0, 2).map((step) => step.alt)).toEqual([alt.vi, own?.alt.vi])
  })

  it('makes a new lesson, which stands last', async () => {
    const editor = await official('bien.tap', ['editor'])
    await saveLessonDraft(editor, { lesson: { ...changed, id: 'one-more' }, version: null })
    expect(await listLessons(reader)).toHaveLength(12)
    await publishLesson(editor, { id: 'one-more', version: 1 })
    expect((await listLessons(reader)).at(-1)?.id).toBe('one-more')
  })

  it('is told of another who was quicker, and of a step too long', async () => {
    const editor = await official('bien.tap', ['editor'])
    await saveLessonDraft(editor, { lesson: changed, version: 1 })
    const late = { ...changed, minutes: 20 }
    await expect(saveLessonDraft(editor, { lesson: late, version: 1 })).rejects.toMatchObject({
      code: 'http.conflict',
    })
    await expect(publishLesson(editor, { id: first.id, version: 1 })).rejects.toMatchObject({
      code: 'http.conflict',
    })
    const text = { vi: 'a '.repeat(25), en: 'a' }
    const long = { ...changed, steps: changed.steps.map((step) => ({ ...step, text })) }
    await expect(saveLessonDraft(editor, { lesson: long, version: 2 })).rejects.toMatchObject({
      code: 'http.invalid_input',
    })
  })

  it('is the only one who may', async () => {
    const other = await official('mot.cua', ['onestop', 'community_team'])
    for (const ctx of [other, reader]) {
      const code = ctx === reader ? 'http.unauthenticated' : 'http.forbidden'
      const tries = [
        () => listForEditor(ctx),
        () => readVersions(ctx, first.id),
        () => previewVersion(ctx, { id: first.id, version: 1 }),
        () => saveLessonDraft(ctx, { lesson: changed, version: 1 }),
        () => publishLesson(ctx, { id: first.id, version: 1 }),
      ]
      for (const run of tries) await expect(run()).rejects.toMatchObject({ code })
    }
    expect(await readLesson(reader, first.id)).toMatchObject({ version: 1 })
  })
})

describe('a lesson in a chat', () => {
  it.each(['telegram', 'web', 'zalo-oa', 'zalo-bot'] as const)(
    'is found, read step by step and left for help on %s',
    async (channel) => {
      const turn = createTurn({ entries: [], knowledge })
      let n = 0
      const send = async (content: Parameters<typeof turn>[1]['content']) =>
        (await turn(reader, { channel, chatKey: '42', eventId: `e${++n}`, content })).messages
      const type = (text: string) => send({ kind: 'text', text })

      const found = await type('hướng dẫn tôi quét mã qr trả tiền')
      expect(textOf(found)).toContain('Quét QR và dùng ví cho an toàn')
      expect(textOf(found)).toContain('Nguồn: bài')
      expect(textOf(await type('bat dau'))).toContain('Bước 1/7')
      expect(textOf(await type('tiep'))).toContain('Bước 2/7')
      expect(textOf(await type('buoc truoc'))).toContain('Bước 1/7')
      const stuck = await type('toi bi ket')
      expect(textOf(stuck)).toContain('19001075')
      expect(choicesOf(stuck).map(({ label }) => label)).toContain('Gặp cán bộ')
      expect(textOf(await send(buttonFor(stuck, 'guide.qr-payment.1')))).toContain('Bước 1/7')
      const end = await send({ kind: 'start', payload: 'guide.qr-payment.8' })
      expect(textOf(end)).toContain('đã xong bài')
      const all = await send(buttonFor(end, 'guide.+0'))
      expect(choicesOf(all).map(({ label }) => label)).toContain('Xem thêm bài')
      expect(textOf(await send({ kind: 'start', payload: 'guide.gone.2' }))).toContain(
        'muốn học bài nào',
      )
    },
  )
})
