/** What a template may name of a case. Written as `{ma}`; what the official adds by hand as `{?what was done}`. */
export const PLACEHOLDERS = ['ma', 'loai', 'noi', 'donvi', 'ngaynhan', 'han', 'homnay'] as const
type Placeholder = (typeof PLACEHOLDERS)[number]
export type Facts = Readonly<Record<Placeholder, string>>

const BRACES = /\{([^{}]*)\}/g

/** Names in braces that mean nothing; a brace without its pair counts as one. */
export function unknownPlaceholders(body: string): string[] {
  const names = [...body.matchAll(BRACES)].map((match) => match[1] ?? '')
  const known: readonly string[] = PLACEHOLDERS
  const wrong = names.filter((name) =>
    name.startsWith('?') ? name.slice(1).trim() === '' : !known.includes(name),
  )
  return /[{}]/.test(body.replaceAll(BRACES, '')) ? [...wrong, '{'] : wrong
}

/** The template with what is known of the case; what is not known becomes a gap for the official. */
export const fillTemplate = (body: string, facts: Facts): string =>
  body.replaceAll(BRACES, (whole, name: string) => {
    if (name.startsWith('?')) return whole
    return Object.hasOwn(facts, name) && facts[name as Placeholder] !== ''
      ? facts[name as Placeholder]
      : `{?${name}}`
  })

/** Whether something in braces still waits to be written: such an answer must not go to anybody. */
export const hasGap = (text: string): boolean => text.search(BRACES) >= 0
