import { describe, expect, it } from 'vitest'
import type { Message } from '../../../../api/chat/message.ts'
import { renderTelegram } from '../../../../bots/telegram/render.ts'
import { renderZaloBot } from '../../../../bots/zalo-bot/render.ts'
import { renderZaloOa } from '../../../../bots/zalo-oa/render.ts'
import { readCalls } from './read-calls.ts'

const message: Message = {
  parts: [
    { kind: 'text', text: 'a < b' },
    { kind: 'image', mediaId: 'm', url: 'https://loa.test/m', alt: 'picture' },
    { kind: 'link', label: 'page', url: 'https://loa.test/p' },
  ],
  choices: [
    { id: 'menu:1:report', label: 'first' },
    { id: 'menu:1:track', label: 'second' },
  ],
}
const to = {
  chatKey: '1',
  words: { sendLocation: 'location', sendPhone: 'phone', useKeyboard: 'use the keyboard' },
}
const wordsOf = (bubbles: ReturnType<typeof readCalls>) =>
  bubbles.flatMap((b) => b.runs.map((run) => run.text)).join('\n')
const choicesOf = (bubbles: ReturnType<typeof readCalls>) =>
  bubbles.flatMap((b) => b.rows.flat()).flatMap((b) => (b.kind === 'choice' ? [b.choiceId] : []))

describe('frames show what the renderers send', () => {
  it.each([
    ['telegram', renderTelegram(message, to).calls, ['menu:1:report', 'menu:1:track']],
    ['zalo-oa', renderZaloOa(message, to).calls, ['menu:1:report', 'menu:1:track']],
    ['zalo-bot', renderZaloBot(message, to).calls, []],
  ] as const)('%s: words, picture and buttons', (channel, calls, choiceIds) => {
    const bubbles = readCalls(channel, calls)
    expect(wordsOf(bubbles)).toContain('a < b')
    expect(bubbles.map((b) => b.imageUrl)).toContain('https://loa.test/m')
    expect(choicesOf(bubbles)).toEqual(choiceIds)
  })

  it('telegram asks for a place with a keyboard of its own', () => {
    const { calls } = renderTelegram({ ...message, want: 'location' }, to)
    expect(readCalls('telegram', calls).flatMap((b) => b.keyboard)).toEqual([
      { kind: 'native', label: 'location' },
    ])
  })

  it('a call in a shape that nobody knows is an empty bubble, not an error', () => {
    for (const channel of ['telegram', 'zalo-oa', 'zalo-bot']) {
      expect(readCalls(channel, [null, 3, [], { payload: 'x' }])).toHaveLength(4)
    }
    expect(readCalls('carrier-pigeon', [{}])).toEqual([])
  })
})
