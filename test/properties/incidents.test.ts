import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LocalDate } from '../../api/core/time.ts'
import { addDays } from '../../api/core/time.ts'
import { isConsistent } from '../../api/rooms/incidents/policy/consistent.ts'
import { decideMove } from '../../api/rooms/incidents/policy/decide.ts'
import {
  type CaseFacts,
  type Move,
  type MoveFacts,
  type MoveKind,
  movesFrom,
  RULES,
} from '../../api/rooms/incidents/policy/moves.ts'
import { isEnd, isStep, NEXT } from '../../api/rooms/incidents/policy/table.ts'
import {
  type Around,
  toOwn,
  toPublic,
  type ViewRow,
} from '../../api/rooms/incidents/policy/view.ts'
import { REASON_CODES, STATES, type State } from '../../api/rooms/incidents/schema.ts'

const SEED = 20261123
const START = Date.parse('2026-11-23T02:00:00Z')
const DAY_MS = 86_400_000

const word = fc.constantFrom('', ' ', 'đèn hư', 'đã sửa xong')
const agency = fc.constantFrom('a1', 'a2')

/** One generator for every kind of move: a new kind without one does not compile. */
const MOVES: { [K in MoveKind]: fc.Arbitrary<Extract<Move, { kind: K }>> } = {
  accept: fc.constant({ kind: 'accept' }),
  refuse: fc.record({ kind: fc.constant('refuse'), reasonCode: fc.constantFrom(...REASON_CODES) }),
  ask_info: fc.record({ kind: fc.constant('ask_info'), question: word }),
  record_info: fc.record({ kind: fc.constant('record_info'), text: word }),
  mark_duplicate: fc.record({
    kind: fc.constant('mark_duplicate'),
    originalCode: fc.constant('HUE-AAAA-AAAA'),
  }),
  assign: fc.record({ kind: fc.constant('assign'), agencyCode: agency }),
  accept_and_assign: fc.record({ kind: fc.constant('accept_and_assign'), agencyCode: agency }),
  not_our_task: fc.record({ kind: fc.constant('not_our_task'), note: word }),
  start: fc.constant({ kind: 'start' }),
  request_extension: fc.record({ kind: fc.constant('request_extension'), note: word }),
  grant_extension: fc.record({
    kind: fc.constant('grant_extension'),
    days: fc.integer({ min: 1, max: 15 }),
  }),
  refuse_extension: fc.constant({ kind: 'refuse_extension' }),
  answer: fc.record({
    kind: fc.constant('answer'),
    text: fc.constantFrom('đã sửa'),
    mediaIds: fc.array(fc.uuid(), { maxLength: 1 }),
    noProofReason: word,
  }),
  approve_answer: fc.constant({ kind: 'approve_answer' }),
  return_answer: fc.record({ kind: fc.constant('return_answer'), note: word }),
  give_info: fc.record({ kind: fc.constant('give_info'), text: word }),
  withdraw: fc.constant({ kind: 'withdraw' }),
  rate: fc.record({ kind: fc.constant('rate'), rating: fc.integer({ min: 1, max: 5 }) }),
  reopen: fc.record({ kind: fc.constant('reopen'), note: word }),
  lapse: fc.constant({ kind: 'lapse' }),
  close: fc.constant({ kind: 'close' }),
}

const KINDS = Object.keys(MOVES) as MoveKind[]
/** A move of each kind; which one is played depends on the state, so that long stories come about. */
const hand = fc.record(MOVES)

const received = (): CaseFacts => ({
  id: 'case-1',
  state: 'received',
  agencyCode: null,
  assigneeId: null,
  dueDate: '2026-12-02',
  acceptedAt: null,
  answeredAt: null,
  closedAt: null,
  reasonCode: null,
  duplicateOfId: null,
  answerText: null,
  rating: null,
  updatedAt: new Date(START).toISOString(),
})

/** Saturdays and holidays do not matter here: any calendar that goes forward. */
const countDue = (from: LocalDate, days: number) => ({
  dueDate: addDays(from, days),
  dueBasis: { from, workingDays: days, skipped: [], worked: [], isEstimated: false },
})

const turn = fc.record({
  hand,
  pick: fc.nat(1_000),
  isFitting: fc.boolean(),
  waitDays: fc.constantFrom(0, 0, 1, 8, 11),
  needsApprover: fc.boolean(),
  original: fc.constantFrom(...STATES),
  isSelf: fc.boolean(),
})
type Turn = typeof turn extends fc.Arbitrary<infer T> ? T : never

function moveOf({ state }: CaseFacts, { hand, pick, isFitting }: Turn): Move {
  const fitting = KINDS.filter((kind) => RULES[kind].from.includes(state))
  const from = isFitting && fitting.length > 0 ? fitting : KINDS
  return hand[from[pick % from.length] ?? 'accept']
}

type World = { incident: CaseFacts; atMs: number; reopenings: number; extensions: number }

