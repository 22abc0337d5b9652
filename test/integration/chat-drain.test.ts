import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { say } from '../../api/chat/message.ts'
import type { Sender, SendOutcome } from '../../api/chat/sender.ts'
import type { Ctx } from '../../api/context.ts'
import { enqueueMessages, LEASE_SECONDS } from '../../api/db/outbox.ts'
import { residentForChat } from '../../api/rooms/identity/index.ts'
import { drainOutbox } from '../../bots/drain.ts'
import { openDatabase, type TestClock, type TestDb, testClock, testCtx } from '../harness.ts'

let test: TestDb
let clock: TestClock
let ctx: Ctx
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  clock = testClock()
  ctx = testCtx(test.db, { clock })
})
afterAll(() => test.close())

/** A channel of two calls a message that does what the script says, `sent` after it. */
function channel(script: (SendOutcome | Error)[] = []) {
  const sent: string[] = []
  const sender: Sender<string> = {
    channel: 'telegram',
    render: (message) => {
      const [part] = message.parts
      const text = part?.kind === 'text' ? part.text : ''
      return { calls: [`${text}.1`, `${text}.2`], dropped: [] }
    },
    send: async (call) => {
      const next = script.shift() ?? { kind: 'sent' }
      if (next instanceof Error) throw next
      if (next.kind === 'sent') sent.push(call)
      return next
    },
  }
  return { sent, sender }
}

const queue = (names: readonly string[], chatKey = '42', expiresAt?: Date) =>
  enqueueMessages(
    ctx,
    names.map((name) => ({
      channel: 'telegram',
      chatKey,
      lane: 'reply' as const,
      dedupeKey: name,
      message: say(name),
      language: 'vi' as const,
      ...(expiresAt === undefined ? {} : { expiresAt }),
    })),
  )
const row = (key: string) =>
  test.db.selectFrom('outbox').selectAll().where('dedupeKey', '=', key).executeTakeFirstOrThrow()

