import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Content } from '../../api/chat/inbound.ts'
import type { Ctx } from '../../api/context.ts'
import {
  consumeDossierEvents,
  dossierFlows,
  remindFollowers,
  STARTER_PROCEDURES,
  saveProcedures,
  tellFollowers,
} from '../../api/rooms/dossiers/index.ts'
import { withdrawConsent } from '../../api/rooms/identity/index.ts'
import { incidentFlows } from '../../api/rooms/incidents/index.ts'
import { createTurn } from '../../bots/conversation.ts'
import { channelWords } from '../../bots/drain.ts'
import { createPreview } from '../../bots/preview.ts'
import { openDatabase, type TestDb, testTranslators } from '../harness.ts'
import { buttonFor, choicesOf, knowledge, textOf } from './chat-kit.ts'
import { CODE, csv, csvRow, NOBODY, openMirror } from './dossiers-kit.ts'

let database: TestDb
beforeAll(async () => {
  database = await openDatabase()
})
afterAll(() => database.close())
let mirror: Awaited<ReturnType<typeof openMirror>>
beforeEach(async () => {
  await database.truncate()
  mirror = await openMirror(database.db)
  await saveProcedures(mirror.system, { procedures: [...STARTER_PROCEDURES] })
  await mirror.load(csv(csvRow({ state: '5', missingPapers: 'Giấy chứng sinh' })))
})

function openChat(
  chatKey = '42',
  channel: 'telegram' | 'web' | 'zalo-oa' | 'zalo-bot' = 'telegram',
) {
  const turn = createTurn({ entries: [...incidentFlows, ...dossierFlows], knowledge })
  const ctx: Ctx = mirror.as(NOBODY)
  let n = 0
  const send = async (content: Content) =>
    (await turn(ctx, { channel, chatKey, eventId: `${chatKey}-${++n}`, content })).messages
  return { send, type: (text: string) => send({ kind: 'text', text }) }
}
const inbox = () => database.db.selectFrom('inboxItem').selectAll().orderBy('id').execute()

describe('where is my dossier', () => {
  it('is answered at once when the code stands in the sentence', async () => {
    const said = await openChat().type(`hồ sơ ${CODE} tới đâu rồi`)
    const text = textOf(said)
    expect(text).toContain('Yêu cầu bổ sung giấy tờ')
    expect(text).toContain('Còn 3 ngày làm việc đến ngày hẹn.')
    expect(text).toContain('Dữ liệu cập nhật lúc 09:00 23/11/2026')
    expect(text).not.toMatch(/chứng sinh|\*\*\*/)
    expect(choicesOf(said).map(({ label }) => label)).toEqual([
      'Xem chi tiết',
      'Theo dõi hồ sơ',
      'Tra hồ sơ khác',
    ])
  })

  it('asks for the code, offers what was meant, and names the missing paper after four digits', async () => {
    const chat = openChat()
    expect(textOf(await chat.type('hồ sơ của tui tới mô rồi'))).toContain('nhập mã hồ sơ')
    expect(textOf(await chat.type('không nhớ'))).toContain('chưa đọc được mã')
    const meant = await chat.type('000 00 09 H57 261120 0012')
    expect(textOf(meant)).toContain(`Có phải mã ${CODE} không?`)
    const found = await chat.send(buttonFor(meant, 'yes'))
    const asked = await chat.send(buttonFor(found, `dossier_details.${CODE}`))
    expect(textOf(asked)).toContain('bốn số cuối')
    expect(textOf(await chat.type('9999'))).toContain('không tìm thấy hồ sơ')
    const details = textOf(await chat.type('0678'))
    expect(details).toContain('1. Giấy chứng sinh')
    expect(details).toContain('Người nộp: T*** T** M')
  })

  it('says of an unknown code that it is not found, and of another province where to look', async () => {
    const chat = openChat()
    expect(textOf(await chat.type(CODE.replace('0012', '0013')))).toContain('không tìm thấy hồ sơ')
    expect(textOf(await chat.type('000.00.09.H38-261120-0012'))).toContain('tỉnh, thành phố khác')
  })

  it('reads the same on four channels', async () => {
    const preview = createPreview(channelWords({ translate: testTranslators }, 'vi'))
    const said = await openChat().type(CODE)
    for (const { channel, calls } of preview(said)) {
      const shown = JSON.stringify(calls)
      expect(shown, channel).toContain('Yêu cầu bổ sung giấy tờ')
      expect(shown, channel).toContain('Theo dõi hồ sơ')
    }
    for (const channel of ['web', 'zalo-oa', 'zalo-bot'] as const) {
      const chat = openChat(`k-${channel}`, channel)
      const first = await chat.type(`ho so ${CODE}`)
      expect(textOf(first)).toBe(textOf(said))
      expect(textOf(await chat.type('2'))).toContain('Khi đăng ký nhận tin, ông/bà đồng ý')
    }
  })
})

