import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newPublicCode } from '../../api/core/ids.ts'
import { understand } from '../../api/understanding/index.ts'
import { languageWord, menuWord } from '../../bots/menu-words.ts'
import { COMMANDS } from '../../bots/telegram/commands.ts'
import type { TelegramInbound } from '../../bots/telegram/inbound.ts'
import { receiveTelegram } from '../../bots/telegram/receive.ts'

const SAMPLES = new URL('../../bots/telegram/samples/', import.meta.url)
const ME = { id: 7_000_000_001, username: 'loa_thu_bot' }
const LAN = '5210000017'
const SUPER = '-1005210000991'
const GROUP = '-5210000990'

type Sample = { update_id: number }
const names = readdirSync(SAMPLES).map((file) => file.replace(/\.json$/, ''))
const sample = (name: string): Sample =>
  JSON.parse(readFileSync(new URL(`${name}.json`, SAMPLES), 'utf8'))
const read = (name: string) => receiveTelegram(sample(name), ME)

const contentOf = (inbound: TelegramInbound) =>
  inbound.kind === 'turn' ? inbound.inbound.content : inbound.kind
const says = (text: string) => ({ kind: 'text', text })
const cannot = (what: string) => ({ kind: 'unsupported', what })
const photo = (caption?: string) => ({
  kind: 'photo',
  mediaIds: [],
  ...(caption === undefined ? {} : { caption }),
})

/** What each sample means; content for turns, the kind for the rest. */
const MEANING: Record<string, unknown> = {
  text: says('Đường trước trạm y tế ngập tới đầu gối'),
  'text-english': says('The street lamp by the bridge is broken'),
  'text-no-language': says('xin chào'),
  'text-only-spaces': cannot('empty'),
  'command-start': { kind: 'start' },
  'command-start-payload': { kind: 'start', payload: 'r7Kd02_Xq-9fTz' },
  'command-start-bad-payload': { kind: 'start' },
  'command-menu': says('/menu'),
  'command-at-bot': says('/menu'),
  'command-report': says('/report'),
  'command-status': says('/status HUE-7K2M-QX9A'),
  'command-help': says('/help'),
  'command-cancel': says('/cancel'),
  'command-lang': says('/lang'),
  'command-lang-en': says('/en'),
  'command-privacy': says('/privacy'),
  'command-stop': says('/stop'),
  callback: { kind: 'choice', id: 'menu:3:report_incident' },
  'callback-old-message': { kind: 'choice', id: 'incident:9:yes' },
  'callback-inline-message': { kind: 'choice', id: 'menu:1:help' },
  'callback-game': 'ignored',
  'callback-in-group': 'group',
  photo: photo('Cống bể trước nhà văn hóa'),
  'photo-no-caption': photo(),
  'photo-largest-too-big': photo(),
  'photo-all-too-big': cannot('file_too_large'),
  'photo-live': photo(),
  'album-1': photo('Ba chỗ ngập'),
  'album-2': photo(),
  'album-video': cannot('video'),
  'document-image': photo('Ảnh gốc'),
  'document-image-too-big': cannot('file_too_large'),
  'document-pdf': cannot('file'),
  location: { kind: 'location', at: { lat: 16.573806, lng: 107.507164 } },
  'location-live': { kind: 'location', at: { lat: 16.573806, lng: 107.507164 } },
  'location-out-of-range': cannot('location'),
  'edited-live-location': 'ignored',
  venue: {
    kind: 'location',
    at: { lat: 16.5711, lng: 107.5102 },
    label: 'Chợ Sịa, Quảng Điền, Huế',
  },
  'contact-own': { kind: 'contact', phone: '+84905000017' },
  'contact-other': cannot('others_contact'),
  'contact-unknown': cannot('others_contact'),
  'edited-text': cannot('edit'),
  'edited-caption': cannot('edit'),
  sticker: cannot('sticker'),
  voice: cannot('voice'),
  audio: cannot('audio'),
  video: cannot('video'),
  'video-note': cannot('video'),
  animation: cannot('animation'),
  poll: cannot('poll'),
  dice: cannot('dice'),
  story: cannot('story'),
  checklist: cannot('other'),
  'service-pinned': 'ignored',
  'service-write-access': 'ignored',
  'group-chatter': 'ignored',
  'group-command': 'group',
  'group-plain-command': 'group',
  'group-other-bot': 'ignored',
  'group-mention': 'group',
  'group-reply': 'group',
  'group-photo': 'ignored',
  'group-new-member': 'ignored',
  'group-added': 'ignored',
  'group-removed': 'link',
  blocked: 'link',
  unblocked: 'link',
  'migrate-to': 'migrated',
  'migrate-from': 'migrated',
  'channel-post': 'ignored',
  'edited-channel-post': 'ignored',
  'from-bot': 'ignored',
  'unknown-update': 'ignored',
  'unknown-future': 'ignored',
}

