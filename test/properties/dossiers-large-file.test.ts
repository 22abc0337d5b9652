import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { readCsv } from '../../api/rooms/dossiers/policy/import/csv.ts'
import { decodeText } from '../../api/rooms/dossiers/policy/import/decode.ts'
import { guessMapping } from '../../api/rooms/dossiers/policy/import/fields.ts'
import { tableEntries } from '../../api/rooms/dossiers/policy/import/records.ts'
import { readRow } from '../../api/rooms/dossiers/policy/import/row.ts'
import { isFull } from '../full.ts'

const MB = 1_000_000
const SIZE = isFull ? 1_000 * MB : 3 * MB
const COLUMNS = [
  'Mã hồ sơ',
  'Thủ tục',
  'Trạng thái',
  'Ngày tiếp nhận',
  'Ngày hẹn trả',
  'Chủ hồ sơ',
  'SĐT',
]
const ROW =
  '"H57.19-261120-000001","Thủ tục đăng ký khai sinh","Đang xử lý","20/11/2026 08:30","27/11/2026","Nguyễn ""Văn"" An","0900000678"\r\n'

/** A file of any size, made as it is read, in pieces that cut rows and signs. */
async function* file(bytes: number) {
  yield new TextEncoder().encode(`${COLUMNS.join(',')}\r\n`)
  const block = new TextEncoder().encode(ROW.repeat(500))
  for (let sent = 0; sent < bytes; sent += block.length) {
    yield block.subarray(0, 40_001)
    yield block.subarray(40_001)
  }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** What is still held, garbage aside. */
function heldBytes(): number {
  collect()
  return process.memoryUsage().heapUsed
}

it('a file is read in memory that does not grow with it', async () => {
  let rows = 0
  let nextLook = SIZE / ROW.length / 10
  const held: number[] = []
  for await (const group of tableEntries(readCsv(decodeText(file(SIZE))), guessMapping(COLUMNS))) {
    for (const { cells } of group) if (readRow(cells, '2026-11-27').ok) rows += 1
    if (rows < nextLook) continue
    nextLook += SIZE / ROW.length / 5
    held.push(heldBytes())
  }
  expect(rows).toBeGreaterThan((SIZE / ROW.length) * 0.8)
  expect(held.length).toBeGreaterThan(3)
  // Kept rows would be several times the bytes that were read between the first look and the last.
  expect((held.at(-1) ?? 0) - (held[0] ?? 0)).toBeLessThan(MB)
})