describe('following', () => {
  const follow = async (chatKey = '42') => {
    const chat = openChat(chatKey)
    const found = await chat.type(CODE)
    const asked = await chat.send(buttonFor(found, `follow_dossier.${CODE}`))
    expect(textOf(asked)).toContain('Khi đăng ký nhận tin, ông/bà đồng ý')
    return { chat, done: await chat.send(buttonFor(asked, 'agree')), asked }
  }
  const finish = (more = {}) =>
    mirror.load(csv(csvRow({ state: '9', stateAt: '24/11/2026 10:00', ...more })))

  it('begins with a consent, and keeps nothing of who declines', async () => {
    const chat = openChat('7')
    const asked = await chat.send(buttonFor(await chat.type(CODE), `follow_dossier.${CODE}`))
    expect(textOf(await chat.send(buttonFor(asked, 'decline')))).toContain('không giữ gì')
    expect(await database.db.selectFrom('resident').select('id').execute()).toEqual([])
    const { done } = await follow()
    expect(textOf(done)).toContain('Đã theo dõi')
    expect(await database.db.selectFrom('dossierFollow').selectAll().execute()).toHaveLength(1)
    expect(await database.db.selectFrom('consent').select('purpose').execute()).toEqual([
      { purpose: 'notify' },
    ])
  })

  it('brings one message a change, also when two sources tell it and the job runs again', async () => {
    await follow()
    expect(await tellFollowers(mirror.system)).toBe(0)
    mirror.clock.set('2026-11-24T04:00:00.000Z')
    await finish()
    mirror.clock.advance(60)
    await finish({ stateAt: '24/11/2026 10:05' })
    expect(await tellFollowers(mirror.system)).toBe(1)
    expect(await tellFollowers(mirror.system)).toBe(0)
    const [item, ...rest] = await inbox()
    expect(rest).toEqual([])
    expect(item?.kind).toBe('dossier_step')
    expect(JSON.stringify(item?.message)).toContain('Đã xử lý xong')
    const sent = await database.db
      .selectFrom('outbox')
      .selectAll()
      .where('dedupeKey', 'like', 'inbox:%')
      .execute()
    expect(sent).toHaveLength(1)
  })

  it('reminds once, on the day before the appointment', async () => {
    await follow()
    await mirror.load(csv(csvRow({ state: '4', stateAt: '23/11/2026 10:00' })))
    await tellFollowers(mirror.system)
    expect(await remindFollowers(mirror.system)).toBe(0)
    mirror.clock.set('2026-11-26T02:00:00.000Z')
    expect(await remindFollowers(mirror.system)).toBe(1)
    expect(await remindFollowers(mirror.system)).toBe(0)
    expect(JSON.stringify((await inbox()).at(-1)?.message)).toContain('ngày 27/11/2026 là ngày hẹn')
  })

  it('is shared with a relative by a code of whoever knows the digits, and ended by a button', async () => {
    const { chat } = await follow()
    const found = await chat.type(CODE)
    const asked = await chat.send(buttonFor(found, `delegate_dossier.${CODE}`))
    expect(textOf(asked)).toContain('bốn số cuối')
    expect(textOf(await chat.type('9999'))).toContain('không tìm thấy hồ sơ')
    const made = textOf(await chat.type('0678'))
    const delegation = /người thân: (\S{4}-\S{4})/.exec(made)?.[1] ?? ''
    const relative = openChat('43', 'zalo-oa')
    await relative.type('hồ sơ của tui tới mô rồi')
    const offered = await relative.type(delegation.toLowerCase())
    const consent = await relative.send(
      buttonFor(offered, `take_dossier.${delegation.replace('-', '')}`),
    )
    const taken = await relative.send(buttonFor(consent, 'agree'))
    expect(textOf(taken)).toContain('1. Giấy chứng sinh')
    expect(textOf(taken)).toContain('Người thân cho ông/bà cùng xem hồ sơ này')
    expect(choicesOf(taken).map(({ label }) => label)).not.toContain('Cho người thân xem')
    const shared = await chat.type(CODE)
    expect(textOf(shared)).toContain('Số người thân đang cùng xem hồ sơ này: 1.')
    const ended = await chat.send(buttonFor(shared, `end_delegation.${CODE}`))
    expect(textOf(ended)).toContain('chỉ mình ông/bà')
    expect(textOf(await relative.type(CODE))).not.toContain('chứng sinh')
  })

  it('ends by button, and with the consent', async () => {
    const { chat } = await follow()
    const found = await chat.type(CODE)
    expect(textOf(await chat.send(buttonFor(found, `unfollow_dossier.${CODE}`)))).toContain(
      'thôi theo dõi',
    )
    expect(await database.db.selectFrom('dossierFollow').select('id').execute()).toEqual([])
    await follow('43')
    const { residentId } = await database.db
      .selectFrom('dossierFollow')
      .select('residentId')
      .executeTakeFirstOrThrow()
    await withdrawConsent(mirror.system, { residentId, purpose: 'notify' })
    await consumeDossierEvents(mirror.system)
    expect(await database.db.selectFrom('dossierFollow').select('id').execute()).toEqual([])
  })
})

