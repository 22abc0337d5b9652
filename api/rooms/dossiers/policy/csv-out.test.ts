import fc from 'fast-check'
import { expect, it } from 'vitest'
import { csvCell, toCsv } from './csv-out.ts'
import { readCsv } from './import/csv.ts'
import { decodeText } from './import/decode.ts'

it('no cell begins a formula, whatever it holds', () => {
  for (const bad of ['=1+1', '+84', '-cmd', '@SUM(A1)', '\t=1', '\r=1'])
    expect(csvCell(bad).replace(/^"/, '')).toMatch(/^'/)
  expect(csvCell('-12,5')).toBe('"-12,5"')
  expect(csvCell('Nguyễn')).toBe('Nguyễn')
})

it('what is written is read back, but for the sign before a formula', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'ệ', ',', '"', '\n', ';', '=', ' ') })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }),
      async (rows) => {
        const bytes = new TextEncoder().encode(toCsv([['x', 'y'], ...rows]))
        const read: string[][] = []
        const source = (async function* () {
          yield bytes
        })()
        for await (const group of readCsv(decodeText(source)))
          read.push(...group.map(({ cells }) => cells))
        const expected = rows.filter((row) => row.some((c) => c !== ''))
        expect(read.slice(1).map((row) => row.map((c) => c.replace(/^'(?==)/, '')))).toEqual(
          expected,
        )
      },
    ),
    { seed: 20261127 },
  )
})
