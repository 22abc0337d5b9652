/** A break before this share of the limit would leave a stump; the next finer break is taken instead. */
const LEAST_FILL = 0.3
const BREAKS = ['\n\n', '\n', ' ']

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff

/** Where to cut `text`, at most `limit` UTF-16 units in; `limit` ≥ 2. */
function cutAt(text: string, limit: number): number {
  for (const mark of BREAKS) {
    const at = text.lastIndexOf(mark, limit)
    if (at >= limit * LEAST_FILL) return at
  }
  const splitsPair =
    isHighSurrogate(text.charCodeAt(limit - 1)) && isLowSurrogate(text.charCodeAt(limit))
  return splitsPair ? limit - 1 : limit
}

/**
 * Pieces of at most `limit` UTF-16 units (`limit` ≥ 2): broken between paragraphs, else lines, else words, else
 * anywhere but inside a surrogate pair. Only white space at the breaks is lost; no piece is empty.
 */
export function splitText(text: string, limit: number): string[] {
  const pieces: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const at = cutAt(rest, limit)
    const piece = rest.slice(0, at).trimEnd()
    if (piece !== '') pieces.push(piece)
    rest = rest.slice(at).trimStart()
  }
  if (rest !== '') pieces.push(rest)
  return pieces
}