describe('what a paper needs', () => {
  it('is found in plain words without marks', async () => {
    const said = textOf(await openChat().type('khai sinh can giay chi'))
    expect(said).toContain('Thủ tục đăng ký khai sinh')
    expect(said).toContain('2. Giấy chứng sinh (bản chính)')
    expect(said).toContain('chưa đối chiếu')
  })
  it('is a list to tick off in the chat, which says what is still missing', async () => {
    const chat = openChat()
    const papers = await chat.type('khai sinh can giay chi')
    const list = await chat.send(buttonFor(papers, 'checklist.MH-01'))
    expect(textOf(list)).toContain('đã có 0 trên 3 giấy tờ')
    await chat.type('1')
    await chat.type('3')
    const ticked = await chat.type('3')
    expect(textOf(ticked)).toContain('☑ 1. Tờ khai')
    expect(textOf(ticked)).toContain('☐ 3. ')
    expect(textOf(ticked)).toContain('đã có 1 trên 3')
    const missing = textOf(await chat.send(buttonFor(ticked, 'ready')))
    expect(missing).toContain('• Giấy chứng sinh (bản chính)')
    expect(missing).not.toContain('Tờ khai')
  })

  it('is found by what happens in life', async () => {
    const chat = openChat()
    const asked = await chat.type('thủ tục')
    const death = await chat.send(buttonFor(asked, 'procedure.event-death'))
    expect(choicesOf(death).map(({ label }) => label)).toContain('Thủ tục đăng ký khai tử')
  })

  it('offers a choice when several are meant, and says where else to look when none is', async () => {
    const chat = openChat()
    const several = await chat.type('thủ tục hôn nhân kết hôn độc thân')
    expect(choicesOf(several).length).toBeGreaterThan(1)
    expect(textOf(await chat.send(buttonFor(several, 'procedure.MH-02')))).toContain(
      'Thủ tục đăng ký kết hôn',
    )
    expect(textOf(await openChat('9').type('thủ tục xin hộ chiếu'))).toContain('dichvucong.gov.vn')
  })
})
