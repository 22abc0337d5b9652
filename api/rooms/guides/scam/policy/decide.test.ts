import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decideScam, type Kept, VERDICTS } from './decide.ts'
import { readMessage } from './subjects.ts'

const samples = readFileSync(
  new URL('../../../../../test/samples/scam.txt', import.meta.url),
  'utf8',
)
const KEPT: readonly Kept[] = [
  { kind: 'domain', subject: 'nhan-tien-ho-tro.example.top', state: 'known_scam' },
  { kind: 'domain', subject: 'login-an-toan.example.xyz', state: 'known_scam' },
  { kind: 'phone', subject: '0912345678', state: 'known_scam' },
  { kind: 'account', subject: '19031234567890', state: 'known_scam' },
]
const check = (text: string, kept: readonly Kept[] = []) => decideScam(readMessage(text), kept)

const rows = samples
  .split('\n')
  .filter((line) => line.includes(' | ') && !line.startsWith('#'))
  .map((line) => {
    const [wanted = '', text = ''] = line.split(' | ')
    return { wanted, text, got: check(text, KEPT).verdict }
  })

describe('samples that were written apart', () => {
  it.each(VERDICTS)('%s: precision and recall', (verdict) => {
    const wanted = rows.filter((row) => row.wanted === verdict)
    const given = rows.filter((row) => row.got === verdict)
    const right = given.filter((row) => row.wanted === verdict).length
    const wrong = [...wanted, ...given].filter((row) => row.got !== row.wanted)
    const list = wrong.map(({ got, text }) => `${got} | ${text}`).join('\n')
    expect(right / given.length, list).toBeGreaterThanOrEqual(0.97)
    expect(right / wanted.length, list).toBeGreaterThanOrEqual(0.95)
  })

  it('are enough, and nothing that is a scam is called official', () => {
    expect(rows.length).toBeGreaterThanOrEqual(200)
    expect(rows.filter((row) => row.got === 'official' && row.wanted !== 'official')).toEqual([])
  })
})

describe('what may never be called official', () => {
  const word = fc.stringMatching(/^[a-z0-9]{1,12}$/)
  const end = fc.constantFrom('gov.vn', 'dichvucong.gov.vn', 'vietcombank.com.vn')
  const start = fc.constantFrom('', 'http://', 'https://', 'HTTPS://')

  it('an address with a letter of another script, wherever it stands', () => {
    const foreign = fc.constantFrom('а', 'е', 'о', 'і', 'ο', 'ạ', 'ı', 'ɡ', '中')
    fc.assert(
      fc.property(start, word, foreign, word, end, (scheme, a, sign, b, host) => {
        expect(check(`${scheme}${a}${sign}${b}.${host}`).verdict).not.toBe('official')
      }),
    )
  })

  it('an address in its xn-- form', () => {
    fc.assert(
      fc.property(start, word, end, (scheme, a, host) => {
        expect(check(`${scheme}xn--${a}.${host}`).verdict).not.toBe('official')
      }),
    )
  })

  it('an official name before, behind or beside a foreign address', () => {
    const evil = word.map((name) => `${name}q.example.top`)
    fc.assert(
      fc.property(start, end, evil, (scheme, host, foreign) => {
        for (const text of [
          `${host}.${foreign}`,
          `${host}@${foreign}`,
          `${foreign}/${host}`,
          `${foreign}?u=${host}`,
          `${foreign}#@${host}`,
          `${foreign}\\.${host}`,
        ])
          expect(check(`${scheme}${text}`).verdict, text).not.toBe('official')
      }),
    )
  })

  it('what officials listed by mistake, when it is not plain', () => {
    const kept = [{ kind: 'domain', subject: 'xn--vnid-hpa.vn', state: 'official' }] as const
    expect(check('https://xn--vnid-hpa.vn', kept).verdict).toBe('suspicious')
  })

  it('any text at all without an address, a number or an account that is on a list', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { verdict, items } = check(text)
        if (!items.some((item) => item.verdict === 'official')) expect(verdict).not.toBe('official')
      }),
    )
  })
})

it('a number or address that officials confirmed is official, and a list of frauds goes before', () => {
  const own: Kept = { kind: 'phone', subject: '02343111222', state: 'official' }
  expect(check('0234 3111 222', [own]).verdict).toBe('official')
  expect(check('0234 3111 222', [own, { ...own, state: 'known_scam' }]).verdict).toBe('known_scam')
  expect(
    check('thon.example.com', [{ kind: 'domain', subject: 'example.com', state: 'official' }])
      .verdict,
  ).toBe('official')
})
