import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Content } from '../../api/chat/inbound.ts'
import type { Message } from '../../api/chat/message.ts'
import { exportEverything } from '../../api/data-requests.ts'
import { up as addQuiz } from '../../api/db/migrations/2026-11-28T1100-quiz.ts'
import { FIRST_LESSONS } from '../../api/rooms/guides/data/index.ts'
import { followPeople, guideFlows, seedLessons } from '../../api/rooms/guides/index.ts'
import { forgetLearning, keepLesson, readLearning } from '../../api/rooms/guides/learn/service.ts'
import { listLessons, readLesson } from '../../api/rooms/guides/service/read.ts'
import {
  eraseResident,
  joinByCode,
  linkCode,
  residentForChat,
  withdrawConsent,
} from '../../api/rooms/identity/index.ts'
import { createTurn } from '../../bots/conversation.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { buttonFor, choicesOf, knowledge, textOf } from './chat-kit.ts'
import { openHelp } from './guides-help-kit.ts'

const LESSON = 'qr-payment'
const ANSWERS = FIRST_LESSONS.find(({ id }) => id === LESSON)?.questions.map(({ answer }) => answer)
const RIGHT = ANSWERS ?? []
const agreed = { version: 1, channel: 'miniapp' }

let database: TestDb
let h: Awaited<ReturnType<typeof openHelp>>
let lan: Awaited<ReturnType<typeof h.person>>
let people = 0
beforeAll(async () => {
  database = await openDatabase()
  h = await openHelp(database)
})
afterAll(() => database.close())
beforeEach(async () => {
  await database.db.deleteFrom('lessonProgress').execute()
  lan = await h.person(`learner-${++people}`)
})

const rows = () => database.db.selectFrom('lessonProgress').selectAll().execute()
const keep = (more: Partial<Parameters<typeof keepLesson>[1]> = {}) =>
  keepLesson(lan.ctx, {
    ...{ residentId: lan.residentId, lessonId: LESSON, answers: RIGHT, agreed, ...more },
  })
const audited = async (residentId: string) =>
  (
    await database.db
      .selectFrom('audit')
      .select('action')
      .where('subjectId', '=', residentId)
      .where('action', 'like', 'guides.%')
      .orderBy('seq')
      .execute()
  ).map(({ action }) => action)

describe('what was learned', () => {
  it('is kept with consent, the better result of each lesson, audited once', async () => {
    const wrong = RIGHT.map((answer) => (answer + 1) % 3)
    expect(await keep({ answers: wrong })).toMatchObject({ lessons: [{ right: 0, asked: 3 }] })
    await keep()
    const view = await keep({ answers: wrong, agreed: undefined })
    expect(view).toMatchObject({
      lessons: [{ id: LESSON, title: 'Quét QR và dùng ví cho an toàn', right: 3, asked: 3 }],
      offered: 12,
    })
    expect(await rows()).toHaveLength(1)
    expect(await audited(lan.residentId)).toEqual(['guides.lesson_kept'])
  })

  it('without consent leaves no row at all', async () => {
    await expect(keep({ agreed: undefined })).rejects.toMatchObject({
      code: 'identity.consent_missing',
    })
    expect(await rows()).toEqual([])
    expect(await audited(lan.residentId)).toEqual([])
  })

  it('takes no answers to other questions, no lesson that is not there, and is one’s own', async () => {
    await expect(keep({ answers: [0] })).rejects.toMatchObject({ code: 'http.invalid_input' })
    await expect(keep({ answers: [9, 9, 9] })).rejects.toMatchObject({ code: 'http.invalid_input' })
    await expect(keep({ lessonId: 'nothing' })).rejects.toMatchObject({ code: 'guides.not_found' })
    const other = await h.person(`other-${people}`)
    await expect(keep({ residentId: other.residentId })).rejects.toMatchObject({
      code: 'http.forbidden',
    })
    const nobody = h.as({ kind: 'anonymous' })
    const mine = { residentId: lan.residentId }
    for (const run of [
      () => readLearning(nobody, mine),
      () => forgetLearning(nobody, { ...mine, because: 'asked' }),
    ])
      await expect(run()).rejects.toMatchObject({ code: 'http.unauthenticated' })
    const official = await h.official(`official-${people}`, ['editor', 'community_team'])
    await expect(readLearning(official, mine)).rejects.toMatchObject({ code: 'http.forbidden' })
  })

  it('is in the copy of its person, and can be deleted', async () => {
    await keep()
    const copy = await exportEverything(lan.ctx, lan.residentId)
    expect(copy.guides.lessons).toMatchObject([{ lessonId: LESSON, right: 3, asked: 3 }])
    for (const _twice of [1, 2])
      await forgetLearning(lan.ctx, { residentId: lan.residentId, because: 'asked' })
    expect(await rows()).toEqual([])
    expect((await audited(lan.residentId)).at(-1)).toBe('guides.learning_forgotten')
  })

  it.each([
    ['erased', () => eraseResident(lan.ctx, lan.residentId)],
    [
      'without consent any more',
      () => withdrawConsent(lan.ctx, { residentId: lan.residentId, purpose: 'learn' }),
    ],
  ])('goes with its person %s', async (_how, end) => {
    await keep()
    await end()
    await followPeople(h.system)
    expect(await rows()).toEqual([])
  })

  it('stays when another consent is taken back', async () => {
    await keep()
    await lan.ask()
    await withdrawConsent(lan.ctx, { residentId: lan.residentId, purpose: 'help' })
    await followPeople(h.system)
    expect(await rows()).toHaveLength(1)
  })

  it('of two chats that become one person is the better of both', async () => {
    await keep({ answers: RIGHT.map((answer) => (answer + 1) % 3) })
    const other = await h.person(`second-${people}`)
    await keepLesson(other.ctx, {
      ...{ residentId: other.residentId, lessonId: LESSON, answers: RIGHT, agreed },
    })
    const { code } = await linkCode(lan.ctx, { residentId: lan.residentId })
    await joinByCode(other.ctx, { code, channel: 'telegram', chatKey: other.chatKey })
    await followPeople(h.system)
    expect(await rows()).toMatchObject([{ right: 3 }])
  })
})

