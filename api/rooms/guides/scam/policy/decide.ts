import { type DomainReason, isOfficialDomain, isWithin, suspect } from './domain.ts'
import { OFFICIAL_PHONES } from './official.ts'
import { type PatternCode, readPatterns } from './patterns.ts'
import type { Reading, Subject } from './subjects.ts'

export const VERDICTS = ['known_scam', 'suspicious', 'unknown', 'official'] as const
export type Verdict = (typeof VERDICTS)[number]
export type ItemReason = DomainReason | 'foreign_number'
export type Kind = Subject['kind'] | 'pattern'

/** What officials keep of one subject. */
export type Kept = { kind: Kind; subject: string; state: 'known_scam' | 'official' }

export type Item = {
  kind: Subject['kind']
  subject: string
  verdict: Verdict
  reason: ItemReason | null
}
export type Checked = { verdict: Verdict; items: Item[]; patterns: PatternCode[] }

/**
 * What is known of a message. The worst of its parts counts; nothing is ever good because nothing is known against it,
 * and words that sound like a known fraud are suspicious whatever addresses stand among them.
 */
export function decideScam({ subjects, words }: Reading, kept: readonly Kept[]): Checked {
  const items = subjects.map((subject) => decideItem(subject, kept))
  const patterns = readPatterns(words)
  const found: Verdict[] = items.map(({ verdict }) => verdict)
  if (patterns.length > 0) found.push('suspicious')
  return { verdict: VERDICTS.find((one) => found.includes(one)) ?? 'unknown', items, patterns }
}

function decideItem(subject: Subject, kept: readonly Kept[]): Item {
  const { kind } = subject
  const own = kept.filter((one) => one.kind === kind && covers(one.subject, subject))
  const item = (verdict: Verdict, reason: ItemReason | null = null): Item => ({
    kind,
    subject: subject.subject,
    verdict,
    reason,
  })
  if (own.some(({ state }) => state === 'known_scam')) return item('known_scam')
  if (kind === 'domain') {
    const listed = own.map((one) => one.subject)
    if (isOfficialDomain(subject, listed)) return item('official')
    const reason = suspect(subject)
    return reason === undefined ? item('unknown') : item('suspicious', reason)
  }
  if (own.length > 0) return item('official')
  if (kind === 'account') return item('unknown')
  if (OFFICIAL_PHONES.includes(subject.subject)) return item('official')
  return subject.isForeign ? item('suspicious', 'foreign_number') : item('unknown')
}

const covers = (listed: string, { kind, subject }: Subject): boolean =>
  kind === 'domain' ? isWithin(subject, listed) : listed === subject
