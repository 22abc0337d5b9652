import { FileFault } from './fault.ts'

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1258'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** So much of a file decides how it is written. */
const SAMPLE_BYTES = 64 * 1024

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // `stream`: a sign that the sample cuts in half is no fault.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return true
  } catch {
    return false
  }
}

/**
 * How a file is written, from its first bytes: a byte order mark, the zero bytes of UTF-16, sound UTF-8, else the
 * Vietnamese Windows code page.
 */
export function detectEncoding(sample: Uint8Array): Encoding {
  const [a, b] = sample
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  const pairs = Math.floor(Math.min(sample.length, 2_000) / 2)
  let zerosFirst = 0
  let zerosSecond = 0
  for (let i = 0; i < pairs; i++) {
    if (sample[2 * i] === 0) zerosFirst += 1
    if (sample[2 * i + 1] === 0) zerosSecond += 1
  }
  if (pairs > 2 && zerosSecond > pairs / 3) return 'utf-16le'
  if (pairs > 2 && zerosFirst > pairs / 3) return 'utf-16be'
  return isUtf8(sample) ? 'utf-8' : 'windows-1258'
}

/** The start of a stream up to the sample's size, and all chunks again. */
async function peek(
  source: AsyncIterator<Uint8Array>,
): Promise<{ sample: Uint8Array; head: Uint8Array[] }> {
  const head: Uint8Array[] = []
  let size = 0
  while (size < SAMPLE_BYTES) {
    const { done, value } = await source.next()
    if (done) break
    head.push(value)
    size += value.length
  }
  const sample = new Uint8Array(Math.min(size, SAMPLE_BYTES))
  let at = 0
  for (const chunk of head) {
    const part = chunk.subarray(0, sample.length - at)
    sample.set(part, at)
    at += part.length
  }
  return { sample, head }
}

/**
 * A file's bytes as text, piece by piece, whatever the size. Throws FileFault `encoding` where the bytes are not what
 * the beginning said.
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  given?: Encoding,
): AsyncGenerator<string> {
  const source = bytes[Symbol.asyncIterator]()
  const { sample, head } = await peek(source)
  const decoder = new TextDecoder(given ?? detectEncoding(sample), { fatal: true })
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw new FileFault('encoding')
    }
  }
  for (const chunk of head) yield decode(chunk)
  for (let next = await source.next(); !next.done; next = await source.next())
    yield decode(next.value)
  yield decode()
}
