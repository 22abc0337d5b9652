import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Actor, Capability, Role } from '../../api/context.ts'
import { AppError } from '../../api/core/errors.ts'
import { getCase, listWorkItems } from '../../api/rooms/console/index.ts'
import { type Action, can, type OfficialActor } from '../../api/rooms/identity/index.ts'
import { type OfficialMove, previewMove, redactPhoto } from '../../api/rooms/incidents/index.ts'
import { ENTRIES } from '../../miniapp/src/console/menu/entries.ts'
import { openDatabase, type TestDb } from '../harness.ts'
import { type Commune, OFFICE, openCommune, UNIT } from './incidents-kit.ts'

/**
 * Every button of the console, for every role and capability: it is offered where the server makes its step, and nowhere
 * else. The doors behind the pages stand in `console-rights.test.ts`.
 */
let test: TestDb
let c: Commune
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  c = await openCommune(test.db)
})
afterAll(() => test.close())

const note = 'Lý do'
const MOVES: { [K in OfficialMove['kind']]: Extract<OfficialMove, { kind: K }> } = {
  accept: { kind: 'accept' },
  refuse: { kind: 'refuse', reasonCode: 'spam' },
  ask_info: { kind: 'ask_info', question: note },
  record_info: { kind: 'record_info', text: note },
  mark_duplicate: { kind: 'mark_duplicate', originalCode: '' },
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

/** A way to each state, by the people of the commune. */
const WAYS: Record<
  string,
  readonly (readonly ['dispatcher' | 'officer' | 'approver', OfficialMove])[]
> = {
  received: [],
  needs_info: [['dispatcher', MOVES.ask_info]],
  accepted: [['dispatcher', MOVES.accept]],
  assigned: [['dispatcher', MOVES.accept_and_assign]],
  in_progress: [
    ['dispatcher', MOVES.accept_and_assign],
    ['officer', MOVES.start],
  ],
  extension_requested: [
    ['dispatcher', MOVES.accept_and_assign],
    ['officer', MOVES.start],
    ['officer', MOVES.request_extension],
  ],
  answer_proposed: [
    ['dispatcher', MOVES.accept_and_assign],
    ['officer', MOVES.start],
    ['officer', MOVES.answer],
  ],
  answered: [
    ['dispatcher', MOVES.accept_and_assign],
    ['officer', MOVES.start],
    ['officer', MOVES.answer],
    ['approver', MOVES.approve_answer],
  ],
  refused: [['dispatcher', MOVES.refuse]],
}

const ROLES: readonly Role[] = ['officer', 'dispatcher', 'approver', 'admin']
const CAPABILITIES: readonly Capability[] = [
  'duty',
  'onestop',
  'editor',
  'hamlet_head',
  'community_team',
  'identity_viewer',
]
const ID = '0190a000-0000-7000-8000-000000000009'
const official = (roles: readonly Role[], capabilities: readonly Capability[]): OfficialActor => ({
  kind: 'official',
  officialId: ID,
  roles,
  capabilities,
  unitCode: UNIT,
  agencyCode: OFFICE,
})
const ACTORS: readonly OfficialActor[] = [
  ...ROLES.map((role) => official([role], [])),
  ...CAPABILITIES.map((capability) => official([], [capability])),
  ...CAPABILITIES.map((capability) => official(['officer'], [capability])),
  official(ROLES, CAPABILITIES),
]
const nameOf = ({ roles, capabilities }: OfficialActor) => [...roles, ...capabilities].join('+')

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'made',
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  )

it.each(Object.keys(WAYS))('each button of a case that is %s does what it says', async (state) => {
  const { publicCode: original } = await c.report({ category: 'waste' })
  const { publicCode } = await c.report({ category: 'food_safety' })
  for (const [who, move] of WAYS[state] ?? []) await c.move(c[who], publicCode, move)
  const row = await c.rowOf(publicCode)
  expect(row.state).toBe(state)
  const wrong: string[] = []
  for (const actor of ACTORS) {
    const ctx = c.as(actor)
    const page = await getCase(ctx, row.id).catch((error: AppError) => error.code)
    if (typeof page === 'string') {
      // No page, no button: whoever may not read the case may make no step of it either.
      expect([nameOf(actor), page, can(actor, 'incidents.read_desk', row)]).toEqual([
        nameOf(actor),
        'http.forbidden',
        false,
      ])
    }
    const offered = typeof page === 'string' ? [] : page.moves
    for (const move of Object.values(MOVES)) {
      const given = move.kind === 'mark_duplicate' ? { ...move, originalCode: original } : move
      const outcome = await codeOf(previewMove(ctx, { id: row.id, move: given }))
      if (offered.includes(move.kind) !== (outcome === 'made'))
        wrong.push(`${nameOf(actor)} ${move.kind}: ${outcome}`)
    }
    if (typeof page !== 'string') {
      const covering = await codeOf(
        redactPhoto(ctx, { id: row.id, mediaId: ID, boxes: [], seenAt: null }),
      )
      expect([nameOf(actor), page.mayRedact]).toEqual([
        nameOf(actor),
        covering !== 'http.forbidden',
      ])
      expect(page.mayViewReporter).toBe(can(actor, 'identity.view_reporter', row))
      expect(page.quick.filter((kind) => !offered.includes(kind))).toEqual([])
      const { items } = await listWorkItems(ctx, { scope: 'all' })
      const line = items.find((item) => item.id === row.id)
      expect([nameOf(actor), line?.quick]).toEqual([nameOf(actor), page.quick])
    }
  }
  expect(wrong).toEqual([])
})

/** What opens each page of the menu; `signed_in`: any official. */
const PAGES: Record<(typeof ENTRIES)[number]['name'], Action | 'signed_in'> = {
  inbox: 'signed_in',
  sos: 'sos.handle',
  alerts: 'alerts.draft',
  floods: 'floods.manage',
  stations: 'readings.watch',
  notices: 'notices.draft',
  map: 'incidents.read_desk',
  dossiers: 'dossiers.read_desk',
  sources: 'dossiers.manage',
  queue: 'dossiers.desk',
  numbers: 'incidents.read_desk',
  chats: 'conversations.answer',
  words: 'conversations.label',
  scams: 'guides.manage_scams',
  lessons: 'guides.edit',
  team: 'guides.team',
  duty: 'signed_in',
  people: 'identity.manage_officials',
  audit: 'audit.read',
  settings: 'areas.manage',
  security: 'signed_in',
}

it('the menu names each page to whoever may open it, and to nobody else', () => {
  const person = { id: ID, login: 'x', displayName: 'X', unitCode: UNIT, agencyCode: OFFICE }
  const wrong: string[] = []
  for (const actor of ACTORS)
    for (const { name, isFor } of ENTRIES) {
      const needs = PAGES[name]
      const may = needs === 'signed_in' || can(actor as Actor, needs)
      const roles = [...actor.roles]
      const capabilities = [...actor.capabilities]
      if (isFor({ ...person, roles, capabilities }) !== may) wrong.push(`${nameOf(actor)} ${name}`)
    }
  expect(wrong).toEqual([])
})
