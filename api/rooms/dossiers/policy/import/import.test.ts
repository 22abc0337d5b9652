import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from './csv.ts'
import { decodeText, detectEncoding } from './decode.ts'
import { FileFault } from './fault.ts'
import { guessMapping, locate } from './fields.ts'
import { type DossierFacts, mergeDossier } from './merge.ts'
import { readInstant, readRow } from './row.ts'

const SEED = 20261127
const TODAY = '2026-11-27'

/** Cuts bytes at the given sizes, so that signs and quotes fall apart. */
async function* pieces(bytes: Uint8Array, size: number) {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size)
}
async function rowsOf(bytes: Uint8Array, size = 7) {
  const all: { line: number; cells: string[] }[] = []
  for await (const rows of readCsv(decodeText(pieces(bytes, size)))) all.push(...rows)
  return all
}
const utf8 = (text: string) => new TextEncoder().encode(text)
const utf16 = (text: string, isLittle: boolean, mark: boolean) => {
  const units = [...(mark ? '\uFEFF' : ''), ...text].flatMap((sign) =>
    Array.from({ length: sign.length }, (_, i) => sign.charCodeAt(i)),
  )
  return new Uint8Array(units.flatMap((u) => (isLittle ? [u & 255, u >> 8] : [u >> 8, u & 255])))
}
/** Vietnamese in the Windows code page: base letters and combining marks. */
const CP1258: Record<string, number> = {
  đ: 0xf0,
  Đ: 0xd0,
  â: 0xe2,
  ê: 0xea,
  ô: 0xf4,
  ơ: 0xf5,
  ư: 0xfd,
  ă: 0xe3,
  '\u0300': 0xcc,
  '\u0301': 0xec,
  '\u0303': 0xde,
  '\u0309': 0xd2,
  '\u0323': 0xf2,
}
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/
const cp1258 = (text: string) =>
  new Uint8Array(
    [...text].flatMap((sign) => {
      const parts = [...sign.normalize('NFD')]
      const tone = parts.find((part) => TONES.test(part))
      const base = parts
        .filter((part) => part !== tone)
        .join('')
        .normalize('NFC')
      return [base, ...(tone === undefined ? [] : [tone])].map(
        (one) => CP1258[one] ?? one.charCodeAt(0),
      )
    }),
  )

describe('files as they come', () => {
  const text = 'Mã hồ sơ;Trạng thái\r\n"A;1";"Đang ""xử"" lý"\r\n\r\nB;Đã trả kết quả\r\n'
  const expected = [
    { line: 1, cells: ['Mã hồ sơ', 'Trạng thái'] },
    { line: 2, cells: ['A;1', 'Đang "xử" lý'] },
    { line: 4, cells: ['B', 'Đã trả kết quả'] },
  ]

  it.each([
    ['utf-8', utf8(text)],
    ['utf-8', utf8(`\uFEFF${text}`)],
    ['utf-16le', utf16(text, true, true)],
    ['utf-16le', utf16(text, true, false)],
    ['utf-16be', utf16(text, false, true)],
    ['windows-1258', cp1258(text)],
  ] as const)('are read whatever their writing: %s', async (encoding, bytes) => {
    expect(detectEncoding(bytes)).toBe(encoding)
    for (const size of [1, 2, 3, 1000]) {
      const rows = await rowsOf(bytes, size)
      expect(
        rows.map(({ line, cells }) => ({ line, cells: cells.map((c) => c.normalize('NFC')) })),
      ).toEqual(expected)
    }
  })

  it('any table written by the rules is read back, however it is cut', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ệ', ',', ';', '"', '\n', ' ', '😀') })
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        async (rows, size, end) => {
          const quoted = rows.map((row) => row.map((c) => `"${c.replaceAll('"', '""')}"`).join(','))
          const read = await rowsOf(utf8(['"x","y"', ...quoted].join(end)), size)
          const filled = rows.filter((row) => row.some((c) => c !== ''))
          expect(read.slice(1).map(({ cells }) => cells)).toEqual(filled)
        },
      ),
      { seed: SEED },
    )
  })

  it('an open quote, an endless row and bytes of another writing end the reading', async () => {
    const fault = (bytes: Uint8Array) =>
      rowsOf(bytes, 5_000).then(
        () => 'read',
        (error: unknown) => (error instanceof FileFault ? error.reason : 'other'),
      )
    expect(await fault(utf8('a,b\n"c,d\ne,f'))).toBe('quote_open')
    expect(await fault(utf8(`a,b\n"${'x'.repeat(300_000)}"`))).toBe('line_too_long')
    expect(await fault(utf8(`a,b\n${','.repeat(400)}`))).toBe('line_too_long')
    const late = new Uint8Array([...utf8(`a,b\n${'ổn,x\n'.repeat(20_000)}`), 0xff, 0xfe])
    expect(await fault(late)).toBe('encoding')
  })

  it('no bytes at all make it throw anything but a fault', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        await rowsOf(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(FileFault))
      }),
      { seed: SEED },
    )
  })
})

describe('columns', () => {
  it('are guessed from the names that exports use, and missing or doubled ones are named', () => {
    const columns = [
      'STT',
      'Số hồ sơ',
      'Tên TTHC',
      'Trạng thái',
      'Ngày hẹn trả',
      'Ghi chú',
      'Ghi chú',
    ]
    const mapping = guessMapping(columns)
    expect(mapping).toEqual({
      code: 'Số hồ sơ',
      procedureName: 'Tên TTHC',
      state: 'Trạng thái',
      dueAt: 'Ngày hẹn trả',
    })
    expect(locate(columns, mapping).issues).toEqual([])
    expect(locate([...columns, 'so ho so'], mapping).issues).toEqual([
      { column: 'Số hồ sơ', reason: 'column_twice' },
    ])
    expect(locate(['Số hồ sơ'], { code: 'Số hồ sơ', state: 'X' }).issues).toEqual([
      { column: 'X', reason: 'column_missing' },
      { column: 'procedureName', reason: 'column_missing' },
    ])
  })
})

