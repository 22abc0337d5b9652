import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spacing } from '../../api/db/pace.ts'
import { chatId, chooseChannel, windowMs } from '../../api/rooms/delivery/policy/channel.ts'
import { DISPATCH_STATES, steer } from '../../api/rooms/delivery/policy/dispatch.ts'
import { laneOf, outboxKey, parseOutboxKey } from '../../api/rooms/delivery/policy/kinds.ts'
import { isStopWord } from '../../api/rooms/delivery/policy/stop.ts'

const SEED = 20261123
const check = (property: fc.IRawProperty<never> | fc.IProperty<never>, numRuns = 2_000) =>
  fc.assert(property as fc.IProperty<unknown>, { seed: SEED, numRuns })

const NOW = new Date('2026-11-23T02:00:00Z')
const CHANNELS = ['web', 'telegram', 'zalo-oa', 'zalo-bot'] as const
const channel = fc.constantFrom(...CHANNELS)
const links = fc.uniqueArray(
  fc.record({
    channel,
    chatKey: fc.constantFrom('1', '2'),
    state: fc.constantFrom('active' as const, 'gone' as const),
    hoursAgo: fc.option(fc.integer({ min: 0, max: 240 }), { nil: undefined }),
  }),
  { selector: ({ channel, chatKey }) => chatId(channel, chatKey) },
)
const interactionsOf = (all: readonly { channel: string; chatKey: string; hoursAgo?: number }[]) =>
  new Map(
    all.flatMap(({ channel, chatKey, hoursAgo }) =>
      hoursAgo === undefined
        ? []
        : [[chatId(channel, chatKey), new Date(NOW.getTime() - hoursAgo * 3_600_000)] as const],
    ),
  )

describe('the channel', () => {
  it('is one whose link is alive and whose window is open; none only when there is none', () => {
    check(
      fc.property(links, fc.uniqueArray(channel), fc.boolean(), (all, order, mayPay) => {
        const picked = chooseChannel(all, order, interactionsOf(all as never), NOW, { mayPay })
        const open = all.filter(({ channel, state, hoursAgo }) => {
          const window = channel === 'zalo-oa' ? (mayPay ? 168 : 48) : undefined
          const isOpen = window === undefined || hoursAgo === undefined || hoursAgo <= window
          return state === 'active' && isOpen
        })
        if (picked === undefined) expect(open).toEqual([])
        else expect(open).toContain(picked)
      }) as never,
    )
  })

  it('that can only use a template comes after every open one that calls, and before the silent one', () => {
    const of = (channel: string) => ({ channel, chatKey: '1', state: 'active' as const })
    const over = new Map([[chatId('zalo-oa', '1'), new Date(NOW.getTime() - 30 * 86_400_000)]])
    const pick = (names: string[], templateChannels: string[]) =>
      chooseChannel(names.map(of), [], over, NOW, { mayPay: true, templateChannels })?.channel
    expect(pick(['zalo-oa', 'telegram'], ['zalo-oa'])).toBe('telegram')
    expect(pick(['web', 'zalo-oa'], ['zalo-oa'])).toBe('zalo-oa')
    expect(pick(['web', 'zalo-oa'], [])).toBe('web')
    expect(pick(['zalo-oa'], [])).toBe(undefined)
  })

  it('is the first of the person’s order that can send', () => {
    check(
      fc.property(links, fc.uniqueArray(channel, { minLength: 1 }), (all, order) => {
        const picked = chooseChannel(all, order, new Map(), NOW)
        const alive = all.filter(({ state }) => state === 'active')
        const best = order.find((name) => alive.some((link) => link.channel === name))
        if (best !== undefined) expect(picked?.channel).toBe(best)
      }) as never,
    )
  })

  it('without an order is the one used last, the web chat only when nothing else is left', () => {
    const alive = (...names: string[]) =>
      names.map((name) => ({ channel: name, chatKey: '1', state: 'active' as const }))
    const pick = (...names: string[]) => chooseChannel(alive(...names), [], new Map(), NOW)?.channel
    expect(pick('web', 'telegram', 'zalo-oa')).toBe('telegram')
    expect(pick('web', 'zalo-oa', 'telegram')).toBe('zalo-oa')
    expect(pick('web')).toBe('web')
    expect(pick()).toBeUndefined()
  })

  it('has a window on Zalo OA alone: 48 hours, or seven days for what may cost', () => {
    expect(CHANNELS.map((name) => windowMs(name, false) !== undefined)).toEqual([
      false,
      false,
      true,
      false,
    ])
    const [free = 0, paid = 0] = [windowMs('zalo-oa', false), windowMs('zalo-oa', true)]
    expect([free / 3_600_000, paid / 86_400_000]).toEqual([48, 7])
  })
})

