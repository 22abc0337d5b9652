import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toPlainText } from '../../api/chat/plain-text.ts'
import { splitText } from '../../api/chat/split-text.ts'
import * as telegram from '../../bots/telegram/render.ts'
import * as web from '../../bots/web/render.ts'
import * as zaloBot from '../../bots/zalo-bot/render.ts'
import * as zaloOa from '../../bots/zalo-oa/render.ts'
import { runs } from '../full.ts'
import { message } from './chat-arbitraries.ts'

const SETTINGS = { seed: 20261123, numRuns: runs(1500) }
const words = { sendLocation: 'Gửi vị trí', sendPhone: 'Gửi số', useKeyboard: 'Bấm nút' }
const to = { chatKey: '42', words }
const utf8 = (text: string) => new TextEncoder().encode(text).length
const isFit = (text: string | undefined, max: number) =>
  text === undefined || (text.length <= max && text.trim() !== '' && text.isWellFormed())
const unescaped = (html: string) =>
  html
    .replace(/<\/?b>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

const buttonsOf = (markup: unknown): { text: string; callback_data?: string; url?: string }[] =>
  typeof markup === 'object' && markup !== null && 'inline_keyboard' in markup
    ? (markup.inline_keyboard as { text: string }[][]).flat()
    : []

describe('split text', () => {
  it('gives pieces within the limit, loses only white space, never breaks a pair', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc
        .array(fc.constantFrom('a', ' ', '\n', '\n\n', '👍', 'đường ', 'x'.repeat(30)), {
          maxLength: 80,
        })
        .map((p) => p.join('')),
    )
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 60 }), (text, limit) => {
        const pieces = splitText(text, limit)
        expect(pieces.every((piece) => piece.length <= limit && piece !== '')).toBe(true)
        expect(pieces.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        if (text.isWellFormed()) expect(pieces.every((piece) => piece.isWellFormed())).toBe(true)
      }),
      { seed: SETTINGS.seed, numRuns: 5000 },
    )
  })

  it('breaks between paragraphs before lines before words', () => {
    expect(splitText('một hai\n\nba bốn\nnăm', 12)).toEqual(['một hai', 'ba bốn\nnăm'])
    expect(splitText('một hai\nba bốn', 10)).toEqual(['một hai', 'ba bốn'])
    expect(splitText('một hai ba', 8)).toEqual(['một hai', 'ba'])
    expect(splitText('👍👍👍', 3)).toEqual(['👍', '👍', '👍'])
  })
})

describe('telegram', () => {
  it('every call of any message keeps the limits and its markup is closed', () => {
    fc.assert(
      fc.property(message, fc.constantFrom('42', '-100'), (m, chatKey) => {
        const { calls } = telegram.renderTelegram(m, { chatKey, words })
        for (const { method, payload } of calls) {
          const text = method === 'sendMessage' ? payload.text : payload.caption
          const max = method === 'sendMessage' ? telegram.TEXT_MAX : telegram.CAPTION_MAX
          expect(isFit(text === undefined ? undefined : unescaped(text), max)).toBe(true)
          expect((text ?? '').replace(/<\/?b>/g, '')).not.toMatch(/[<>]/)
          const buttons = buttonsOf(payload.reply_markup)
          expect(buttons.length).toBeLessThanOrEqual(telegram.BUTTONS_MAX + m.parts.length)
          for (const button of buttons) {
            expect(isFit(button.text, telegram.LABEL_MAX)).toBe(true)
            const data = button.callback_data
            if (data === undefined) expect(button.url).toMatch(/^https?:/)
            else expect(utf8(data) >= 1 && utf8(data) <= telegram.CALLBACK_MAX_BYTES).toBe(true)
          }
          const asksNatively = JSON.stringify(payload.reply_markup ?? '').includes('request_')
          if (chatKey.startsWith('-')) expect(asksNatively).toBe(false)
        }
      }),
      SETTINGS,
    )
  })

  it('choices are buttons or numbered text, never neither', () => {
    fc.assert(
      fc.property(message, (m) => {
        const { calls, dropped } = telegram.renderTelegram(m, to)
        const count = m.choices?.length ?? 0
        if (count === 0) return
        const buttons = calls.flatMap((c) => buttonsOf(c.payload.reply_markup))
        const shown = buttons.filter((b) => b.callback_data !== undefined).length
        expect(shown === count || dropped.includes('choices.buttons')).toBe(true)
      }),
      SETTINGS,
    )
  })
})

