import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from '../../bots/zalo-oa/json.ts'
import { receiveZaloOa } from '../../bots/zalo-oa/receive.ts'
import { isInteraction, windowState } from '../../bots/zalo-oa/windows.ts'

const SAMPLES = new URL('../../bots/zalo-oa/samples/', import.meta.url)
const raw = (name: string) => readFileSync(new URL(`${name}.json`, SAMPLES), 'utf8')
const sample = (name: string) => parseJson(raw(name))
const names = readdirSync(SAMPLES).map((file) => file.replace(/\.json$/, ''))

const USER = '246845883529197922'
const OA = '388613280878808645'
const PHOTOS = 'https://photo-stal-7.zdn.vn/anh/'

const CONTENTS: Record<string, unknown> = {
  text: { kind: 'text', text: 'Đường Hòa Bình ngập tới gối' },
  'text-bare-ids': { kind: 'text', text: 'Đường Hòa Bình ngập tới gối' },
  'text-reply': { kind: 'text', text: 'đúng rồi' },
  'text-button': { kind: 'choice', id: 'report:3:agree' },
  'text-button-wrapped': { kind: 'choice', id: 'menu:1:track_report' },
  'text-clock': { kind: 'text', text: '8:30: có mặt' },
  'text-empty': { kind: 'unsupported', what: 'text' },
  'text-without-id': { kind: 'text', text: 'xin chào' },
  image: { kind: 'pictures', urls: [`${PHOTOS}a.jpg`] },
  'image-caption': {
    kind: 'pictures',
    urls: [`${PHOTOS}b.jpg`],
    caption: 'ngập trước cổng trường',
  },
  'image-foreign-host': { kind: 'unsupported', what: 'image' },
  gif: { kind: 'unsupported', what: 'gif' },
  link: { kind: 'text', text: 'https://example.com/nhan-qua có thật không' },
  'link-without-text': { kind: 'text', text: 'https://example.com/nhan-qua' },
  audio: { kind: 'unsupported', what: 'audio' },
  video: { kind: 'unsupported', what: 'video' },
  sticker: { kind: 'unsupported', what: 'sticker' },
  location: { kind: 'location', at: { lng: 107.5092, lat: 16.5766 } },
  'location-numbers': { kind: 'location', at: { lng: 107.5909, lat: 16.4637 } },
  'location-out-of-range': { kind: 'unsupported', what: 'location' },
  'business-card': { kind: 'unsupported', what: 'business_card' },
  'file-pdf': { kind: 'unsupported', what: 'file' },
  'file-picture': { kind: 'pictures', urls: ['https://file-dl.zdn.vn/ngap.jpg'] },
  'unknown-kind': { kind: 'unsupported', what: 'hologram' },
  'submit-info': { kind: 'contact', phone: '0912345678' },
  'submit-info-flat': { kind: 'contact', phone: '0912345678' },
  'submit-info-no-phone': { kind: 'unsupported', what: 'contact' },
  'click-chatnow': { kind: 'start' },
}

const KINDS: Record<string, string> = {
  follow: 'follow',
  unfollow: 'unfollow',
  withdraw: 'erase_request',
  'echo-text-human': 'human_echo',
}

const IGNORED: Record<string, string> = {
  'echo-text': 'echo',
  'echo-image': 'echo',
  'echo-gif': 'echo',
  'echo-list': 'echo',
  'echo-file': 'echo',
  'echo-sticker': 'echo',
  seen: 'receipt',
  received: 'receipt',
  reacted: 'receipt',
  'zns-received': 'receipt',
  'consent-asked': 'receipt',
  'consent-replied': 'receipt',
  'call-to-oa': 'receipt',
  'call-from-oa': 'receipt',
  'anonymous-text': 'anonymous',
  'oa-anonymous-text': 'anonymous',
  'group-text': 'group',
  'group-created': 'group',
  'group-joined': 'group',
  'group-left': 'group',
  'tag-add': 'administration',
  'tag-remove-user': 'administration',
  'tag-remove': 'administration',
  'user-info-updated': 'administration',
  'widget-accepted': 'administration',
  'widget-failed': 'administration',
  'extension-purchased': 'administration',
  'template-status': 'administration',
  'quota-changed': 'administration',
  unknown: 'unknown',
}