const iso = (value: Date | null | undefined) => (value == null ? null : value.toISOString())

/** Taken a second after the report. */
const photo = { takenAt: null, uploadedAt: new Date(START + 1000).toISOString() }

function play(world: World, one: Turn) {
  const { waitDays, needsApprover, original, isSelf } = one
  const move = moveOf(world.incident, one)
  const atMs = world.atMs + waitDays * DAY_MS
  const facts: MoveFacts = {
    by: RULES[move.kind].by,
    actorId: 'official-1',
    now: new Date(atMs),
    needsApprover,
    countDue,
    dueInWorkingDays: 7,
    photos: move.kind === 'answer' ? move.mediaIds.map(() => photo) : [],
    proofAfter: new Date(START).toISOString(),
    reopenings: world.reopenings,
    extensions: world.extensions,
    original: { id: isSelf ? world.incident.id : 'case-0', state: original },
  }
  return { atMs, decided: decideMove(world.incident, move, facts) }
}

function apply(world: World, one: Turn): World {
  const { atMs, decided } = play(world, one)
  if (!decided.ok) return { ...world, atMs }
  const { changes, activity } = decided.decision
  const { acceptedAt, answeredAt, closedAt, ...rest } = changes
  const incident: CaseFacts = {
    ...world.incident,
    ...rest,
    ...(acceptedAt === undefined ? {} : { acceptedAt: iso(acceptedAt) }),
    ...(answeredAt === undefined ? {} : { answeredAt: iso(answeredAt) }),
    ...(closedAt === undefined ? {} : { closedAt: iso(closedAt) }),
    updatedAt: new Date(atMs).toISOString(),
  }
  const kinds = activity.map((row) => row.kind)
  return {
    incident,
    atMs,
    reopenings: world.reopenings + Number(kinds.includes('reopen')),
    extensions: world.extensions + Number(kinds.includes('request_extension')),
  }
}

const begin = (): World => ({ incident: received(), atMs: START, reopenings: 0, extensions: 0 })

