import { describe, expect, it } from 'vitest'
import { CHAT, fakeTelegram } from './telegram-kit.ts'

/** The fake is what other tests lean on, so its own refusals are proven here, without our code in between. */
async function caller() {
  const { fake } = await fakeTelegram()
  await fake.say(CHAT, 'xin chào')
  const call = async (method: string, params: Record<string, unknown>, token = fake.token) => {
    const response = await fetch(`${fake.url}/bot${token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: CHAT, ...params }),
    })
    const body = (await response.json()) as {
      ok: boolean
      error_code?: number
      description?: string
    }
    return { status: response.status, ...body }
  }
  return { fake, call }
}

const button = (data: string) => ({
  text: 'x',
  reply_markup: { inline_keyboard: [[{ text: 'nút', callback_data: data }]] },
})

describe('fake Bot API', () => {
  it.each([
    ['4096 signs', { text: 'x'.repeat(4096) }, 200],
    ['4097 signs', { text: 'x'.repeat(4097) }, 400],
    [
      '4096 signs after entities',
      { text: `<b>${'&lt;'.repeat(4096)}</b>`, parse_mode: 'HTML' },
      200,
    ],
    ['no text', { text: ' ' }, 400],
    ['a broken tag', { text: '<b>x', parse_mode: 'HTML' }, 400],
    ['an unknown tag', { text: '<h1>x</h1>', parse_mode: 'HTML' }, 400],
    ['a bare sign', { text: 'a < b', parse_mode: 'HTML' }, 400],
    ['64 bytes behind a button', button('ệ'.repeat(21)), 200],
    ['66 bytes behind a button', button('ệ'.repeat(22)), 400],
    [
      'a link to nowhere',
      {
        text: 'x',
        reply_markup: { inline_keyboard: [[{ text: 'x', url: 'http://localhost:1/' }]] },
      },
      400,
    ],
    ['another chat', { text: 'x', chat_id: 1 }, 400],
  ])('answers sendMessage with %s as Telegram does', async (_, params, status) => {
    const { call } = await caller()
    expect(await call('sendMessage', params)).toMatchObject({ status, ok: status === 200 })
  })

  it('refuses a wrong token and an unknown method', async () => {
    const { call } = await caller()
    expect(await call('getMe', {}, '1:x')).toMatchObject({ status: 401, error_code: 401 })
    expect(await call('fly', {})).toMatchObject({ status: 404, error_code: 404 })
  })

  it('asks for location in private chats only', async () => {
    const { fake, call } = await caller()
    fake.make.chatOf(-990)
    const params = {
      text: 'x',
      reply_markup: { keyboard: [[{ text: 'x', request_location: true }]] },
    }
    expect(await call('sendMessage', params)).toMatchObject({ status: 200 })
    expect(await call('sendMessage', { ...params, chat_id: -990 })).toMatchObject({ status: 400 })
  })

  it('lets no more through than its limit, and counts what was asked', async () => {
    const { fake, call } = await caller()
    fake.state.perSecond = 5
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => call('sendMessage', { text: 'x' })),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(3)
    expect(fake.busiestSecond()).toBe(8)
  })

  it('forgets updates below the offset, and ends the first of two askers with 409', async () => {
    const { fake, call } = await caller()
    const [update] = fake.state.queue
    const offset = (update?.update_id ?? 0) + 1
    const first = call('getUpdates', { offset, timeout: 5 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    const second = call('getUpdates', { offset, timeout: 5 })
    expect(await first).toMatchObject({ status: 409 })
    await fake.say(CHAT, 'hai')
    expect(await second).toMatchObject({ result: [{ message: { text: 'hai' } }] })
  })

  it('a blocked chat refuses, and tells of the block', async () => {
    const { fake, call } = await caller()
    await fake.block(CHAT)
    expect(await call('sendMessage', { text: 'x' })).toMatchObject({ status: 403 })
    expect(fake.state.queue.at(-1)).toHaveProperty('my_chat_member')
    await fake.unblock(CHAT)
    expect(await call('sendMessage', { text: 'x' })).toMatchObject({ status: 200 })
  })

  it('a line that breaks after the message was taken has delivered it', async () => {
    const { fake, call } = await caller()
    fake.script({ kind: 'hangup', accepts: true })
    await expect(call('sendMessage', { text: 'x' })).rejects.toThrow()
    expect(fake.sent(CHAT)).toHaveLength(1)
  })

  it('presses only buttons that are shown', async () => {
    const { fake, call } = await caller()
    await call('sendMessage', button('menu:1:help'))
    await fake.press(CHAT, 'nút')
    expect(fake.state.queue.at(-1)).toMatchObject({ callback_query: { data: 'menu:1:help' } })
    expect(() => fake.press(CHAT, 'khác')).toThrow()
  })
})