describe('draining the outbox', () => {
  it('sends every message of a chat once, in order, and settles it', async () => {
    await queue(['a', 'b', 'c'])
    const { sent, sender } = channel()
    expect(await drainOutbox(ctx, [sender], { limit: 100 })).toBe(3)
    expect(sent).toEqual(['a.1', 'a.2', 'b.1', 'b.2', 'c.1', 'c.2'])
    expect((await row('b')).state).toBe('sent')
    expect(await drainOutbox(ctx, [sender], { limit: 100 })).toBe(0)
  })

  it('a crash between two calls resumes at the open one and is marked as possibly doubled', async () => {
    await queue(['a'])
    const { sent, sender } = channel([{ kind: 'sent' }, new Error('socket hang up')])
    await drainOutbox(ctx, [sender], { limit: 10 })
    expect(await row('a')).toMatchObject({ state: 'queued', callsDone: 1, maybeDoubled: true })
    clock.advance(10)
    await drainOutbox(ctx, [sender], { limit: 10 })
    expect(sent).toEqual(['a.1', 'a.2'])
    expect(await row('a')).toMatchObject({ state: 'sent', maybeDoubled: true })
  })

  it('a call that said all of a message is its last one', async () => {
    await queue(['a'])
    const { sent, sender } = channel([{ kind: 'sent', isWhole: true }])
    await drainOutbox(ctx, [sender], { limit: 10 })
    expect(sent).toEqual(['a.1'])
    expect((await row('a')).state).toBe('sent')
  })

  it('an unknown outcome is tried once more only', async () => {
    await queue(['a'])
    const { sent, sender } = channel([new Error('1'), new Error('2'), new Error('3')])
    for (let i = 0; i < 3; i++) {
      await drainOutbox(ctx, [sender], { limit: 10 })
      clock.advance(10)
    }
    expect(sent).toEqual([])
    expect(await row('a')).toMatchObject({ state: 'rejected', attempts: 2 })
  })

  it('a process that died with the lease in hand loses nothing: another sends after the lease', async () => {
    await queue(['a'])
    const dead: Sender = { ...channel().sender, send: () => new Promise(() => {}) }
    void drainOutbox(ctx, [dead], { limit: 10 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const { sent, sender } = channel()
    expect(await drainOutbox(ctx, [sender], { limit: 10 })).toBe(0)
    clock.advance(LEASE_SECONDS + 1)
    await drainOutbox(ctx, [sender], { limit: 10 })
    expect(sent).toEqual(['a.1', 'a.2'])
    expect((await row('a')).maybeDoubled).toBe(true)
  })

  it('waits as long as the channel says', async () => {
    await queue(['a'])
    const { sent, sender } = channel([{ kind: 'retry', afterMs: 30_000, code: '429' }])
    await drainOutbox(ctx, [sender], { limit: 10 })
    clock.advance(29)
    await drainOutbox(ctx, [sender], { limit: 10 })
    expect(sent).toEqual([])
    clock.advance(2)
    await drainOutbox(ctx, [sender], { limit: 10 })
    expect(sent).toEqual(['a.1', 'a.2'])
    expect((await row('a')).maybeDoubled).toBe(false)
  })

  it('a chat that is gone is linked off, and its person is not reached there again', async () => {
    const chat = { channel: 'telegram', chatKey: '42' }
    await residentForChat(ctx, { ...chat, language: 'vi' })
    await queue(['a'])
    const { sender } = channel([{ kind: 'gone', code: '403' }])
    await drainOutbox(ctx, [sender], { limit: 10 })
    expect((await row('a')).state).toBe('gone')
    const link = await test.db.selectFrom('channelLink').selectAll().executeTakeFirstOrThrow()
    expect(link.state).toBe('gone')
  })

  it('nothing expired is sent', async () => {
    await queue(['late'], '42', new Date(clock.now().getTime() + 5_000))
    await queue(['fine'])
    clock.advance(6)
    const { sent, sender } = channel()
    await drainOutbox(ctx, [sender], { limit: 10 })
    expect(sent).toEqual(['fine.1', 'fine.2'])
    expect((await row('late')).state).toBe('expired')
  })

  it('nothing is sent that expired since it was claimed', async () => {
    await queue(['first', 'late'], '42', new Date(clock.now().getTime() + 5_000))
    const { sent, sender } = channel()
    const slow: Sender<string> = {
      ...sender,
      send: (call, to) => {
        clock.advance(3)
        return sender.send(call, to)
      },
    }
    await drainOutbox(ctx, [slow], { limit: 10 })
    await drainOutbox(ctx, [slow], { limit: 10 })
    expect(sent).toEqual(['first.1', 'first.2'])
    expect(await row('late')).toMatchObject({ state: 'expired', attempts: 0 })
  })

  it('a channel that never answers holds up no other', async () => {
    await queue(['a'])
    await enqueueMessages(ctx, [
      {
        channel: 'zalo-oa',
        chatKey: '7',
        lane: 'reply',
        dedupeKey: 'b',
        message: say('b'),
        language: 'vi',
      },
    ])
    const { sent, sender } = channel()
    const { promise, resolve } = Promise.withResolvers<SendOutcome>()
    const dead: Sender = { ...sender, channel: 'zalo-oa', send: () => promise }
    const run = drainOutbox(ctx, [dead, sender], { limit: 10 })
    await vi.waitFor(async () => expect((await row('a')).state).toBe('sent'), 10_000)
    expect(sent).toEqual(['a.1', 'a.2'])
    resolve({ kind: 'sent' })
    expect(await run).toBe(2)
  })

  it('keeps to one chat when asked to, and to the limit', async () => {
    await queue(['a1', 'a2'], 'a')
    await queue(['b1'], 'b')
    const { sent, sender } = channel()
    const chat = { channel: 'telegram', chatKey: 'a' }
    expect(await drainOutbox(ctx, [sender], { limit: 1, chat })).toBe(1)
    expect(await drainOutbox(ctx, [sender], { limit: 9, chat })).toBe(1)
    expect(sent).toEqual(['a1.1', 'a1.2', 'a2.1', 'a2.2'])
    expect((await row('b1')).state).toBe('queued')
  })

  it('leaves messages of channels without a sender alone', async () => {
    await queue(['a'])
    expect(await drainOutbox(ctx, [], { limit: 10 })).toBe(0)
    expect((await row('a')).attempts).toBe(0)
  })

  it('does not begin a call when the lease is nearly over', async () => {
    await queue(['a'])
    const { sent, sender } = channel()
    const slow: Sender<string> = {
      ...sender,
      send: (call, to) => {
        clock.advance(LEASE_SECONDS - 10)
        return sender.send(call, to)
      },
    }
    await drainOutbox(ctx, [slow], { limit: 1 })
    expect(sent).toEqual(['a.1'])
    expect(await row('a')).toMatchObject({ state: 'queued', callsDone: 1, maybeDoubled: false })
  })
})
