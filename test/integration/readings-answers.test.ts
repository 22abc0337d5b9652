import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Message } from '../../api/chat/message.ts'
import {
  answerAirQuality,
  answerWaterLevel,
  ingestReadings,
} from '../../api/rooms/readings/index.ts'
import { openDatabase, type TestDb, testClock } from '../harness.ts'
import { testApp } from '../harness-app.ts'
import { openReadings } from './readings-kit.ts'

let test: TestDb
let room: ReturnType<typeof openReadings>
beforeAll(async () => {
  test = await openDatabase()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.truncate()
  room = openReadings(test.db)
  await room.seed()
})

const textOf = (messages: readonly Message[]) =>
  messages.flatMap((m) => m.parts.flatMap((p) => (p.kind === 'text' ? [p.text] : []))).join('\n')
const ask = async (words: string) => textOf(await answerWaterLevel(room.ctx, words))
/** A river that rises 20 cm an hour to `cm`, read every ten minutes for three hours. */
const rise = async (cm: number, station = 'phu-oc') => {
  const rows = Array.from({ length: 19 }, (_, i) =>
    room.reading(180 - i * 10, Math.round(cm - ((18 - i) * 10) / 3), { station }),
  )
  await room.put(...rows)
}

describe('how high is the river', () => {
  it('says level, standing, clock time, trend, what may come, what to do, and where it is from', async () => {
    await rise(275)
    const answer = await ask('nước sông Bồ giờ mấy mét')
    expect(answer).toContain(
      'Sông Bồ, trạm Phú Ốc: 2,75 m lúc 09:00 23/11/2026, trên báo động 1 là 1,25 m.',
    )
    expect(answer).toMatch(/lên khoảng (19|20|21) cm mỗi giờ/)
    expect(answer).toMatch(/tới báo động 2 sau khoảng 1 đến (1,5|2) giờ/)
    expect(answer).toContain('kê cao thóc lúa')
    expect(answer).toContain('Đài Khí tượng Thủy văn')
    expect(answer).not.toMatch(/cảnh báo[^.]*:/i)
  })

  it('takes the river that is named, else the one of the home commune', async () => {
    await rise(90, 'kim-long')
    await rise(100)
    expect(await ask('nuoc song huong may met')).toContain('Kim Long')
    expect(await ask('song huong may met')).not.toContain('Phú Ốc')
    expect(await ask('có lụt không')).toContain('Phú Ốc')
    const english = { ...room.ctx, language: 'en' as const, t: room.ctx.translate('en') }
    const said = textOf(await answerWaterLevel(english, 'how high is the Huong river'))
    expect(said).toContain('Hương river at Kim Long: 0.90 m')
  })

  it('equal is "at the level"', async () => {
    await rise(300)
    expect(await ask('sông Bồ')).toContain('ở mức báo động 2.')
  })

  it('a silent station says since when, and gives no trend', async () => {
    await rise(460)
    room.clock.advance(3 * 3_600)
    const answer = await ask('sông Bồ')
    expect(answer).toContain('mất tín hiệu từ 09:00 23/11/2026')
    expect(answer).not.toContain('mỗi giờ')
    expect(answer).toContain('112')
  })

  it('a float that hangs in a flood is named, not read out as calm', async () => {
    await room.put(...Array.from({ length: 20 }, (_, i) => room.reading(i * 10, 320)))
    expect(await ask('sông Bồ')).toContain('có thể đang kẹt')
  })

  it('a station without confirmed levels gets none', async () => {
    await room.put(room.reading(0, 253, { station: 'phong-binh' }))
    const answer = await ask('sông Ô Lâu')
    expect(answer).toContain('2,53 m')
    expect(answer).toContain('chưa có mức báo động được xác nhận')
  })

  it('nothing measured yet is said', async () => {
    expect(await ask('sông Bồ')).toContain('chưa có số đo nào')
  })
})

describe('how is the air', () => {
  const dust = (hoursAgo: number, value: number) =>
    room.reading(hoursAgo * 60, value, { station: 'air-demo', property: 'pm2_5' })
  const say = async () => textOf(await answerAirQuality(room.ctx))

  it('says VN_AQI, band, pollutant, time and what to do', async () => {
    await ingestReadings(room.ctx, {
      readings: Array.from({ length: 13 }, (_, i) => dust(i + 0.5, 65)),
    })
    const answer = await say()
    expect(answer).toContain('lúc 09:00 23/11/2026: VN_AQI 125, mức kém, chủ yếu do bụi mịn PM2.5')
    expect(answer).toContain('Quyết định 1459')
  })

  it('says since when a station is silent', async () => {
    await ingestReadings(room.ctx, { readings: [dust(7.5, 65)] })
    expect(await say()).toContain('mất tín hiệu từ 02:00')
  })
})

describe('the API', () => {
  it('latest, series, CSV, chart and air', async () => {
    await rise(275)
    const { request } = testApp(test.db, { now: testClock().now })
    const body = async (path: string) => (await request(path)).json()
    const latest = await body('/api/v1/readings/latest?kind=river')
    expect(
      latest.readings.find((r: { station: { code: string } }) => r.station.code === 'phu-oc'),
    ).toMatchObject({
      value: 275,
      unit: 'cm',
      stage: 1,
      isStale: false,
      standing: { kind: 'above', stage: 1, byCm: 125 },
    })
    const series = await body('/api/v1/stations/phu-oc/series')
    expect(series.points).toHaveLength(19)
    const csv = await (await request('/api/v1/stations/phu-oc/series?format=csv')).text()
    expect(csv.split('\r\n')[1]).toBe('phu-oc,water_level,2026-11-23T06:00:00+07:00,215,cm,good')
    const chart = await request('/api/v1/stations/phu-oc/chart.svg')
    expect(chart.headers.get('content-type')).toContain('image/svg+xml')
    const svg = await chart.text()
    expect(svg).toContain('<title id="t">Sông Bồ, trạm Phú Ốc</title>')
    expect(svg).toContain('báo động 3')
    expect((await request('/api/v1/stations/none/series')).status).toBe(404)
    expect((await body('/api/v1/air')).stations).toHaveLength(1)
  })
})