describe('rows', () => {
  const cells = {
    code: '000.00.09.H57-260915-0012',
    procedureName: 'Đăng ký khai sinh',
    state: 'Yêu cầu bổ sung giấy tờ',
    receivedAt: '15/09/2026 08:30',
    dueAt: '22/09/2026',
    supplementAt: '16/09/2026',
    missingPapers: '- Giấy chứng sinh; 2) Sổ hộ khẩu\n',
    applicantName: 'Nguyễn Văn An',
    phone: '0912 345 678',
    feeVnd: '1.250.000 đ',
  }
  it('become facts; a name is masked and of a number only the last four digits go on', () => {
    expect(readRow(cells, TODAY)).toEqual({
      ok: true,
      row: {
        code: cells.code,
        procedureName: 'Đăng ký khai sinh',
        state: 5,
        stateAt: '2026-09-15T17:00:00.000Z',
        steps: [
          { state: 2, at: '2026-09-15T01:30:00.000Z' },
          { state: 5, at: '2026-09-15T17:00:00.000Z' },
        ],
        receivedAt: '2026-09-15T01:30:00.000Z',
        dueAt: '2026-09-22T16:59:59.999Z',
        missingPapers: ['Giấy chứng sinh', 'Sổ hộ khẩu'],
        applicantMasked: 'N*** V** A',
        phoneTail: '5678',
        feeVnd: 1_250_000,
      },
    })
  })
  it('name every fault with its field', () => {
    const bad = {
      code: 'x',
      state: '?',
      receivedAt: '31/02/2026',
      feeVnd: 'nhiều',
      procedureName: ' ',
    }
    const read = readRow(bad, TODAY)
    expect(
      read.ok ? [] : read.issues.map(({ field, reason }) => `${field} ${reason}`).sort(),
    ).toEqual([
      'code code_bad',
      'feeVnd number_bad',
      'procedureName text_missing',
      'receivedAt date_bad',
      'state state_unknown',
    ])
  })
  it.each([
    ['15/02/2023', '2023-02-14T17:00:00.000Z'],
    ['15-2-2023 8:05', '2023-02-15T01:05:00.000Z'],
    ['8h05 ngày 15/02/2023', '2023-02-15T01:05:00.000Z'],
    ['2023-02-15T08:05:00+07:00', '2023-02-15T01:05:00.000Z'],
    ['2023-02-15 01:05:00Z', '2023-02-15T01:05:00.000Z'],
    ['20230215080500', '2023-02-15T01:05:00.000Z'],
    ['02/15/2023', undefined],
    ['15/02/23', undefined],
    ['15/02/2023 25:00', undefined],
  ])('time %s', (text, at) => {
    expect(readInstant(text)).toBe(at)
  })
  it('never throw, whatever a cell holds', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            'code',
            'state',
            'receivedAt',
            'dueAt',
            'feeVnd',
            'missingPapers',
            'phone',
          ),
          fc.string({ unit: 'binary' }),
        ),
        (cell) => typeof readRow(cell, TODAY).ok === 'boolean',
      ),
      { seed: SEED },
    )
  })
})

describe('what a source says of a dossier', () => {
  const base = { agencyName: 'UBND xã', asOf: '2026-11-20T00:00:00.000Z' }
  const row = (state: 2 | 4 | 5 | 9, asOf?: string) => ({
    code: 'H57-260915-0012',
    procedureName: 'Đăng ký khai sinh',
    state,
    steps: [],
    ...(asOf === undefined ? {} : { asOf }),
  })
  const facts = (state: 2 | 4 | 5 | 9, known?: DossierFacts, asOf = base.asOf): DossierFacts => {
    const merged = mergeDossier(known, row(state), { ...base, asOf })
    if (merged.outcome === 'unchanged') throw new Error('unchanged')
    return merged.facts
  }
  it('the same again changes nothing, also from another source and later', () => {
    const known = facts(4)
    expect(mergeDossier(known, row(4), base)).toEqual({ outcome: 'unchanged', isFresher: false })
    expect(mergeDossier(known, row(4), { ...base, asOf: '2026-11-21T00:00:00.000Z' })).toEqual({
      outcome: 'unchanged',
      isFresher: true,
    })
  })
  it('older news changes nothing', () => {
    const known = facts(9, facts(4), '2026-11-22T00:00:00.000Z')
    expect(mergeDossier(known, row(4), base)).toEqual({ outcome: 'unchanged', isFresher: false })
  })
  it('a step that two sources date within one day is one step', () => {
    const known = facts(5, facts(4), '2026-11-21T01:00:00.000Z')
    const again = mergeDossier(
      known,
      { ...row(5), stateAt: '2026-11-21T03:00:00.000Z', steps: [] },
      { ...base, asOf: '2026-11-21T04:00:00.000Z' },
    )
    expect(again.outcome === 'unchanged' ? known.steps : again.facts.steps).toHaveLength(2)
  })
  it('what a row does not say stays, and missing papers go when they came', () => {
    const asked = mergeDossier(
      undefined,
      { ...row(5), missingPapers: ['Giấy chứng sinh'], dueAt: '2026-11-30T16:59:59.999Z' },
      base,
    )
    if (asked.outcome !== 'added') throw new Error('not added')
    const later = facts(4, asked.facts, '2026-11-23T00:00:00.000Z')
    expect(later.dueAt).toBe('2026-11-30T16:59:59.999Z')
    expect(later.missingPapers).toEqual([])
    expect(later.outcome).toBe('on_time')
  })
})
