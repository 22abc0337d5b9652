import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ALBUM_SETTLE_MS,
  type AlbumPhoto,
  albumInbound,
  albumOrder,
  albumPhoto,
  albumWaitMs,
} from '../../bots/telegram/albums.ts'
import { receiveTelegram } from '../../bots/telegram/receive.ts'

const AT = new Date('2026-11-24T03:00:00Z')
const later = (ms: number) => new Date(AT.getTime() + ms)

const photoAt = (index: number, patch: Partial<AlbumPhoto> = {}): AlbumPhoto => ({
  eventId: String(100 + index),
  messageId: 10 + index,
  file: { fileId: `f${index}`, uniqueId: `u${index}` },
  atMs: AT.getTime() + index * 200,
  ...patch,
})

const received = (name: string) => {
  const file = new URL(`../../bots/telegram/samples/${name}.json`, import.meta.url)
  const inbound = receiveTelegram(JSON.parse(readFileSync(file, 'utf8')))
  if (inbound.kind !== 'turn') throw new Error(name)
  return inbound
}

describe('albums', () => {
  it('a received picture is kept under its album, a lone one under its own event', () => {
    const first = albumPhoto(received('album-1'), AT)
    const second = albumPhoto(received('album-2'), AT)
    const alone = albumPhoto(received('photo'), AT)
    expect(first?.key).toEqual(second?.key)
    expect(first).toMatchObject({
      isAlone: false,
      photo: { caption: 'Ba chỗ ngập', language: 'vi', atMs: AT.getTime() },
    })
    expect(alone).toMatchObject({ isAlone: true })
    expect(alone?.key.mediaGroupId).toContain(alone?.photo.eventId ?? 'none')
    expect(albumPhoto(received('text'), AT)).toBeUndefined()
  })

  it('waits until it was quiet for a while, but not for ever', () => {
    const two = [photoAt(0), photoAt(1)]
    expect(albumWaitMs(two, later(300))).toBe(200 + ALBUM_SETTLE_MS - 300)
    expect(albumWaitMs(two, later(200 + ALBUM_SETTLE_MS))).toBe(0)
    const dripping = Array.from({ length: 60 }, (_, i) => photoAt(i))
    expect(albumWaitMs(dripping, later(10_000))).toBe(0)
    expect(albumWaitMs([], AT)).toBe(0)
  })

  it('makes one event of it: order of the person, first caption, each picture once', () => {
    const mixed = [
      photoAt(2),
      photoAt(0),
      photoAt(1, { caption: 'Ba chỗ ngập', language: 'vi' }),
      photoAt(1, { eventId: '999' }),
    ]
    expect(albumOrder(mixed).map(({ file }) => file.fileId)).toEqual(['f0', 'f1', 'f2'])
    expect(albumInbound('5', mixed, ['a', 'b', 'c'])).toEqual({
      channel: 'telegram',
      chatKey: '5',
      eventId: 'album-100',
      content: { kind: 'photo', mediaIds: ['a', 'b', 'c'], caption: 'Ba chỗ ngập' },
    })
    expect(albumInbound('5', [], [])).toBeUndefined()
  })

  it('is the same event in whatever order the updates came', () => {
    const photos = [0, 1, 2, 3].map((index) => photoAt(index))
    fc.assert(
      fc.property(fc.shuffledSubarray(photos, { minLength: 4, maxLength: 4 }), (shuffled) => {
        expect(albumInbound('5', shuffled, ['m'])).toEqual(albumInbound('5', photos, ['m']))
      }),
      { seed: 3 },
    )
  })
})
