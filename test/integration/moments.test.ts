import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { CHANNELS } from '../../api/chat/inbound.ts'
import type { Actor } from '../../api/context.ts'
import type { OfficialMove } from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { CODE, csv, csvRow } from './dossiers-kit.ts'
import { OFFICE } from './incidents-kit.ts'
import { openMoments } from './moments-kit.ts'

let database: TestDb
beforeAll(async () => {
  database = await openDatabase()
})
beforeEach(() => database.truncate())
afterAll(() => database.close())

const CODE_SHOWN = /HUE-[A-Z0-9]{4}-[A-Z0-9]{4}/
const questions = (text: string) => text.split('?').length - 1

/**
 * The five moments by which Loa is judged, as a person reads them on each channel. What must hold is asserted; the whole
 * stands in test/transcripts, to be read (`npx vitest -u` writes it anew).
 */
describe.each(CHANNELS)('the five moments on %s', (channel) => {
  it('reads as it should', async () => {
    const m = await openMoments(database, channel)
    const { c, mirror, readings } = m

    m.moment('1. Hello')
    const hello = await m.type('xin chào')
    expect(hello).toContain('không cần dấu')
    expect(hello).not.toMatch(/đồng ý|dữ liệu cá nhân/)
    expect(hello.length).toBeLessThan(1_200)

    m.moment('2. nuoc vo nha roi')
    const danger = await m.type('nuoc vo nha roi')
    expect(danger.indexOf('112')).toBeGreaterThanOrEqual(0)
    expect(questions(danger)).toBeLessThanOrEqual(2)
    const asked = await m.press('agree')
    expect(asked).toContain('Phước Yên')
    await m.type('Phước Yên')
    const sent = await m.press('send')
    const [incident] = await c.db.selectFrom('incident').selectAll().execute()
    const code = CODE_SHOWN.exec(JSON.stringify(m.said()))?.[0] ?? ''
    expect(incident).toMatchObject({ publicCode: code, category: 'flood', channel })
    expect(sent).toContain('Hạn xử lý dự kiến')

    m.moment('3. nước sông Bồ mấy mét')
    const rows = Array.from({ length: 19 }, (_, i) =>
      readings.reading(180 - i * 10, 275 - (18 - i) * 3, { station: 'phu-oc' }),
    )
    await readings.put(...rows)
    const level = await m.type('nước sông Bồ mấy mét')
    expect(level).toContain('trạm Phú Ốc: 2,75 m lúc 09:00 23/11/2026')
    expect(level).not.toContain('Kim Long')
    expect(level).toContain('Đài Khí tượng Thủy văn')
    c.clock.advance(4 * 3_600)
    m.note('(bốn giờ sau, trạm im)')
    expect(await m.type('nuoc song bo gio may met')).toContain('mất tín hiệu từ 09:00')

    m.moment('4. The dossier')
    await mirror.load(csv(csvRow({ state: '5', missingPapers: 'Giấy chứng sinh' })))
    const waiting = await m.type(`hồ sơ ${CODE} tới đâu rồi`)
    expect(waiting).toContain('Yêu cầu bổ sung giấy tờ')
    expect(waiting).toContain('Dữ liệu cập nhật lúc')
    await m.press(`dossier_details.${CODE}`)
    expect(await m.type('0678')).toContain('Giấy chứng sinh')

    m.moment('5. The official')
    m.note('(điều phối tiếp nhận và chuyển trong một bước; phòng xử lý trả lời)')
    await m.came()
    const steps: [Actor, OfficialMove][] = [
      [c.dispatcher, { kind: 'accept_and_assign', agencyCode: OFFICE }],
      [c.officer, { kind: 'start' }],
      [
        c.officer,
        {
          kind: 'answer',
          text: 'Đã bơm nước và gia cố bờ bao.',
          mediaIds: [],
          noProofReason: 'Làm ban đêm',
        },
      ],
    ]
    for (const [actor, move] of steps) await c.move(actor, code, move)
    const told = await m.came()
    expect(told).toContain('Phòng Kinh tế')
    expect(told).toContain('Đã bơm nước và gia cố bờ bao.')
    expect(told).not.toMatch(/Cán bộ (?:dieuphoi|xuly|duyet)/)

    await expect(m.transcript()).toMatchFileSnapshot(`../transcripts/moments-${channel}.txt`)
  })
})
