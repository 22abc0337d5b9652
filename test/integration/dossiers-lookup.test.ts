import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../api/app.ts'
import { lookUpDossier } from '../../api/rooms/dossiers/index.ts'
import { openDatabase, type TestDb, testPorts } from '../harness.ts'
import { testDeps } from '../harness-app.ts'
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
  await mirror.load(csv(csvRow({ state: '5', missingPapers: 'Giấy chứng sinh', feeVnd: '8.000' })))
})

const UNKNOWN = CODE.replace(/0012$/, '0013')
const look = (code: string, digits?: string, remote = 'r1') =>
  lookUpDossier(
    mirror.as(NOBODY),
    { code, ...(digits === undefined ? {} : { digits }) },
    { remote },
  ).catch((error: { code: string }) => error.code)

describe('a look-up', () => {
  it('by the bare code shows state, agency, procedure and dates, and nothing of the person', async () => {
    const answer = await look(CODE)
    expect(answer).toMatchObject({
      outcome: 'found',
      dossier: {
        state: 5,
        stateName: 'Yêu cầu bổ sung giấy tờ',
        waitsFor: 'applicant',
        agencyName: 'UBND xã Quảng Điền',
        procedureName: 'Thủ tục đăng ký khai sinh',
        timeLeft: { kind: 'left', workingDays: 3 },
        timeText: 'Còn 3 ngày làm việc đến ngày hẹn.',
        updatedText: 'Dữ liệu cập nhật lúc 09:00 23/11/2026',
        portalUrl: 'https://dichvucong.gov.vn',
      },
    })
    expect(JSON.stringify(answer)).not.toMatch(/details|chứng sinh|\*|8000|Hash/)
  })

  it('with the last four digits of phone or identity number also shows the details', async () => {
    for (const digits of ['0678', '1234']) {
      expect(await look(CODE, digits)).toMatchObject({
        dossier: {
          details: {
            applicantMasked: 'T*** T** M',
            missingPapers: ['Giấy chứng sinh'],
            fee: { amountVnd: 8_000, isPaid: null, payUrl: 'https://dichvucong.gov.vn' },
          },
        },
      })
    }
  })

  it('with wrong digits is the same as an unknown code, after the same work', async () => {
    const signed: string[] = []
    const ports = testPorts({
      sign: async (purpose, value) => {
        signed.push(purpose)
        return mirror.ports.sign(purpose, value)
      },
    })
    const as = { ...mirror.as(NOBODY), ports }
    const work = async (code: string) => {
      signed.length = 0
      await expect(
        lookUpDossier(as, { code, digits: '9999' }, { remote: code }),
      ).rejects.toMatchObject({
        code: 'dossiers.not_found',
      })
      return [...signed]
    }
    expect(await work(UNKNOWN)).toEqual(await work(CODE))
  })

  it('gives five tries at the digits, to codes that exist and that do not, then a pause', async () => {
    for (const code of [CODE, UNKNOWN]) {
      for (let i = 0; i < 5; i++)
        expect(await look(code, '0000', `r${i}`)).toBe('dossiers.not_found')
      expect(await look(code, '0678', 'r9')).toBe('dossiers.too_many_tries')
    }
    expect(await look(CODE)).toMatchObject({ outcome: 'found' })
  })

  it('10,000 guesses at the digits learn nothing: at most five are looked at, whatever address they come from', async () => {
    const answers = new Map<unknown, number>()
    for (let guess = 0; guess < 10_000; guess++) {
      const answer = await look(CODE, String(guess).padStart(4, '0'), `r${guess}`)
      const name = typeof answer === 'string' ? answer : 'found'
      answers.set(name, (answers.get(name) ?? 0) + 1)
    }
    expect(answers.get('found')).toBeUndefined()
    expect(answers.get('dossiers.not_found')).toBe(5)
    expect(answers.get('dossiers.too_many_tries')).toBeGreaterThan(900)
  })

  it('10,000 guesses at the codes of one day end at the limits of address and day', async () => {
    let answered = 0
    for (let number = 0; number < 10_000; number++) {
      const answer = await look(
        `000.00.09.H57-261120-${String(number).padStart(4, '0')}`,
        undefined,
        'one',
      )
      if (answer !== 'http.rate_limited') answered += 1
    }
    expect(answered).toBe(40)
    for (let number = 0; number < 3_000; number++) {
      const answer = await look(
        `000.00.09.H57-261120-${String(number).padStart(4, '0')}`,
        undefined,
        `r${number}`,
      )
      if (answer !== 'http.rate_limited') answered += 1
    }
    expect(answered).toBe(1_000)
  })

  it('reads the QR of a receipt, offers what was probably meant, and knows codes of others', async () => {
    expect(await look(`https://dichvucong.example/?ma=${CODE}`)).toMatchObject({ outcome: 'found' })
    expect(await look('0000009H572611200012')).toEqual({ outcome: 'did_you_mean', code: CODE })
    expect(await look('000.00.09.H38-261120-0012')).toMatchObject({
      outcome: 'elsewhere',
      issuer: 'province',
    })
    expect(await look('G09.20-261120-0012')).toMatchObject({
      outcome: 'elsewhere',
      issuer: 'ministry',
    })
    expect(await look('khai sinh')).toBe('dossiers.code_invalid')
  })

  it('says sorry for a late one, with the new day when there is one, in both languages', async () => {
    mirror.clock.set('2026-12-01T02:00:00.000Z')
    expect(await look(CODE)).toMatchObject({
      dossier: {
        timeLeft: { kind: 'late', workingDays: 2 },
        apology: expect.stringContaining('xin lỗi'),
      },
    })
    await mirror.load(csv(csvRow({ newDueAt: '04/12/2026' })))
    const answer = await lookUpDossier(mirror.as(NOBODY, 'en'), { code: CODE }, { remote: 'r' })
    expect(answer).toMatchObject({
      dossier: {
        timeLeft: { kind: 'left', workingDays: 3 },
        apology: expect.stringContaining('New appointed day: 04/12/2026'),
      },
    })
  })
})

describe('over HTTP', () => {
  const post = (path: string, body: unknown) =>
    createApp(testDeps(database.db, mirror.clock, { ports: mirror.ports })).request(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  it('unknown and not-yours are the same bytes but for the request', async () => {
    const body = async (code: string) => {
      const response = await post('/api/v1/dossiers/lookup', { code, digits: '9999' })
      const { requestId, instance, ...rest } = (await response.json()) as Record<string, unknown>
      return { status: response.status, rest }
    }
    expect(await body(CODE)).toEqual(await body(UNKNOWN))
  })
  it('the appointed day is a calendar file', async () => {
    const response = await post('/api/v1/dossiers/calendar', { code: CODE })
    expect(response.headers.get('content-type')).toContain('text/calendar')
    const file = await response.text()
    expect(file).toContain('DTSTART;VALUE=DATE:20261127')
    expect(file).not.toMatch(/chứng sinh|Mận/)
  })
})
