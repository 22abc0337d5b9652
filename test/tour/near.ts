import { vi } from '../../locales/vi/index.ts'

/** Asked when an open case lies near; it names that case, whose code is not the one of the new report. */
const ASK = vi.incidents['similar.ask']
/** What a person says who still reports on their own. */
export const SEND_NEW = vi.incidents['similar.new']

export const asksNear = (text: string): boolean => text.includes(ASK)

/** The code of a receipt among what was said. */
export function codeIn(texts: readonly string[]): string | undefined {
  const said = texts.filter((text) => !asksNear(text)).join('\n')
  return /HUE-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(said)?.[0]
}
