import { FileFault } from './fault.ts'

/** One file within a zip (APPNOTE 6.3), by where its bytes lie. */
export type ZipEntry = { name: string; method: number; start: number; packedBytes: number }

const END_SIGN = 0x06054b50
const CENTRAL_SIGN = 0x02014b50
const LOCAL_SIGN = 0x04034b50
const END_BYTES = 22
const CENTRAL_BYTES = 46
const LOCAL_BYTES = 30
const MAX_COMMENT = 65_535
/** A workbook has a dozen parts and one a sheet. */
const MAX_ENTRIES = 2_000
const STORED = 0
const DEFLATED = 8

const bad = () => new FileFault('not_a_workbook')
const viewOf = async (file: Blob, from: number, to: number): Promise<DataView> =>
  new DataView(await file.slice(from, to).arrayBuffer())

/** The files of a zip by name, from its central directory. Throws FileFault for what is none, or needs ZIP64. */
export async function readZip(file: Blob): Promise<Map<string, ZipEntry>> {
  const tailFrom = Math.max(0, file.size - END_BYTES - MAX_COMMENT)
  const tail = await viewOf(file, tailFrom, file.size)
  let end = tail.byteLength - END_BYTES
  while (end >= 0 && tail.getUint32(end, true) !== END_SIGN) end -= 1
  if (end < 0) throw bad()
  const count = tail.getUint16(end + 10, true)
  const bytes = tail.getUint32(end + 12, true)
  const from = tail.getUint32(end + 16, true)
  if (count > MAX_ENTRIES || from + bytes > file.size) throw bad()
  const central = await viewOf(file, from, from + bytes)
  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_BYTES > central.byteLength || central.getUint32(at, true) !== CENTRAL_SIGN)
      throw bad()
    const nameBytes = central.getUint16(at + 28, true)
    const next =
      at +
      CENTRAL_BYTES +
      nameBytes +
      central.getUint16(at + 30, true) +
      central.getUint16(at + 32, true)
    if (next > central.byteLength) throw bad()
    const name = new TextDecoder().decode(
      new Uint8Array(central.buffer, at + CENTRAL_BYTES, nameBytes),
    )
    entries.set(name, {
      name,
      method: central.getUint16(at + 10, true),
      packedBytes: central.getUint32(at + 20, true),
      start: central.getUint32(at + 42, true),
    })
    at = next
  }
  return entries
}

/** The bytes of one file, piece by piece. Throws FileFault when they are not what the directory says. */
export async function* unpack(file: Blob, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const { start, packedBytes, method } = entry
  if (start + LOCAL_BYTES > file.size || (method !== STORED && method !== DEFLATED)) throw bad()
  const local = await viewOf(file, start, start + LOCAL_BYTES)
  if (local.getUint32(0, true) !== LOCAL_SIGN) throw bad()
  const from = start + LOCAL_BYTES + local.getUint16(26, true) + local.getUint16(28, true)
  const packed = file.slice(from, from + packedBytes).stream()
  const bytes =
    method === STORED ? packed : packed.pipeThrough(new DecompressionStream('deflate-raw'))
  const reader = bytes.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read().catch(() => {
        throw bad()
      })
      if (done) return
      yield value
    }
  } finally {
    // Whoever reads no further frees the stream.
    await reader.cancel().catch(() => undefined)
  }
}
