import { wordKey } from './match.ts'
import { type Part, text } from './message.ts'

const WORDS: ReadonlySet<string> = new Set([
  'viet dai',
  'viet day du',
  'mo bieu mau',
  'bieu mau',
  'mau don',
  'form',
  'long form',
  'write more',
])

/** Whether the whole text asks for the page for long input. */
export const isFormWord = (typed: string): boolean => WORDS.has(wordKey(typed))

type Say = (key: 'chat:form.offer' | 'chat:form.open') => string

/** One sentence and the link; a channel makes a button of it. */
export const formOffer = (t: Say, url: string): readonly Part[] => [
  text(t('chat:form.offer')),
  { kind: 'link', label: t('chat:form.open'), url },
]
