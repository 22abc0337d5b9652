import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CHOICE_ID_MAX_BYTES } from '../../api/chat/choice-id.ts'
import { advance, type EngineContext, readState, startFlow } from '../../api/chat/engine.ts'
import type { Flow, FlowState } from '../../api/chat/flow.ts'
import { type Content, NO_FACTS } from '../../api/chat/inbound.ts'
import type { Message } from '../../api/chat/message.ts'
import { incidentFlows } from '../../api/rooms/incidents/index.ts'
import { renderTelegram } from '../../bots/telegram/render.ts'
import { renderWeb } from '../../bots/web/render.ts'
import { renderZaloBot } from '../../bots/zalo-bot/render.ts'
import { renderZaloOa } from '../../bots/zalo-oa/render.ts'
import { runs } from '../full.ts'
import { anyText, facts, type Move, move } from './chat-arbitraries.ts'
import { sampleFlow } from './chat-sample.ts'

const SEED = 20261123
const MOVES = 25
const FLOWS: readonly Flow[] = [sampleFlow, ...incidentFlows.map(({ flow }) => flow)]
/** At least 100,000 turns through each flow. */
const RUNS = runs(100_000) / MOVES

const t = (key: string, params: Record<string, string | number> = {}) =>
  `${key} ${Object.values(params).join(' ')}`
const at = (turn: number): EngineContext => ({
  t,
  now: new Date('2026-11-23T02:00:00Z'),
  facts: NO_FACTS,
  turn,
  known: { consent: { version: 1, given: false, body: 'text' } },
})

const idsOf = (messages: readonly Message[]) =>
  messages.flatMap(({ choices = [] }) => choices.map(({ id }) => id))

function contentOf(step: Move, onScreen: readonly string[]): Content {
  if ('content' in step) return step.content
  const id = onScreen[step.press % Math.max(1, onScreen.length)]
  return id === undefined ? { kind: 'text', text: String(step.press) } : { kind: 'choice', id }
}

const words = { sendLocation: 'a', sendPhone: 'b', useKeyboard: 'c' }
const RENDERERS = [renderTelegram, renderZaloOa, renderZaloBot, renderWeb]
/** Every message of a flow shows as something on every channel. */
const isShownEverywhere = (messages: readonly Message[]) =>
  messages.every((message) =>
    RENDERERS.every((render) => render(message, { chatKey: '42', words }).calls.length > 0),
  )

const utf8 = (text: string) => new TextEncoder().encode(text).length

describe.each(FLOWS.map((flow) => [flow.id, flow] as const))(
  'random turns through %s',
  (_id, flow) => {
    it('never throw, are always answered, and leave state that survives JSON', () => {
      let turns = 0
      let finished = 0
      fc.assert(
        fc.property(
          fc.array(fc.tuple(move, facts), { minLength: MOVES, maxLength: MOVES }),
          (moves) => {
            let turn = 0
            const known = { consent: { version: 1, given: false, body: 'text' } }
            let now = startFlow(flow, known, at(turn))
            for (const [step, known] of moves) {
              turns += 1
              turn += 1
              const onScreen = idsOf(now.say)
              if (now.say.length === 0 && now.done === undefined) return false
              if (!isShownEverywhere(now.say)) return false
              if (onScreen.some((id) => utf8(id) > CHOICE_ID_MAX_BYTES)) return false
              if (now.done !== undefined) finished += 1
              if (now.state === null) {
                now = startFlow(flow, at(turn).known ?? {}, { ...at(turn), facts: known })
                continue
              }
              const stored: unknown = JSON.parse(JSON.stringify(now.state))
              expect(stored).toEqual(now.state)
              const state = readState(stored)
              if (state === null) return false
              now = advance(flow, state, contentOf(step, onScreen), { ...at(turn), facts: known })
            }
            return true
          },
        ),
        { seed: SEED, numRuns: RUNS },
      )
      expect(turns).toBe(RUNS * MOVES)
      expect(finished).toBeGreaterThan(0)
    })

    it('cancel ends it from anywhere', () => {
      fc.assert(
        fc.property(fc.array(fc.tuple(move, facts), { maxLength: 12 }), (moves) => {
          let turn = 0
          let now = startFlow(flow, at(0).known ?? {}, at(0))
          for (const [step, known] of moves) {
            if (now.state === null) return true
            turn += 1
            now = advance(flow, now.state, contentOf(step, idsOf(now.say)), {
              ...at(turn),
              facts: known,
            })
          }
          if (now.state === null) return true
          const ended = advance(flow, now.state, { kind: 'text', text: 'hủy' }, at(turn + 1))
          return ended.state === null && ended.cancelled === true && ended.done === undefined
        }),
        { seed: SEED, numRuns: 300 },
      )
    })
  },
)