describe('moves of an incident', () => {
  it('no path of moves leaves the table, and the columns always fit the state', () => {
    const seen = new Set<State>()
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 40 }), (turns) => {
        let world = begin()
        for (const one of turns) {
          const before = world.incident.state
          const { decided } = play(world, one)
          if (decided.ok) {
            let from = before
            for (const row of decided.decision.activity) {
              expect(row.from).toBe(from)
              expect(isStep(row.from, row.to)).toBe(true)
              from = row.to
            }
            expect(from).toBe(decided.decision.to)
          }
          world = apply(world, one)
          seen.add(world.incident.state)
          expect([world.incident, isConsistent(world.incident)]).toEqual([world.incident, true])
        }
        expect(world.reopenings).toBeLessThanOrEqual(2)
        expect(world.extensions).toBeLessThanOrEqual(1)
      }),
      { seed: SEED, numRuns: 5_000 },
    )
    expect([...seen].sort()).toEqual([...STATES].sort())
  })

  it('nothing moves an ended case', () => {
    fc.assert(
      fc.property(fc.array(turn, { maxLength: 60 }), turn, (turns, last) => {
        const world = turns.reduce(apply, begin())
        fc.pre(isEnd(world.incident.state))
        expect(play(world, last).decided.ok).toBe(false)
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  })

  it('nobody makes a move that is another kind of actor’s', () => {
    const [cards] = fc.sample(hand, { seed: SEED, numRuns: 1 })
    if (cards === undefined) throw new Error('no sample of moves')
    for (const kind of KINDS) {
      for (const by of ['official', 'reporter', 'system'] as const) {
        if (by === RULES[kind].by) continue
        const move = cards[kind]
        const incident = { ...received(), state: RULES[kind].from[0] ?? 'received' }
        const decided = decideMove(incident, move, {
          by,
          actorId: null,
          now: new Date(START),
          needsApprover: false,
          countDue,
          dueInWorkingDays: 7,
          photos: [],
          proofAfter: new Date(START).toISOString(),
          reopenings: 0,
          extensions: 0,
        })
        expect(decided).toMatchObject({ ok: false, code: 'http.forbidden' })
      }
    }
  })

  it('every step of the table is reached by some move, and every move stays in it', () => {
    const facts = { needsApprover: false } as MoveFacts
    const steps = new Set<string>()
    for (const rule of Object.values(RULES)) {
      for (const needsApprover of [true, false]) {
        for (const start of rule.from) {
          let from = start
          for (const to of rule.path({ ...facts, needsApprover })) {
            expect(isStep(from, to)).toBe(true)
            steps.add(`${from}>${to}`)
            from = to
          }
        }
      }
    }
    const table = STATES.flatMap((from) => NEXT[from].map((to) => `${from}>${to}`))
    expect([...steps].sort()).toEqual(table.sort())
  })

  it('what an official is offered is what the rules take', () => {
    for (const state of STATES) {
      for (const kind of movesFrom(state, 0)) expect(RULES[kind].from).toContain(state)
    }
    expect(movesFrom('in_progress', 1)).not.toContain('request_extension')
  })
})

describe('what the public sees', () => {
  const PHONE = '0912345678'
  const ID = '046085001234'
  const NAME = 'Trần Thị Mận'
  const EMAIL = 'man.tran@example.vn'
  const planted = fc.constantFrom(
    `gọi ${PHONE}`,
    `đt 0912 345 678`,
    `+84 912 345 678`,
    `Tôi là ${NAME}`,
    `tui tên ${NAME}`,
    `Họ và tên: ${NAME}`,
    `CCCD ${ID}`,
    EMAIL,
  )
  const SECRETS = [PHONE, '345 678', NAME, ID, EMAIL]
  const told = fc
    .array(
      fc.oneof(planted, fc.constantFrom('Đèn đường hư ba đêm', 'trước cổng chùa', 'ngập 40 cm')),
    )
    .map((parts) => parts.join('. '))
  const point = fc.record({
    lng: fc.double({ min: 107.5, max: 107.6, noNaN: true }).map((v) => Math.round(v * 1e6) / 1e6),
    lat: fc.double({ min: 16.5, max: 16.6, noNaN: true }).map((v) => Math.round(v * 1e6) / 1e6),
  })
  const row: fc.Arbitrary<ViewRow> = fc
    .record({ at: point, description: told, placeText: told, state: fc.constantFrom(...STATES) })
    .chain(({ at, ...rest }) =>
      fc.record({
        publicCode: fc.constant('HUE-AAAA-AAAA'),
        category: fc.constant('lighting'),
        kind: fc.constant(null),
        urgency: fc.constant('normal' as const),
        unitCode: fc.constant('19867'),
        hamletId: fc.constant(null),
        isPrivatePlace: fc.boolean(),
        agencyCode: fc.constantFrom('a1', null),
        dueDate: fc.constantFrom('2026-12-02', null),
        reasonCode: fc.constant(null),
        answerText: fc.constantFrom('Đã thay bóng', null),
        answeredAt: fc.constantFrom('2026-11-30T02:00:00.000Z', null),
        rating: fc.constant(null),
        createdAt: fc.constant('2026-11-23T02:00:00.000Z'),
        lng: fc.constant(at.lng),
        lat: fc.constant(at.lat),
        publicLng: fc.constant(107.555),
        publicLat: fc.constant(16.555),
        description: fc.constant(rest.description),
        placeText: fc.constant(rest.placeText),
        state: fc.constant(rest.state),
      }),
    )
  const around: Around = {
    unitName: 'Xã Quảng Điền',
    hamletName: undefined,
    agencyName: (code) => code,
    activity: [
      {
        kind: 'received',
        toState: 'received',
        at: '2026-11-23T02:00:00.000Z',
        isPublic: true,
        data: { consentVersion: 1 },
      },
      {
        kind: 'give_info',
        toState: 'received',
        at: '2026-11-23T03:00:00.000Z',
        isPublic: true,
        data: { text: `Tôi là ${NAME}` },
      },
    ],
    media: [
      { mediaId: 'seen', role: 'report', isPublished: true, uploadedAt: '' },
      { mediaId: 'unseen', role: 'report', isPublished: false, uploadedAt: '' },
    ],
    followers: 0,
    duplicateOf: undefined,
  }

  it('holds no phone, identity number, e-mail or signature, whatever was written', () => {
    fc.assert(
      fc.property(row, (one) => {
        const text = JSON.stringify(toPublic(one, around, '2026-12-10'))
        for (const secret of SECRETS) expect(text).not.toContain(secret)
        expect(text).not.toContain('unseen')
      }),
      { seed: SEED, numRuns: 3_000 },
    )
  })

  it('rounds a private place, keeps its words to itself, and shows nothing before acceptance', () => {
    fc.assert(
      fc.property(row, (one) => {
        const shown = toPublic(one, around, '2026-12-10')
        if (['received', 'needs_info', 'refused', 'duplicate', 'withdrawn'].includes(one.state)) {
          expect([shown.description, shown.place, shown.mediaIds]).toEqual([
            undefined,
            undefined,
            [],
          ])
        } else if (one.isPrivatePlace) {
          const isRound = (value = 0) => Math.abs(value * 1000 - Math.round(value * 1000)) < 1e-6
          expect(isRound(shown.place?.lng) && isRound(shown.place?.lat)).toBe(true)
          expect(shown.place?.text).toBe('Xã Quảng Điền')
        }
      }),
      { seed: SEED, numRuns: 3_000 },
    )
  })

  it('the sender sees what they sent, as they sent it', () => {
    fc.assert(
      fc.property(row, (one) => {
        const own = toOwn(one, around, '2026-12-10')
        expect(own.ownDescription).toBe(one.description)
        expect(own.ownMediaIds).toEqual(['seen', 'unseen'])
      }),
      { seed: SEED, numRuns: 200 },
    )
  })
})
