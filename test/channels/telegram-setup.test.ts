import { describe, expect, it } from 'vitest'
import { COMMANDS, type CommandName } from '../../bots/telegram/commands.ts'
import { groupPointer } from '../../bots/telegram/pointer.ts'
import { renderTelegram } from '../../bots/telegram/render.ts'
import { setupTelegram, type TelegramWords } from '../../bots/telegram/setup.ts'
import { fakeTelegram, showsToken, WORDS } from './telegram-kit.ts'

const words = (language: string): TelegramWords => ({
  commands: Object.fromEntries(COMMANDS.map((name) => [name, `${language} ${name}`])) as Record<
    CommandName,
    string
  >,
  openApp: `${language} app`,
})
const WEBHOOK = { url: 'https://loa.example.org/webhooks/telegram', secretToken: 'secret-1' }
const OPTIONS = {
  words: { vi: words('vi'), en: words('en') },
  webhook: WEBHOOK,
  miniAppUrl: 'https://loa.example.org/',
}

describe('setupTelegram', () => {
  it('sets the webhook, the commands of each language and the menu button; twice is the same', async () => {
    const { fake, access } = await fakeTelegram()
    const first = await setupTelegram({ ...access, ...OPTIONS })
    const { webhook, commands, menuButton } = structuredClone({ ...fake.state })
    expect(await setupTelegram({ ...access, ...OPTIONS })).toEqual(first)
    expect(first).toEqual({ me: { id: 7_000_000_001, username: 'loa_thu_bot' }, failed: [] })
    expect(fake.state).toMatchObject({ webhook, commands, menuButton })
    expect(webhook).toMatchObject(WEBHOOK)
    expect(webhook?.allowed).toEqual(expect.arrayContaining(['my_chat_member', 'edited_message']))
    expect(commands.get('')?.map(({ command }) => command)).toEqual([...COMMANDS])
    expect(commands.get('en')?.[0]?.description).toBe('en menu')
    expect(menuButton).toEqual({
      type: 'web_app',
      text: 'vi app',
      web_app: { url: 'https://loa.example.org/' },
    })
  })

  it('for polling takes the webhook away, and without https lists the commands', async () => {
    const { fake, access } = await fakeTelegram()
    await setupTelegram({ ...access, ...OPTIONS })
    const result = await setupTelegram({
      ...access,
      ...OPTIONS,
      webhook: null,
      miniAppUrl: 'http://127.0.0.1:8080/',
    })
    expect(result.failed).toEqual([])
    expect(fake.state.webhook).toBeUndefined()
    expect(fake.state.menuButton).toEqual({ type: 'commands' })
  })

  it('goes on after a step that failed, names it and shows no token', async () => {
    const { fake, faults, access } = await fakeTelegram()
    fake.script({ kind: 'page', status: 502 }, { method: 'setWebhook' })
    fake.script({ kind: 'hangup' }, { method: 'getMe' })
    const result = await setupTelegram({ ...access, ...OPTIONS })
    expect(result).toEqual({ me: undefined, failed: ['getMe', 'setWebhook'] })
    expect(fake.state.commands.size).toBe(2)
    expect(faults).toHaveLength(2)
    expect(showsToken(faults)).toBe(false)
  })
})

describe('groupPointer', () => {
  const said = { text: 'Mời nhắn riêng', open: 'Mở' }

  it('leads to the private chat by a button that a group may carry', () => {
    const message = groupPointer(said, 'loa_thu_bot')
    const { calls, dropped } = renderTelegram(message, { chatKey: '-1005210000991', words: WORDS })
    expect(dropped).toEqual([])
    expect(JSON.stringify(calls)).toContain('https://t.me/loa_thu_bot?start=group')
  })

  it('is a sentence alone while the bot does not know its name', () => {
    expect(groupPointer(said, undefined).parts).toHaveLength(1)
  })
})