describe('the questions in a chat', () => {
  function openChat(channel: 'telegram' | 'web' | 'zalo-oa' | 'zalo-bot') {
    const turn = createTurn({ entries: guideFlows, knowledge })
    const chatKey = `quiz-${++people}`
    let n = 0
    let last: readonly Message[] = []
    const send = async (content: Content) => {
      const eventId = `${chatKey}-${++n}`
      last = (await turn(h.as({ kind: 'anonymous' }), { channel, chatKey, eventId, content }))
        .messages
      return textOf(last)
    }
    const type = (text: string) => send({ kind: 'text', text })
    return {
      chatKey,
      send,
      type,
      press: (end: string) => send(buttonFor(last, end)),
      labels: () => choicesOf(last).map(({ label }) => label),
    }
  }

  it.each(['telegram', 'web', 'zalo-oa', 'zalo-bot'] as const)(
    'are explained one by one; the result is shown, and nothing is kept without a yes, on %s',
    async (channel) => {
      const before = await database.db.selectFrom('resident').select('id').execute()
      const chat = openChat(channel)
      await chat.send({ kind: 'start', payload: `guide.${LESSON}.8` })
      expect(await chat.press(`quiz.${LESSON}`)).toContain('Câu 1/3')
      expect(await chat.type(String((RIGHT[0] ?? 0) + 1))).toContain('Đúng rồi. Mã OTP chỉ')
      const wrong = ((RIGHT[1] ?? 0) + 1) % 3
      expect(await chat.type(String(wrong + 1))).toContain(
        'Câu đúng là “Tên người nhận và số tiền”',
      )
      const asked = await chat.type(String((RIGHT[2] ?? 0) + 1))
      expect(asked).toContain('đúng 2/3 câu')
      expect(asked).toContain('Không giữ từng câu trả lời')
      expect(await chat.type('khong luu')).toContain('không lưu gì')
      expect(await rows()).toEqual([])
      expect(await database.db.selectFrom('resident').select('id').execute()).toEqual(before)
    },
  )

  it('keep the result after a yes; the next time it is not asked again', async () => {
    const chat = openChat('telegram')
    await chat.send({ kind: 'start', payload: `quiz.${LESSON}` })
    for (const answer of RIGHT) await chat.type(String(answer + 1))
    const kept = await chat.type('dong y luu')
    expect(kept).toContain('đúng 3/3 câu')
    expect(await rows()).toMatchObject([{ lessonId: LESSON, right: 3 }])
    await chat.send({ kind: 'start', payload: 'quiz.avoid-scams' })
    await chat.type('1')
    await chat.type('1')
    expect(await chat.type('1')).toContain('Đã lưu vào bài đã học')
    const own = await chat.type('bài đã học')
    expect(own).toContain('Đã học 2/12 bài')
    expect(own).toContain('#/learning')
    const { id: residentId } = await residentForChat(h.system, {
      ...{ channel: 'telegram', chatKey: chat.chatKey, language: 'vi' },
    })
    expect(await audited(residentId)).toEqual(['guides.lesson_kept', 'guides.lesson_kept'])
  })

  it('lead to the list where the lesson is gone, and to nothing kept where nothing is', async () => {
    const chat = openChat('web')
    expect(await chat.send({ kind: 'start', payload: 'quiz.gone' })).toContain('muốn học bài nào')
    expect(await chat.type('bai da hoc')).toContain('chưa lưu bài nào')
  })
})

describe('lessons of a time with one question', () => {
  it('keep it where an editor wrote them, and come with their quiz where they are as shipped', async () => {
    const { db } = database
    await h.official(`editor-${++people}`, ['editor'])
    await sql`drop table lesson_progress`.execute(db)
    await sql`
      update lesson_version set lesson = (lesson - 'questions')
        || jsonb_build_object('question', (lesson -> 'questions' -> 0) - 'why')`.execute(db)
    await sql`
      update lesson_version set published_by = (select id from official limit 1)
      where lesson_id = ${LESSON}`.execute(db)
    await addQuiz(db as never)
    await seedLessons(db, h.clock.now())
    expect(await listLessons(lan.ctx)).toHaveLength(12)
    const edited = await readLesson(lan.ctx, LESSON)
    expect(edited.questions).toMatchObject([{ answer: RIGHT[0], why: edited.warning }])
    expect((await readLesson(lan.ctx, 'avoid-scams')).questions).toHaveLength(3)
  })
})
