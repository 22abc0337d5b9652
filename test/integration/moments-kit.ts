import type { ChannelId, Content } from '../../api/chat/inbound.ts'
import type { Message } from '../../api/chat/message.ts'
import type { RenderTarget } from '../../api/chat/sender.ts'
import { createTurns } from '../../api/hosts/chat.ts'
import { STARTER_PROCEDURES, saveProcedures } from '../../api/rooms/dossiers/index.ts'
import { channelWords } from '../../bots/drain.ts'
import { renderTelegram } from '../../bots/telegram/render.ts'
import { renderWeb } from '../../bots/web/render.ts'
import { renderZaloBot } from '../../bots/zalo-bot/render.ts'
import { renderZaloOa } from '../../bots/zalo-oa/render.ts'
import type { TestDb } from '../harness.ts'
import { buttonFor } from './chat-kit.ts'
import { openMirror } from './dossiers-kit.ts'
import { openCommune } from './incidents-kit.ts'
import { openReadings } from './readings-kit.ts'

function callsOf(channel: ChannelId, message: Message, to: RenderTarget): readonly unknown[] {
  switch (channel) {
    case 'web':
      return renderWeb(message).calls
    case 'telegram':
      return renderTelegram(message, to).calls
    case 'zalo-oa':
      return renderZaloOa(message, to).calls
    case 'zalo-bot':
      return renderZaloBot(message, to).calls
  }
}

/** What a person reads in a channel's call: its words, and its buttons in brackets. */
function shown(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(shown)
  if (typeof value !== 'object' || value === null) return []
  const entries = Object.entries(value)
  const isButton = 'callback_data' in value
  return entries.flatMap(([key, inner]) => {
    if (typeof inner !== 'string') return shown(inner)
    const isLabel = ('id' in value && key === 'label') || ('type' in value && key === 'title')
    if (isLabel || (isButton && key === 'text')) return [`[${inner}]`]
    return ['text', 'caption', 'title', 'label', 'value', 'alt'].includes(key) ? [inner] : []
  })
}

/** The whole of Loa over one commune with a river that rises and a dossier that waits, and one resident's chat in it. */
export async function openMoments(database: TestDb, channel: ChannelId) {
  const { db } = database
  const c = await openCommune(db)
  const mirror = await openMirror(db)
  await saveProcedures(mirror.system, { procedures: [...STARTER_PROCEDURES] })
  const readings = openReadings(db, c.clock)
  await readings.seed()
  const turn = createTurns()
  const chatKey = 'resident'
  const lines: string[] = []
  let last: readonly Message[] = []
  let floor = '00000000-0000-0000-0000-000000000000'
  let n = 0

  const write = (who: string, text: string) => {
    const [first = '', ...rest] = text
      .replace(/HUE-[A-Z0-9]{4}-[A-Z0-9]{4}/g, 'HUE-XXXX-XXXX')
      .split('\n')
    lines.push([`${who} ${first}`, ...rest.map((line) => `    ${line}`)].join('\n'))
  }
  const read = (messages: readonly Message[]): string => {
    const texts = messages.map((message) =>
      callsOf(channel, message, { chatKey, words: channelWords(c.system, 'vi') })
        .flatMap(shown)
        .join('\n'),
    )
    for (const text of texts) write('<<', text)
    return texts.join('\n')
  }
  const send = async (content: Content, words: string): Promise<string> => {
    n += 1
    write('>>', words)
    const eventId = `${chatKey}:${n}`
    last = (await turn(c.nobody(), { channel, chatKey, eventId, content })).messages
    return read(last)
  }
  return {
    c,
    mirror,
    readings,
    /** A heading of the transcript. */
    moment: (title: string) => lines.push(`\n== ${title}`),
    type: (text: string) => send({ kind: 'text', text }, text),
    /** Presses the button whose id ends so. */
    press: (end: string) => {
      const content = buttonFor(last, end)
      const label = last
        .flatMap(({ choices = [] }) => [...choices])
        .find(({ id }) => content.kind === 'choice' && id === content.id)?.label
      return send(content, `(${label})`)
    },
    said: () => last,
    /** What came by itself since the last look. */
    came: async (): Promise<string> => {
      const rows = await db
        .selectFrom('outbox')
        .select(['id', 'message'])
        .where('chatKey', '=', chatKey)
        .where('dedupeKey', 'not like', `${channel}:%`)
        .where('id', '>', floor)
        .orderBy('id')
        .execute()
      floor = rows.at(-1)?.id ?? floor
      return read(rows.map(({ message }) => message))
    },
    note: (text: string) => write('--', text),
    transcript: () => `${lines.join('\n').trim()}\n`,
  }
}
