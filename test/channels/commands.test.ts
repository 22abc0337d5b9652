import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Ctx } from '../../api/context.ts'
import { openDatabase, type TestDb, testCtx } from '../harness.ts'
import { openChat, seed } from '../integration/chat-kit.ts'

let test: TestDb
let ctx: Ctx
beforeAll(async () => {
  test = await openDatabase()
})
beforeEach(async () => {
  await test.truncate()
  ctx = testCtx(test.db)
  await seed(ctx)
})
afterAll(() => test.close())

const stateOf = async () =>
  (await test.db.selectFrom('conversation').select('state').executeTakeFirstOrThrow()).state

/** In the middle of a flow: its state. */
async function inFlow() {
  const chat = openChat(ctx)
  await chat.type('gửi phản ánh')
  return { chat, before: await stateOf() }
}

describe('a command typed inside a flow', () => {
  it('/menu leaves it, and is no answer', async () => {
    const { chat, before } = await inFlow()
    expect(before).not.toBeNull()
    await chat.type('/menu')
    expect([await stateOf(), chat.finished]).toEqual([null, []])
  })

  it('/report begins anew, /lang asks and keeps the place', async () => {
    const { chat, before } = await inFlow()
    await chat.type('/lang')
    expect(await stateOf()).toEqual(before)
    await chat.type('/report')
    expect(await stateOf()).toMatchObject({ flow: Object(before).flow, misses: 0 })
  })
})

describe('content that cannot be read', () => {
  it('an edited message is no wrong answer; a sticker is', async () => {
    const { chat } = await inFlow()
    await chat.deliver({ kind: 'unsupported', what: 'edit' })
    expect(await stateOf()).toMatchObject({ misses: 0 })
    await chat.deliver({ kind: 'unsupported', what: 'sticker' })
    expect(await stateOf()).toMatchObject({ misses: 1 })
  })

  it('gets a sentence of its own kind, in a flow and between flows', async () => {
    const chat = openChat(ctx)
    const said = async (what: string) =>
      JSON.stringify((await chat.deliver({ kind: 'unsupported', what })).messages)
    const kinds = ['edit', 'others_contact', 'file_too_large', 'picture_failed', 'sticker']
    const answers = []
    for (const kind of kinds) answers.push(await said(kind))
    expect(new Set(answers).size).toBe(kinds.length)
  })
})
