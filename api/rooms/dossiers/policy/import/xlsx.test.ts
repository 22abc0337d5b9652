import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { xlsxOf } from '../../../../core/xlsx.ts'
import type { Line } from './csv.ts'
import { FileFault } from './fault.ts'
import { readXlsx } from './xlsx.ts'

const NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

/** A workbook as a spreadsheet program writes one: shared texts, styles, the sheet under another name. */
function workbook(sheet: string, more: { shared?: string; styles?: string; book?: string } = {}) {
  const parts = {
    'xl/workbook.xml': `<workbook ${NS} ${REL}>${more.book ?? ''}<sheets><sheet name="A" sheetId="3" r:id="rId7"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="rId1" Target="styles.xml"/><Relationship Id="rId7" Target="worksheets/sheet3.xml"/></Relationships>`,
    'xl/worksheets/sheet3.xml': `<worksheet ${NS}><sheetData>${sheet}</sheetData></worksheet>`,
    'xl/styles.xml': `<styleSheet ${NS}>${more.styles ?? ''}</styleSheet>`,
    'xl/sharedStrings.xml': `<sst ${NS}>${more.shared ?? ''}</sst>`,
  }
  const packed = Object.entries(parts).map(([name, text]) => [name, strToU8(text)] as const)
  return new Blob([zipSync(Object.fromEntries(packed))])
}

async function rowsOf(file: Blob): Promise<Line[]> {
  const rows: Line[] = []
  for await (const group of readXlsx(file)) rows.push(...group)
  return rows
}
const cellsOf = async (file: Blob) => (await rowsOf(file)).map(({ cells }) => cells)

describe('a workbook', () => {
  it('with a date beyond all calendars says the number', async () => {
    const styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    const sheet = '<row><c s="0"><v>-1</v></c><c s="0"><v>1e12</v></c></row>'
    expect(await cellsOf(workbook(sheet, { styles }))).toEqual([['-1', '1000000000000']])
  })

  it('gives shared, inline and formula texts, numbers and dates, each in its column and line', async () => {
    const file = workbook(
      `<row r="1"><c r="A1" t="s"><v>0</v></c></row>
       <row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>1</v></c></row>
       <row r="5"><c r="A5" t="inlineStr"><is><t>H57</t></is></c><c r="B5" s="1"><v>46346.354166666664</v></c><c r="C5" t="str"><f>A1&amp;"x"</f><v>=x</v></c><c r="D5"><v>46000001234</v></c><c r="E5" s="2"><v>46346</v></c><c r="F5" t="b"><v>1</v></c><c r="G5" t="e"><v>#REF!</v></c></row>`,
      {
        shared:
          '<si><t>Danh sách</t></si><si><r><t>Trạng </t></r><r><t>thái</t></r><rPh><t>no</t></rPh></si>',
        styles:
          '<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="170"/></cellXfs>',
      },
    )
    expect(await rowsOf(file)).toEqual([
      { line: 3, cells: ['Danh sách', '', 'Trạng thái'] },
      { line: 5, cells: ['H57', '2026-11-20 08:30', '=x', '46000001234', '2026-11-20', 'x', ''] },
    ])
  })

  it('counts days from 1904 where it says so', async () => {
    const file = workbook('<row><c s="0"><v>0</v></c><c><v>1</v></c></row>', {
      styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
      book: '<workbookPr date1904="1"/>',
    })
    expect(await cellsOf(file)).toEqual([['1904-01-01', '1']])
  })

  it('that we write is read back, whatever its texts hold', async () => {
    const cell = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .map((text) => `${text.replace(/\r\n?/g, '\n')}.`)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 }),
        async (rows) => {
          const clean = (text: string) =>
            // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has none of these
            text.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
          const read = await cellsOf(new Blob([xlsxOf('x', rows)]))
          expect(read).toEqual(rows.map((row) => row.map(clean)))
        },
      ),
      { numRuns: 60 },
    )
  })

  it.each([
    ['no zip', new Blob(['Mã hồ sơ,Trạng thái'])],
    ['a zip of something else', new Blob([zipSync({ 'a.txt': strToU8('x') })])],
    ['a sheet that is no XML', workbook('<row><c></row>')],
    ['a sheet with a document type of its own', workbook('<!DOCTYPE x>')],
  ])('that is %s is a fault, not a crash', async (_what, file) => {
    await expect(rowsOf(file)).rejects.toThrow(FileFault)
  })

  it('cut or changed anywhere is read or is a fault', async () => {
    const whole = new Uint8Array(
      xlsxOf('x', [
        ['Mã', 'Tên'],
        ['1', 'Nguyễn Văn An'],
      ]),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: whole.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        async (at, byte, isCut) => {
          const file = isCut ? whole.slice(0, at) : whole.slice()
          if (!isCut) file[at] = byte
          const outcome = await rowsOf(new Blob([file])).catch((error: unknown) => error)
          expect(Array.isArray(outcome) || outcome instanceof FileFault).toBe(true)
        },
      ),
      { numRuns: 120 },
    )
  })
})
