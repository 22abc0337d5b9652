import { asKey, type Translate } from '../locales/index.ts'
import type { Numbers } from './emergency.ts'

/** What people ask for that no room answers in this installation: each has a sentence with where to get it. */
const ELSEWHERE: ReadonlySet<string> = new Set(['active_alerts', 'scam_check', 'notices'])

type Words = { t: Translate; call: Numbers; place: string }

/** Says that this is not done here, and who does it; promises nothing. */
export function notYet(intent: string, { t, call, place }: Words): string {
  const key = ELSEWHERE.has(intent) ? `menu:not_yet.${intent}` : 'menu:not_yet'
  return t(asKey(key), { ...call, place })
}

export const complaint = ({ t, call, place }: Words): string =>
  t('menu:complaint', { ...call, place })

/** The answer to a question in the middle of something else; undefined when it is none of these. */
export function aside(intent: string, words: Words): string | undefined {
  const back = words.t('menu:aside')
  if (intent === 'contact') return back
  if (intent === 'complaint') return `${complaint(words)} ${back}`
  return ELSEWHERE.has(intent) ? `${notYet(intent, words)} ${back}` : undefined
}