describe('the lane', () => {
  it('of what concerns life is the alert lane, of what waits for the morning never an urgent one', () => {
    const lane = fc.constantFrom('reply' as const, 'alert' as const, 'notice' as const)
    check(
      fc.property(lane, fc.boolean(), (wish, isDeferred) => {
        expect(laneOf(wish, true, false)).toBe('alert')
        expect(laneOf(wish, false, isDeferred)).toBe(isDeferred ? 'notice' : wish)
      }) as never,
    )
  })

  it('key of an outbox row leads back to its inbox item, and only such a key does', () => {
    check(
      fc.property(fc.uuid(), fc.boolean(), (id, isSecond) => {
        expect(parseOutboxKey(outboxKey(id, isSecond))).toEqual({ inboxId: id, isSecond })
      }) as never,
    )
    check(
      fc.property(fc.string(), (key) => {
        expect(parseOutboxKey(key)).toBeUndefined()
      }) as never,
    )
    expect(parseOutboxKey('push:incident:1:2:0')).toBeUndefined()
  })
})

describe('the stop word', () => {
  it('is understood in any case, with and without marks', () => {
    for (const word of [
      'STOP',
      'stop',
      ' Stop. ',
      'DUNG',
      'dung',
      'Dừng',
      'DỪNG!',
      'Ngừng',
      'dừng nhận tin',
    ])
      expect([word, isStopWord(word)]).toEqual([word, true])
  })

  it('is not what folds to the same letters or only contains it', () => {
    for (const word of [
      'đúng',
      'Đúng',
      'đừng',
      'dùng',
      'dũng',
      'đung',
      'stop ở đâu',
      'dừng xe',
      '',
      '?',
    ])
      expect([word, isStopWord(word)]).toEqual([word, false])
  })

  it('in decomposed letters is the same word', () => {
    expect(isStopWord('dừng'.normalize('NFD'))).toBe(true)
    expect(isStopWord('đúng'.normalize('NFD'))).toBe(false)
  })
})

describe('a dispatch', () => {
  it('that ended is moved by nothing, and a wish that holds already changes nothing', () => {
    for (const wish of ['start', 'pause', 'resume', 'cancel'] as const) {
      expect(steer('done', wish)).toBeUndefined()
      for (const state of DISPATCH_STATES) {
        const next = steer(state, wish)
        if (next !== undefined) expect(steer(next, wish)).toBe(next)
      }
    }
    expect(steer('cancelled', 'resume')).toBeUndefined()
    expect(steer('planning', 'start')).toBeUndefined()
  })
})

describe('the pace', () => {
  const pace = fc
    .record({
      limit: fc.integer({ min: 1, max: 60 }),
      windowMs: fc.integer({ min: 500, max: 60_000 }),
      burst: fc.integer({ min: 1, max: 10 }),
    })
    .filter(({ limit, burst }) => burst <= limit)

  it('by its rule admits at most `limit` in any window, `burst` at once, whenever people come', () => {
    check(
      fc.property(
        pace,
        fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 300 }),
        (wanted, gaps) => {
          const { intervalMs, slackMs } = spacing(wanted)
          let [now, nextAt] = [1e9, 0]
          const taken: number[] = []
          for (const gap of gaps) {
            now += gap
            if (nextAt > now) continue
            nextAt = Math.max(nextAt, now - slackMs) + intervalMs
            taken.push(now)
          }
          for (const [i, first] of taken.entries()) {
            const beyond = taken[i + wanted.limit]
            if (beyond !== undefined) expect(beyond - first).toBeGreaterThan(wanted.windowMs)
            const tooMany = taken[i + wanted.burst]
            if (tooMany !== undefined) expect(tooMany).toBeGreaterThan(first)
          }
        },
      ) as never,
      500,
    )
  })
})
