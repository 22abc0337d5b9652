import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvLine } from './csv.ts'

/** Reads one line back as a spreadsheet does. */
function read(line: string): string[] {
  const cells = [...line.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)]
  return cells.map((cell) => cell[1]?.replaceAll('""', '"') ?? cell[2] ?? '')
}

describe('CSV', () => {
  it('quotes what must be quoted and writes numbers as they are', () => {
    expect(csvLine(['a', 'b,c', 'd "e"', 'f\ng', 1.5, true, null, -2])).toBe(
      'a,"b,c","d ""e""","f\ng",1.5,true,,-2\r\n',
    )
  })

  it.each(['=1+1', '+84', '-1', '@x', '\t=1', ' =HYPERLINK("x")', '|cmd', '%0A'])(
    'does not let a spreadsheet run "%s"',
    (text) => {
      expect(read(`${csvCell(text)}\r\n`)[0]).toMatch(/^'/)
    },
  )

  it('gives back every text, with an apostrophe at most', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (cells) => {
        const back = read(csvLine(cells)).map((cell, i) =>
          cell === cells[i] ? cell : cell.slice(1),
        )
        expect(back).toEqual(cells)
      }),
      { seed: 20261127 },
    )
  })
})