describe('recorded bodies of Zalo OA', () => {
  it('every sample has an expectation, and every expectation a sample', () => {
    const expected = [...Object.keys(CONTENTS), ...Object.keys(KINDS), ...Object.keys(IGNORED)]
    expect(names.sort()).toEqual(expected.sort())
  })

  it.each(Object.entries(CONTENTS))('%s is read as what the person sent', (name, content) => {
    expect(receiveZaloOa(sample(name))).toMatchObject({
      kind: 'message',
      chatKey: USER,
      oaId: OA,
      content,
    })
  })

  it.each(Object.entries(KINDS))('%s becomes %s of the right person', (name, kind) => {
    expect(receiveZaloOa(sample(name))).toMatchObject({ kind, chatKey: USER, oaId: OA })
  })

  it.each(Object.entries(IGNORED))('%s is ignored as %s', (name, why) => {
    expect(receiveZaloOa(sample(name))).toMatchObject({ kind: 'ignored', why })
  })

  it('an event is known by its message, else by name, time and person', () => {
    const idOf = (name: string) => {
      const event = receiveZaloOa(sample(name))
      return event.kind === 'ignored' ? undefined : event.eventId
    }
    expect(idOf('text')).toBe('96d3cdf3af150400001')
    expect(idOf('follow')).toBe(`follow:1796112000000:${USER}`)
    expect(idOf('text-without-id')).toBe(`user_send_text:1796112000000:${USER}`)
    const ids = [...Object.keys(CONTENTS), ...Object.keys(KINDS)].map(idOf)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('a withdrawal names the person in both worlds', () => {
    expect(receiveZaloOa(sample('withdraw'))).toMatchObject({ userIdByApp: '552177279717587730' })
  })

  it('the time of an event is that of Zalo', () => {
    expect(receiveZaloOa(sample('text'))).toMatchObject({ at: new Date(1796112000000) })
  })
})

describe('any body at all', () => {
  it('keeps every digit of a bare id', () => {
    expect(parseJson('{"id":246845883529197922,"n":12,"f":1.5}')).toEqual({
      id: '246845883529197922',
      n: 12,
      f: 1.5,
    })
  })

  it('is read without a throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.jsonValue()), (body) => {
        expect(receiveZaloOa(body).kind).toBeTypeOf('string')
      }),
      { seed: 20261123, numRuns: 2000 },
    )
  })

  it('is read without a throw when any part of a sample is something else', () => {
    const spoil = (value: unknown, path: readonly number[], by: unknown): unknown => {
      if (path.length === 0 || typeof value !== 'object' || value === null) return by
      const keys = Object.keys(value)
      const key = keys[(path[0] ?? 0) % Math.max(1, keys.length)]
      if (key === undefined) return by
      const inner = spoil(Reflect.get(value, key), path.slice(1), by)
      return Array.isArray(value)
        ? value.map((one, i) => (String(i) === key ? inner : one))
        : { ...value, [key]: inner }
    }
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.array(fc.nat(12), { minLength: 1, maxLength: 5 }),
        fc.oneof(fc.anything(), fc.string({ unit: 'binary' }), fc.bigInt()),
        (name, path, by) => {
          const event = receiveZaloOa(spoil(sample(name), path, by))
          // What is stored must be acceptable to a database: no lone surrogate, no NUL.
          const stored = JSON.stringify(event)
          expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/i)
        },
      ),
      { seed: 20261123, numRuns: 4000 },
    )
  })

  it('is no reason to fetch from anywhere but the allowed hosts', () => {
    const body = (url: string) => ({
      event_name: 'user_send_image',
      sender: { id: '1' },
      message: { msg_id: 'm', attachments: [{ type: 'image', payload: { url } }] },
    })
    const kindOf = (url: string, mediaHosts?: string[]) => {
      const event = receiveZaloOa(body(url), mediaHosts === undefined ? {} : { mediaHosts })
      return event.kind === 'message' ? event.content.kind : event.kind
    }
    for (const url of [
      'http://photo.zdn.vn/a.jpg',
      'https://photo.zdn.vn:8443/a.jpg',
      'https://u:p@photo.zdn.vn/a.jpg',
      'https://evilzdn.vn/a.jpg',
      'https://zdn.vn.evil.example/a.jpg',
      'https://169.254.169.254/latest',
      'file:///etc/passwd',
    ])
      expect(kindOf(url), url).toBe('unsupported')
    expect(kindOf('https://f7-zpc.zdn.vn/a.jpg')).toBe('pictures')
    expect(kindOf('https://photo.zadn.vn/a.jpg')).toBe('pictures')
    expect(kindOf('http://127.0.0.1:81/a.jpg', ['http://127.0.0.1:81'])).toBe('pictures')
  })
})

describe('the window of a follower', () => {
  const HOUR = 3_600_000
  const now = new Date('2026-11-23T05:00:00Z')
  const ago = (hours: number, ms = 0) => new Date(now.getTime() - hours * HOUR - ms)

  it.each([
    [ago(0), 'free'],
    [ago(48), 'free'],
    [ago(48, 1), 'billable'],
    [ago(7 * 24), 'billable'],
    [ago(7 * 24, 1), 'closed'],
    [undefined, 'closed'],
    [new Date(now.getTime() + HOUR), 'free'],
  ])('%s is %s', (last, state) => {
    expect(windowState(last, now)).toBe(state)
  })

  it('opens with what a person does, not with what we or Zalo do', () => {
    const opening = names.filter((name) => isInteraction(receiveZaloOa(sample(name))))
    expect(opening.sort()).toEqual([...Object.keys(CONTENTS), 'follow'].sort())
  })
})