const start = (turn = 0) => {
  const { state } = startFlow(sampleFlow as Flow, {}, at(turn))
  if (state === null) throw new Error('the sample flow ended at once')
  return state
}
const answer = (state: FlowState, content: Content, turn: number) =>
  advance(sampleFlow as Flow, state, content, at(turn))
const typed = (text: string): Content => ({ kind: 'text', text })
const stateOf = (state: FlowState | null): FlowState => {
  if (state === null) throw new Error('the flow has ended')
  return state
}

describe('one answer', () => {
  it('is the same by button, by number, by label and by label without marks', () => {
    const state = start(4)
    const ways = [
      { kind: 'choice', id: 'sample:5:h.0199c0de-1111-7abc-8def-000000000001' } as const,
      typed('3'),
      typed('3.'),
      typed('Thôn Phước Yên'),
      typed('thon phuoc yen'),
    ]
    const [first, ...others] = ways.map((way) => answer(state, way, 5))
    expect(first?.state?.data.kind).toBe('h.0199c0de-1111-7abc-8def-000000000001')
    for (const other of others) expect(other).toEqual(first)
  })

  it.each([
    'sample:3:road',
    'sample:5:road',
    'report:4:road',
    'sample:4:rat',
    'nonsense',
    'sample:4:__proto__',
  ])('a stale or foreign button %s asks again and changes nothing', (id) => {
    const state = start(3)
    const next = answer(state, { kind: 'choice', id }, 4)
    expect(next.state).toEqual(state)
    expect(next.say.length).toBe(2)
  })

  it('back returns to the former question and keeps what was said', () => {
    const second = stateOf(answer(start(), typed('1'), 1).state)
    const third = stateOf(answer(second, typed('một hai ba'), 2).state)
    const back = stateOf(answer(third, typed('quay lại'), 3).state)
    expect(back.step).toBe('words')
    expect(back.data).toEqual(third.data)
    const further = stateOf(answer(back, typed('quay lai'), 4).state)
    expect(further.step).toBe('kind')
    expect(stateOf(answer(further, typed('back'), 5).state)).toEqual(further)
  })

  it('skip works where it is offered and nowhere else', () => {
    const second = stateOf(answer(start(), typed('1'), 1).state)
    const refused = answer(second, typed('bỏ qua'), 2)
    expect(refused.state).toEqual(second)
    const third = stateOf(answer(second, typed('một hai ba'), 2).state)
    expect(answer(third, typed('bỏ qua'), 3).state?.step).toBe('review')
    expect(answer(third, typed('skip'), 3).state?.step).toBe('photos')
  })

  it('a choice with the id of a universal word means that word', () => {
    const second = stateOf(answer(start(), typed('1'), 1).state)
    const third = stateOf(answer(second, typed('một hai ba'), 2).state)
    const review = stateOf(answer(third, typed('1'), 3).state)
    expect(answer(review, { kind: 'choice', id: 'sample:4:cancel' }, 4).cancelled).toBe(true)
    expect(answer(review, typed('không gửi'), 4).cancelled).toBe(true)
  })

  it('the third answer in a row that is not understood says so, and an understood one resets the count', () => {
    let state = start()
    const stuck: (true | undefined)[] = []
    for (let turn = 1; turn <= 3; turn++) {
      const next = answer(state, typed('mô tê'), turn)
      stuck.push(next.stuck)
      state = stateOf(next.state)
    }
    expect(stuck).toEqual([undefined, undefined, true])
    expect(state.misses).toBe(3)
    expect(answer(state, typed('1'), 4).state?.misses).toBe(0)
  })

  it('state of another version starts over with a sentence more', () => {
    const old = { ...start(), version: 2, data: { anything: 1 } }
    const next = answer(old, typed('1'), 1)
    expect(next.state).toEqual(start())
    expect(next.say.length).toBe(2)
  })

  it('every text at every step is answered', () => {
    const second = stateOf(answer(start(), typed('1'), 1).state)
    fc.assert(
      fc.property(anyText, fc.constantFrom(start(), second), (text, state) => {
        const next = answer(state, typed(text), 1)
        return next.say.length > 0
      }),
      { seed: SEED, numRuns: 2000 },
    )
  })
})
