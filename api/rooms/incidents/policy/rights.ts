import type { Action } from '../../identity/index.ts'
import type { OfficialMove } from '../schema.ts'

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
  grant_extension: ['incidents.assign'],
  refuse_extension: ['incidents.assign'],
  answer: ['incidents.answer'],
  approve_answer: ['incidents.approve_answer'],
  return_answer: ['incidents.approve_answer'],
}