describe('zalo oa', () => {
  it('every call of any message keeps the limits; choices stand in the text as numbers', () => {
    fc.assert(
      fc.property(message, (m) => {
        const { calls } = zaloOa.renderZaloOa(m, to)
        for (const { message: sent } of calls) {
          expect(isFit(sent.text, zaloOa.TEXT_MAX)).toBe(true)
          expect(sent.text ?? sent.attachment).toBeDefined()
          const payload = sent.attachment?.payload
          const buttons = payload !== undefined && 'buttons' in payload ? payload.buttons : []
          expect(buttons.length).toBeLessThanOrEqual(zaloOa.BUTTONS_MAX)
          if (buttons.length > 0) expect(sent).toBe(calls.at(-1)?.message)
          for (const { title, payload: data } of buttons) {
            expect(isFit(title, zaloOa.TITLE_MAX)).toBe(true)
            if (typeof data === 'string')
              expect(data !== '' && data.length <= zaloOa.PAYLOAD_MAX).toBe(true)
            else expect(data.url).toMatch(/^https?:/)
          }
        }
        const text = calls.map((c) => c.message.text ?? '').join('\n')
        m.choices?.forEach((_choice, i) => {
          expect(text).toContain(`${i + 1}.`)
        })
      }),
      SETTINGS,
    )
  })
})

describe('the buttons of zalo oa', () => {
  it.each([1, 5, 6, 12])('are the first five of %i choices', (count) => {
    const choices = Array.from({ length: count }, (_, i) => ({ id: `c${i}`, label: `Chọn ${i}` }))
    const { calls } = zaloOa.renderZaloOa({ parts: [{ kind: 'text', text: 'Hỏi' }], choices }, to)
    const payload = calls.at(-1)?.message.attachment?.payload
    const buttons = payload !== undefined && 'buttons' in payload ? payload.buttons : []
    expect(buttons.map(({ payload: id }) => id)).toEqual(choices.slice(0, 5).map(({ id }) => id))
  })
})

describe('zalo bot', () => {
  it('every call of any message keeps the limits; choices stand in the text as numbers', () => {
    fc.assert(
      fc.property(message, (m) => {
        const { calls } = zaloBot.renderZaloBot(m, to)
        const texts = calls.map(({ method, payload }) => {
          const text = method === 'sendMessage' ? payload.text : payload.caption
          const max = method === 'sendMessage' ? zaloBot.TEXT_MAX : zaloBot.CAPTION_MAX
          expect(isFit(text, max)).toBe(true)
          if (method === 'sendPhoto') expect(payload.photo).toMatch(/^https?:/)
          return text ?? ''
        })
        m.choices?.forEach((_choice, i) => {
          expect(texts.join('\n')).toContain(`${i + 1}.`)
        })
      }),
      SETTINGS,
    )
  })
})

describe('web', () => {
  it('is the message itself, bounded, and survives JSON', () => {
    fc.assert(
      fc.property(message, (m) => {
        const { calls } = web.renderWeb(m)
        for (const { message: sent } of calls) {
          expect(JSON.parse(JSON.stringify(sent))).toEqual(sent)
          expect(sent.parts.length).toBeLessThanOrEqual(web.PARTS_MAX)
          expect((sent.choices ?? []).length).toBeLessThanOrEqual(web.CHOICES_MAX)
          for (const part of sent.parts)
            if (part.kind === 'link') expect(part.url).toMatch(/^https?:/)
        }
      }),
      SETTINGS,
    )
  })
})

describe('nothing that was said is lost', () => {
  it('every word of a plain message reaches every channel', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{3,9}$/), { minLength: 1, maxLength: 900 }),
        (list) => {
          const m = { parts: [{ kind: 'text' as const, text: list.join(' ') }] }
          const seen = [
            telegram
              .renderTelegram(m, to)
              .calls.map((c) => ('text' in c.payload ? c.payload.text : '')),
            zaloOa.renderZaloOa(m, to).calls.map((c) => c.message.text ?? ''),
            zaloBot
              .renderZaloBot(m, to)
              .calls.map((c) => ('text' in c.payload ? c.payload.text : '')),
            web.renderWeb(m).calls.map((c) => toPlainText(c.message)),
          ]
          for (const texts of seen) expect(texts.join(' ')).toBe(list.join(' '))
        },
      ),
      { seed: SETTINGS.seed, numRuns: 200 },
    )
  })
})
