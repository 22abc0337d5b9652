import type { Actor } from '../../../context.ts'
import { type Action, can } from '../../identity/index.ts'
import type { OfficialMove } from '../schema.ts'
import type { MoveFacts, MoveKind } from './moves.ts'

/** The rights that a move needs, all of them, on the case as it is before the move. */
export const RIGHTS_OF: Record<OfficialMove['kind'], readonly Action[]> = {
  accept: ['incidents.accept'],
  refuse: ['incidents.refuse'],
  ask_info: ['incidents.ask_info'],
  record_info: ['incidents.ask_info'],
  mark_duplicate: ['incidents.accept'],
  assign: ['incidents.assign'],
  accept_and_assign: ['incidents.accept', 'incidents.assign'],
  not_our_task: ['incidents.work'],
  start: ['incidents.work'],
  request_extension: ['incidents.work'],
  grant_extension: ['incidents.approve_extension'],
  refuse_extension: ['incidents.approve_extension'],
  answer: ['incidents.answer'],
  approve_answer: ['incidents.approve_answer'],
  return_answer: ['incidents.approve_answer'],
}

const isOfficialKind = (kind: MoveKind): kind is OfficialMove['kind'] => kind in RIGHTS_OF

/** In what role somebody makes a move: what others are told of who it was. */
export function roleOf(actor: Actor, by: MoveFacts['by'], kind: MoveKind): string {
  if (actor.kind !== 'official' || by !== 'official' || !isOfficialKind(kind)) return by
  const needed = RIGHTS_OF[kind]
  const role = actor.roles.find((one) =>
    needed.every((action) => can({ ...actor, roles: [one], capabilities: [] }, action)),
  )
  return role ?? 'official'
}