describe('receiveTelegram', () => {
  it('has a meaning for every sample, and a sample for every meaning', () => {
    expect(Object.keys(MEANING).sort()).toEqual([...names].sort())
  })

  it.each(names)('reads %s', (name) => {
    const inbound = read(name)
    expect(contentOf(inbound)).toEqual(MEANING[name])
    const id = String(sample(name).update_id)
    expect(inbound.kind === 'turn' ? inbound.inbound.eventId : inbound.eventId).toBe(id)
  })

  it('takes the chat as key and the language from the sender, English for any other than Vietnamese', () => {
    const address = (name: string) => {
      const inbound = read(name)
      return inbound.kind === 'turn' ? inbound.inbound : undefined
    }
    expect(address('text')).toMatchObject({ channel: 'telegram', chatKey: LAN, language: 'vi' })
    expect(address('text-english')).toMatchObject({ chatKey: '5210000042', language: 'en' })
    expect(address('text-no-language')).not.toHaveProperty('language')
  })

  it('names the largest picture that may be downloaded', () => {
    const fileOf = (name: string) => {
      const inbound = read(name)
      return inbound.kind === 'turn' ? inbound.files : undefined
    }
    expect(fileOf('photo')).toEqual([
      { fileId: 'AgACAgUAAxkBAAIP1y', uniqueId: 'AQADP1y', sizeBytes: 183_042 },
    ])
    expect(fileOf('photo-largest-too-big')?.[0]?.fileId).toBe('AgACAgUAAxkBAAIP3x')
    expect(fileOf('document-image')?.[0]?.sizeBytes).toBe(4_812_004)
    expect(fileOf('album-1')).toHaveLength(1)
    expect(fileOf('text')).toBeUndefined()
  })

  it('marks what belongs to one album, pictures only', () => {
    expect(read('album-1')).toMatchObject({ mediaGroupId: '14013000000000001' })
    expect(read('album-2')).toMatchObject({ mediaGroupId: '14013000000000001' })
    expect(read('album-video')).not.toHaveProperty('mediaGroupId')
    expect(read('photo')).not.toHaveProperty('mediaGroupId')
  })

  it('hands every press over for an answer, also one that means nothing', () => {
    const presses = names.filter((name) => name.startsWith('callback'))
    for (const name of presses) expect(read(name)).toHaveProperty('callbackQueryId')
    expect(read('callback-inline-message')).toMatchObject({ inbound: { chatKey: LAN } })
  })

  it('reads blocks and moves with both addresses', () => {
    expect(read('blocked')).toMatchObject({ chatKey: LAN, state: 'blocked' })
    expect(read('unblocked')).toMatchObject({ chatKey: LAN, state: 'active' })
    expect(read('group-removed')).toMatchObject({ chatKey: SUPER, state: 'blocked' })
    const move = { chatKey: GROUP, toChatKey: SUPER }
    expect(read('migrate-to')).toMatchObject(move)
    expect(read('migrate-from')).toMatchObject(move)
  })

  it('keeps nothing of what is said in a group', () => {
    for (const name of names.filter((each) => each.startsWith('group-'))) {
      const text = JSON.stringify(read(name))
      expect(text).not.toMatch(/ngập|họp|nước|sáng/)
    }
  })

  it('without knowing its own name answers only plain commands in groups', () => {
    const kinds = names.filter((name) => receiveTelegram(sample(name)).kind === 'group')
    expect(kinds).toEqual(['callback-in-group', 'group-plain-command'])
  })

  it('gives commands that the menu understands', () => {
    const heard = (name: string) => {
      const content = contentOf(
        receiveTelegram({ ...sample('text'), message: { ...message(), text: `/${name}` } }, ME),
      )
      return typeof content === 'object' && content.kind === 'text' ? content.text : ''
    }
    for (const name of COMMANDS) expect(menuWord(heard(name)), name).toBeDefined()
    expect(languageWord(heard('lang en'))).toBe('en')
    expect(languageWord(heard('lang vi'))).toBe('vi')
    const code = newPublicCode((length) => new Uint8Array(length).fill(7))
    expect(understand(heard(`status ${code}`))).toMatchObject({
      intent: 'track_report',
      entities: { incidentCodes: [code] },
    })
  })

  it('passes on only well-formed text, which every database takes', () => {
    const heard = receiveTelegram({
      ...sample('text'),
      message: { ...message(), text: 'a\ud800b' },
    })
    expect(contentOf(heard)).toEqual(says('a\ufffdb'))
  })

  it('never throws, whatever the update holds', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(receiveTelegram(value, ME).kind).toBeTypeOf('string')
      }),
      { seed: 11, numRuns: 2_000 },
    )
  })

  it('never throws on a sample of which any part is something else', () => {
    const bodies = names.map(sample)
    fc.assert(
      fc.property(
        fc.constantFrom(...bodies),
        fc.nat(400),
        fc.jsonValue({ maxDepth: 2 }),
        (body, at, value) => {
          const inbound = receiveTelegram(replaced(body, at, value), ME)
          if (inbound.kind !== 'turn') return
          expect(inbound.inbound.chatKey).toMatch(/^-?\d+$/)
          expect(inbound.inbound.eventId).toMatch(/^-?\d+$/)
          expect(JSON.stringify(inbound)).not.toContain('\\u0000')
        },
      ),
      { seed: 12, numRuns: 5_000 },
    )
  })
})

const message = () => (sample('text') as Sample & { message: Record<string, unknown> }).message

/** A copy in which the `at`-th inner value (counted round) is `value`. */
function replaced(body: unknown, at: number, value: unknown): unknown {
  const total = count(body)
  let left = at % total
  const walk = (inner: unknown): unknown => {
    if (left-- === 0) return value
    if (typeof inner !== 'object' || inner === null) return inner
    if (Array.isArray(inner)) return inner.map(walk)
    return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, walk(item)]))
  }
  return walk(body)
}

const count = (value: unknown): number =>
  typeof value !== 'object' || value === null
    ? 1
    : 1 + Object.values(value).reduce((sum: number, inner) => sum + count(inner), 0)
