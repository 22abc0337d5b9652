import { describe, expect, it } from 'vitest'
import { createSnapshots, isKnown, snapshotOf } from './etag.ts'

describe('If-None-Match', () => {
  it.each([
    ['W/"a"', true],
    ['"a"', true],
    ['"b", W/"a"', true],
    ['*', true],
    ['"ab"', false],
    [undefined, false],
  ])('%s', (header, known) => {
    expect(isKnown(header, 'W/"a"')).toBe(known)
  })
})

describe('snapshots', () => {
  const open = (maxBytes = 1_000) => {
    let at = 0
    let made = 0
    const pass = (ms: number) => {
      at += ms
    }
    const get = createSnapshots({ lifeMs: 1_000, maxBytes })
    const make = async () => snapshotOf(String(++made))
    const ask = async (key = 'a') =>
      new TextDecoder().decode((await get(() => new Date(at), key, make)).bytes)
    return { ask, pass, made: () => made }
  }

  it('are read once while they are young, and never served older than their life', async () => {
    const s = open()
    expect([await s.ask(), await s.ask()]).toEqual(['1', '1'])
    s.pass(499)
    expect(await s.ask()).toBe('1')
    s.pass(501)
    expect(await s.ask()).toBe('2')
  })

  it('in the second half of their life are made anew by one caller while the others get the old one', async () => {
    const s = open()
    await s.ask()
    s.pass(600)
    expect(await Promise.all([s.ask(), s.ask(), s.ask()])).toEqual(['2', '1', '1'])
    expect(await s.ask()).toBe('2')
  })

  it('go, oldest first, when they fill their room', async () => {
    const s = open(2)
    for (const key of ['a', 'b', 'c']) await s.ask(key)
    expect([await s.ask('c'), await s.ask('a')]).toEqual(['3', '4'])
  })

  it('that fail are not kept', async () => {
    const get = createSnapshots({ lifeMs: 1_000, maxBytes: 10 })
    const now = () => new Date(0)
    await expect(get(now, 'a', () => Promise.reject(new Error('down')))).rejects.toThrow('down')
    expect((await get(now, 'a', () => snapshotOf('1'))).bytes).toHaveLength(1)
  })
})
