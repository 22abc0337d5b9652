import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advance, type EngineContext, readState, startFlow } from '../../api/chat/engine.ts'
import type { Advanced, Flow, FlowData, FlowState } from '../../api/chat/flow.ts'
import { type Content, type Facts, NO_FACTS, type PlaceFact } from '../../api/chat/inbound.ts'
import type { Message } from '../../api/chat/message.ts'
import type { ReportData } from '../../api/rooms/incidents/flow/data.ts'
import { reportFlow } from '../../api/rooms/incidents/flow/report.ts'
import { type TrackData, trackFlow } from '../../api/rooms/incidents/flow/track.ts'
import { CATEGORY_IDS } from '../../api/rooms/incidents/schema.ts'
import type { LocaleKey } from '../../locales/index.ts'
import { runs } from '../full.ts'
import { testTranslators } from '../harness.ts'

const SEED = 20261123
const TURNS = runs(100_000)
const TURNS_A_CHAT = 25
const t = testTranslators('vi')
const NOW = new Date('2026-11-23T02:00:00Z')

const uuid = fc.constantFrom(
  '0190a000-0000-7000-8000-000000000001',
  '0190a000-0000-7000-8000-000000000002',
  '0190a000-0000-7000-8000-000000000003',
)
const at = fc.record({
  lng: fc.double({ min: 107, max: 108, noNaN: true }),
  lat: fc.double({ min: 16, max: 17, noNaN: true }),
})

const placeFact: fc.Arbitrary<PlaceFact> = fc.record(
  {
    label: fc.constantFrom('thôn Phước Yên', 'xã Quảng Điền', 'phường Thuận Hóa', '__proto__'),
    exact: fc.boolean(),
    at,
    unitCode: fc.constantFrom('19867', '19789'),
    hamletId: uuid,
  },
  { requiredKeys: ['label', 'exact'] },
)

const facts: fc.Arbitrary<Facts> = fc.record(
  {
    places: fc.array(placeFact, { maxLength: 9 }),
    outsideProvince: fc.boolean(),
    hamlets: fc.array(placeFact, { maxLength: 9 }),
    code: fc.constantFrom('HUE-2222-2222', 'HUE-AAAA-AAA7', 'x'),
    category: fc.record({
      id: fc.constantFrom(...CATEGORY_IDS, 'constructor'),
      confidence: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
  { requiredKeys: ['places', 'outsideProvince', 'hamlets'] },
)

const words = fc.oneof(
  fc.constantFrom(
    'nuoc vo nha roi',
    'đèn đường hư ba đêm nay',
    'ngập ở Phước Yên',
    'bỏ qua',
    'quay lại',
    'hủy',
    'giúp',
    'làm lại',
    'gửi',
    'đồng ý',
    'khong co',
    '__proto__',
    'constructor',
    '',
    ' ',
    '\ud83d',
    'a'.repeat(4_001),
  ),
  fc.integer({ min: -1, max: 30 }).map(String),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

/** What a person does; `press` chooses among the live buttons, so that chats get somewhere. */
type Doing = { press: number } | { content: Content }
const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ press: fc.nat(40) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      content: fc.oneof(
        words.map((text): Content => ({ kind: 'text', text })),
        words.map((id): Content => ({ kind: 'choice', id })),
        fc.constant<Content>({ kind: 'choice', id: 'report:0:send' }),
        fc.record({
          kind: fc.constant('photo' as const),
          mediaIds: fc.array(fc.uuid(), { maxLength: 7 }),
          caption: words,
        }),
        at.map((point): Content => ({ kind: 'location', at: point })),
        fc.constant<Content>({ kind: 'contact', phone: '0912345678' }),
        fc.constant<Content>({ kind: 'start' }),
        fc.constant<Content>({ kind: 'unsupported', what: 'sticker' }),
      ),
    }),
  },
)

