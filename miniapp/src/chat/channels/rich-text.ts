/** A run of a bubble's text with the marks that channels know; drawn as elements, never as HTML. */
export type Run = {
  text: string
  isBold: boolean
  isItalic: boolean
  isCode: boolean
  href?: string
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const decode = (text: string) =>
  text.replace(/&(#\d+|#x[\da-f]+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole
    const code = /^#x/i.test(name)
      ? Number.parseInt(name.slice(2), 16)
      : Number.parseInt(name.slice(1), 10)
    return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : whole
  })

const isSafeHref = (href: string) => /^(https?:|tel:|mailto:)/i.test(href)

/** Plain text as one run. */
export const plainRun = (text: string): Run => ({
  text,
  isBold: false,
  isItalic: false,
  isCode: false,
})

/**
 * Telegram's HTML subset (b, strong, i, em, u, s, code, pre, a) as runs. Total: unknown tags are skipped, an open tag
 * at the end simply ends, and a link keeps only http, tel and mailto.
 */
export function readTelegramHtml(html: string): readonly Run[] {
  const runs: Run[] = []
  let bold = 0
  let italic = 0
  let code = 0
  let href: string | undefined
  const depth = (now: number, closes: boolean) => Math.max(0, now + (closes ? -1 : 1))
  for (const piece of html.split(/(<\/?[a-z][^<>]*>)/i)) {
    const tag = /^<(\/?)([a-z-]+)([^>]*)>$/i.exec(piece)
    if (tag === null) {
      if (piece === '') continue
      const run = {
        text: decode(piece),
        isBold: bold > 0,
        isItalic: italic > 0,
        isCode: code > 0,
      }
      runs.push(href === undefined ? run : { ...run, href })
      continue
    }
    const closes = tag[1] === '/'
    const name = (tag[2] ?? '').toLowerCase()
    if (name === 'b' || name === 'strong') bold = depth(bold, closes)
    else if (name === 'i' || name === 'em') italic = depth(italic, closes)
    else if (name === 'code' || name === 'pre') code = depth(code, closes)
    else if (name === 'a') {
      const target = decode(/href="([^"]*)"/i.exec(tag[3] ?? '')?.[1] ?? '')
      href = !closes && isSafeHref(target) ? target : undefined
    }
  }
  return runs
}
