import { expect, it, vi } from 'vitest'
import { type Message, say } from '../../../api/chat/message.ts'
import { type ChatClient, createChatClient, type Doors, type Saved, type Turn } from './client.ts'

type Script = (turn: Turn) => readonly Message[]

/** A server that keeps answers by id, and a network that fails as told. */
function world(
  script: Script,
  options: { saved?: Saved; answerLost?: number; down?: number } = {},
) {
  const turns: Turn[] = []
  const answered = new Map<string, readonly Message[]>()
  let { answerLost = 0, down = 0 } = options
  let saved = options.saved
  let ids = 0
  const doors: Doors = {
    send: async (turn) => {
      turns.push(turn)
      if (down-- > 0) throw new Error('later')
      if (turn.text === 'bad') throw new Error('never')
      const known = answered.get(turn.id) ?? script(turn)
      answered.set(turn.id, known)
      if (answerLost-- > 0) throw new Error('later')
      return known
    },
    upload: async (_conversation, file) => {
      if (file.name === 'flaky' && down-- > 0) throw new Error('later')
      return `media-${file.name}-${ids++}`
    },
    rows: (_conversation, _after, _wait, signal) =>
      new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('end')))),
    failure: (error) => ({
      kind: error instanceof Error && error.message === 'never' ? 'never' : 'later',
      trouble: { text: 'trouble' },
    }),
    language: () => 'vi',
    newId: () => `id-${ids++}`,
    newConversation: () => `conversation-${ids++}`,
    load: () => saved,
    save: (next) => {
      saved = next
    },
    lostPicture: () => 'lost',
    wait: async () => {},
  }
  return { doors, turns, answered, saved: () => saved }
}

const quiet = (client: ChatClient) =>
  vi.waitFor(() => expect(client.state().isAnswering).toBe(false))
const shown = (client: ChatClient) =>
  client
    .state()
    .log.entries.map((e) => (e.kind === 'own' ? `${e.state}` : `said ${e.id.replace(/.*#/, '#')}`))

it('a message whose answer was lost goes again with the same id and is answered once', async () => {
  const { doors, turns, answered } = world(({ text }) => [say(`echo ${text}`)], { answerLost: 1 })
  const client = createChatClient(doors)
  client.say({ kind: 'text', text: 'hello' })
  await vi.waitFor(() => expect(shown(client)).toEqual(['sent', 'said #0']))
  expect(turns.map((turn) => turn.id)).toEqual([turns[0]?.id, turns[0]?.id])
  expect(answered.size).toBe(1)
})

it('messages go in the order of writing, also when the first one has to wait', async () => {
  const { doors, turns } = world(() => [say('ok')], { down: 2 })
  const client = createChatClient(doors)
  client.say({ kind: 'text', text: 'one' })
  client.say({ kind: 'text', text: 'two' })
  await vi.waitFor(() => expect(shown(client).filter((s) => s === 'sent')).toHaveLength(2))
  expect(turns.map((turn) => turn.text)).toEqual(['one', 'one', 'one', 'two'])
})

it('what the server refuses is marked and does not hold up the next', async () => {
  const { doors } = world(() => [say('ok')])
  const client = createChatClient(doors)
  client.say({ kind: 'text', text: 'bad' })
  client.say({ kind: 'text', text: 'good' })
  await quiet(client)
  expect(shown(client)).toEqual(['refused', 'sent', 'said #0'])
})

it('a picture goes up once, however often its message is resent', async () => {
  const { doors, turns } = world(() => [say('ok')], { answerLost: 2 })
  const upload = vi.spyOn(doors, 'upload')
  const client = createChatClient(doors)
  const picture = (name: string) => ({ file: new File([], name), thumb: '' })
  client.sendPictures([picture('a'), picture('b')])
  await vi.waitFor(() => expect(shown(client)).toEqual(['sent', 'said #0']))
  expect(upload).toHaveBeenCalledTimes(2)
  expect(new Set(turns.map((turn) => JSON.stringify(turn))).size).toBe(1)
})

it('after a reload the unsent message goes out with its old id, a lost picture says so', async () => {
  const text = { kind: 'text', text: 'hello' } as const
  const photos = { kind: 'photos', mediaIds: [], thumbs: ['x'] } as const
  const { doors, turns } = world(() => [say('ok')], {
    saved: {
      conversation: 'c',
      log: {
        entries: [
          { kind: 'own', id: 'old', body: text, language: 'en', state: 'sending' },
          { kind: 'own', id: 'pic', body: photos, language: 'vi', state: 'queued' },
        ],
      },
    },
  })
  const client = createChatClient(doors)
  const stop = client.listen()
  await vi.waitFor(() => expect(shown(client)).toEqual(['sent', 'refused', 'said #0']))
  stop()
  expect(turns).toEqual([{ conversation: 'c', id: 'old', language: 'en', text: 'hello' }])
})

it('starting over takes a new conversation and leaves nothing of the old one', async () => {
  const { doors, saved } = world(() => [say('ok')])
  const client = createChatClient(doors)
  client.say({ kind: 'text', text: 'hello' })
  await quiet(client)
  const before = saved()?.conversation
  client.restart()
  expect(saved()?.conversation).not.toBe(before)
  expect(saved()?.log.entries).toEqual([])
})

it('rows that come later are kept with their cursor, and asked for after it', async () => {
  const { doors } = world(() => [say('ok')])
  const asked: (string | undefined)[] = []
  const row = { id: 'r1', at: '2026-11-23T02:00:00.000Z', message: say('later') }
  const client = createChatClient({
    ...doors,
    rows: (conversation, after, wait, signal) => {
      asked.push(after)
      return asked.length === 1
        ? Promise.resolve({ messages: [row], cursor: 'c1' })
        : doors.rows(conversation, after, wait, signal)
    },
  })
  const stop = client.listen()
  await vi.waitFor(() => expect(asked).toEqual([undefined, 'c1']))
  stop()
  expect(client.state().log.entries.map((entry) => entry.id)).toEqual(['r1'])
})
