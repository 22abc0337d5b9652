import type { OfficialMove } from '../types.ts'

export type MoveKind = OfficialMove['kind']

/** The usual next step comes first; which of them are possible is the server's to say. */
const ORDER: readonly MoveKind[] = [
  'accept_and_assign',
  'assign',
  'start',
  'answer',
  'approve_answer',
  'grant_extension',
  'record_info',
  'return_answer',
  'accept',
  'ask_info',
  'request_extension',
  'refuse_extension',
  'not_our_task',
  'mark_duplicate',
  'refuse',
]

/** Moves without anything to choose or write: one press makes them. */
export const INSTANT = ['accept', 'start', 'approve_answer'] as const
export type InstantKind = (typeof INSTANT)[number]

export const isInstant = (kind: MoveKind): kind is InstantKind =>
  (INSTANT as readonly MoveKind[]).includes(kind)

/** What the page offers, the usual step first; kinds that are newer than this page are left out. */
export const offered = (moves: readonly string[]): readonly MoveKind[] =>
  ORDER.filter((kind) => moves.includes(kind))
