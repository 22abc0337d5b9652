import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Actor } from '../../api/context.ts'
import { AppError } from '../../api/core/errors.ts'
import { moveIncident, type OfficialMove } from '../../api/rooms/incidents/index.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type Commune, OFFICE, openCommune, POLICE, UNIT } from './incidents-kit.ts'

let test: TestDb
let c: Commune
beforeAll(async () => {
  test = await openDatabase()
  await test.truncate()
  c = await openCommune(test.db)
})
afterAll(() => test.close())

type Kind = OfficialMove['kind']
type Role = Extract<Actor, { kind: 'official' }>['roles'][number]

const note = 'Lý do'
const MOVES: Record<Kind, OfficialMove> = {
  accept: { kind: 'accept' },
  refuse: { kind: 'refuse', reasonCode: 'spam' },
  ask_info: { kind: 'ask_info', question: note },
  record_info: { kind: 'record_info', text: note },
  mark_duplicate: { kind: 'mark_duplicate', originalCode: 'HUE-2222-2222' },
  assign: { kind: 'assign', agencyCode: OFFICE },
  accept_and_assign: { kind: 'accept_and_assign', agencyCode: OFFICE },
  not_our_task: { kind: 'not_our_task' },
  start: { kind: 'start' },
  request_extension: { kind: 'request_extension', note },
  grant_extension: { kind: 'grant_extension', days: 3 },
  refuse_extension: { kind: 'refuse_extension' },
  answer: { kind: 'answer', text: note, mediaIds: [], noProofReason: note },
  approve_answer: { kind: 'approve_answer' },
  return_answer: { kind: 'return_answer', note },
}

/** Who does what, as the desk of a commune knows it; written down here apart from the permission table. */
const DOES: Record<Role, readonly Kind[]> = {
  dispatcher: [
    'accept',
    'refuse',
    'ask_info',
    'record_info',
    'mark_duplicate',
    'assign',
    'accept_and_assign',
  ],
  officer: ['ask_info', 'record_info', 'not_our_task', 'start', 'request_extension', 'answer'],
  approver: ['grant_extension', 'refuse_extension', 'approve_answer', 'return_answer'],
  admin: [],
}

/** Where somebody sits, and which roles reach a case of the commune's office from there. */
const SEATS = [
  {
    name: 'the office',
    unitCode: UNIT,
    agencyCode: OFFICE,
    reaches: ['officer', 'dispatcher', 'approver'],
  },
  {
    name: 'another office of the commune',
    unitCode: UNIT,
    agencyCode: POLICE,
    reaches: ['dispatcher', 'approver'],
  },
  { name: 'the commune', unitCode: UNIT, agencyCode: null, reaches: ['dispatcher', 'approver'] },
  { name: 'another commune', unitCode: '19789', agencyCode: null, reaches: [] },
  { name: 'the city desk', unitCode: null, agencyCode: null, reaches: ['dispatcher', 'approver'] },
  { name: 'a city agency', unitCode: null, agencyCode: 'hue.dien', reaches: [] },
] as const

const ROLES: readonly Role[] = ['officer', 'dispatcher', 'approver', 'admin']

/** The refusal of one move at a version that never is: `incidents.stale` says that all rights were there. */
async function refusalOf(actor: Actor, id: string, move: OfficialMove): Promise<string> {
  const refused = await moveIncident(c.as(actor), { id, version: 999, move }).catch((e) => e)
  if (!(refused instanceof AppError)) throw refused
  return refused.code
}

it('each role at each desk makes the moves that are its own, on the cases that it reaches', async () => {
  const { publicCode } = await c.report()
  await c.walkTo(publicCode, 'in_progress')
  const { id } = await c.rowOf(publicCode)
  const wrong: string[] = []
  for (const role of ROLES)
    for (const { name, unitCode, agencyCode, reaches } of SEATS)
      for (const move of Object.values(MOVES)) {
        const official: Actor = {
          ...c.dispatcher,
          officialId: c.elsewhere.officialId,
          roles: [role],
          unitCode,
          agencyCode,
        }
        const isOwn = DOES[role].includes(move.kind) && reaches.some((one) => one === role)
        const expected = isOwn ? 'incidents.stale' : 'http.forbidden'
        const code = await refusalOf(official, id, move)
        if (code !== expected) wrong.push(`${role} of ${name}: ${move.kind} is ${code}`)
      }
  expect(wrong).toEqual([])
})

it('nobody else makes any: residents, strangers, duty and community people without a role', async () => {
  const { publicCode, residentId } = await c.reportFromChat()
  const { id } = await c.rowOf(publicCode)
  const helpers: Actor = {
    ...c.dispatcher,
    roles: [],
    capabilities: ['duty', 'onestop', 'editor', 'hamlet_head', 'community_team', 'identity_viewer'],
  }
  const others: Actor[] = [{ kind: 'anonymous' }, { kind: 'resident', residentId }, helpers]
  for (const actor of others)
    for (const move of Object.values(MOVES))
      expect(['http.forbidden', 'http.unauthenticated']).toContain(await refusalOf(actor, id, move))
})