const known: fc.Arbitrary<FlowData> = fc.oneof(
  fc.record(
    {
      consent: fc.record({
        version: fc.nat(3),
        given: fc.boolean(),
        body: fc.constant('Đoạn văn'),
      }),
      description: words,
      category: fc.constantFrom(...CATEGORY_IDS, 'toString'),
      urgency: fc.constant('urgent'),
      places: fc.array(placeFact, { maxLength: 3 }),
      code: fc.constantFrom('HUE-2222-2222', 'x'),
      mediaIds: fc.array(fc.uuid(), { maxLength: 7 }),
      payload: words,
    },
    { requiredKeys: [] },
  ),
  fc.dictionary(
    fc.constantFrom('consent', 'description', 'category', 'places', 'code', 'mediaIds', 'payload'),
    fc.anything({ maxDepth: 2 }),
  ),
)

/** Drawn once: making facts for every turn would take longer than playing it. */
const FACTS = fc.sample(facts, { seed: SEED, numRuns: 1_000 })
const anyFacts = fc.nat(FACTS.length - 1).map((i) => FACTS[i] ?? NO_FACTS)

const chat = fc.record({
  known,
  turns: fc.array(fc.record({ doing, facts: anyFacts }), {
    minLength: TURNS_A_CHAT,
    maxLength: TURNS_A_CHAT,
  }),
})

const encoder = new TextEncoder()
const bytes = (text: string) => encoder.encode(text).length

const buttons = (messages: readonly Message[]) => messages.flatMap((m) => m.choices ?? [])

/** Plays random chats until so many turns were taken; tells how many ended how. */
function playChats(flow: Flow, onDone: (data: FlowData) => void) {
  const ends = { done: 0, turns: 0 }
  fc.assert(
    fc.property(chat, ({ known, turns }) => {
      const context = (facts: Facts, turn: number): EngineContext => ({
        t: (key, params) => t(key as LocaleKey, params),
        now: NOW,
        facts,
        turn,
        known,
      })
      let state: FlowState | null = null
      let live: Message[] = []
      turns.forEach(({ doing, facts }, i) => {
        ends.turns += 1
        const ctx = context(facts, i)
        const choices = buttons(live)
        const content: Content =
          'content' in doing
            ? doing.content
            : { kind: 'choice', id: choices[doing.press % (choices.length || 1)]?.id ?? 'none' }
        const said: Advanced =
          state === null ? startFlow(flow, known, ctx) : advance(flow, state, content, ctx)
        if (said.done !== undefined) {
          ends.done += 1
          onDone(JSON.parse(JSON.stringify(said.done)))
        } else if (said.say.length === 0) {
          throw new Error('a turn without an answer')
        }
        // Plain comparisons: a matcher for each of these turns would cost more than the engine.
        if (buttons(said.say).some(({ id }) => bytes(id) > 64)) throw new Error('a button too long')
        const stored = JSON.stringify(said.state)
        if (JSON.stringify(readState(JSON.parse(stored))) !== stored)
          throw new Error('a state that does not survive JSON')
        state = said.state
        live = [...said.say]
      })
    }),
    { seed: SEED, numRuns: TURNS / TURNS_A_CHAT },
  )
  expect(ends.turns).toBeGreaterThanOrEqual(TURNS)
  return ends
}

describe('random chats', () => {
  it('a report answers every turn, survives JSON, and ends complete or declined', () => {
    const seen = { declined: 0, sent: 0 }
    const ends = playChats(reportFlow as Flow, (raw) => {
      const data = raw as ReportData
      if (data.hasDeclined) {
        seen.declined += 1
        expect(data.consentVersion).toBe(null)
        return
      }
      seen.sent += 1
      expect(data.isConfirmed).toBe(true)
      expect(data.consent === null || data.consentVersion !== null).toBe(true)
      expect(data.category !== null && data.place !== null && data.description !== null).toBe(true)
      expect((data.description ?? '').length).toBeLessThanOrEqual(4_000)
      expect(data.mediaIds.length).toBeLessThanOrEqual(5)
    })
    expect(ends.done).toBe(seen.declined + seen.sent)
    expect(Math.min(seen.declined, seen.sent)).toBeGreaterThan(50)
  })

  it('tracking answers every turn and ends only with a code', () => {
    const ends = playChats(trackFlow as Flow, (raw) => {
      expect((raw as TrackData).code).toMatch(/^HUE-.{4}-.{4}$/)
    })
    expect(ends.done).toBeGreaterThan(50)
  })
})
