import type { ScamMove } from '../schema.ts'
import type { Kind } from './decide.ts'
import { isPlain } from './domain.ts'

type State = 'reported' | 'known_scam' | 'official' | 'dropped'

/** What an official may do with a subject. A way of speaking is known already: it is only put aside. */
export function movesOf(row: {
  kind: Kind
  subject: string
  state: State
  isNoticeWanted: boolean
}): ScamMove[] {
  const { kind, subject, state, isNoticeWanted } = row
  if (kind === 'pattern') return state === 'dropped' ? [] : ['dropped']
  const mayBeOfficial = kind !== 'domain' || isPlain({ subject, raw: subject })
  const all: ScamMove[] = [
    'known_scam',
    ...(mayBeOfficial ? (['official'] as const) : []),
    'dropped',
  ]
  const moves = all.filter((move) => move !== state)
  return state === 'known_scam' && !isNoticeWanted ? ['notice', ...moves] : moves
}
