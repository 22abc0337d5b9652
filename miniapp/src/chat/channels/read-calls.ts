import { plainRun, type Run, readTelegramHtml } from './rich-text.ts'

/** A button under a bubble: sends a choice, opens an address, or is one that only the real app can offer. */
export type FrameButton =
  | { kind: 'choice'; label: string; choiceId: string }
  | { kind: 'link'; label: string; url: string }
  | { kind: 'native'; label: string }

/** One message as a phone would show it. */
export type FrameBubble = {
  runs: readonly Run[]
  imageUrl?: string
  rows: readonly (readonly FrameButton[])[]
  /** Reply keyboard at the foot of the screen. */
  keyboard: readonly FrameButton[]
}

type Bag = Record<string, unknown>
const bag = (value: unknown): Bag =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const string = (value: unknown): string => (typeof value === 'string' ? value : '')

const bubble = (runs: readonly Run[], more: Partial<FrameBubble> = {}): FrameBubble => ({
  runs,
  rows: [],
  keyboard: [],
  ...more,
})

function telegramButton(value: unknown): FrameButton {
  const { text, callback_data, url } = bag(value)
  const label = string(text)
  if (typeof callback_data === 'string') return { kind: 'choice', label, choiceId: callback_data }
  if (typeof url === 'string') return { kind: 'link', label, url }
  return { kind: 'native', label }
}

function readTelegram(call: unknown): FrameBubble {
  const payload = bag(bag(call).payload)
  const markup = bag(payload.reply_markup)
  const words = string(payload.text) || string(payload.caption)
  const photo = string(payload.photo)
  return bubble(payload.parse_mode === 'HTML' ? readTelegramHtml(words) : [plainRun(words)], {
    rows: list(markup.inline_keyboard).map((row) => list(row).map(telegramButton)),
    keyboard: list(markup.keyboard).flatMap((row) => list(row).map(telegramButton)),
    ...(photo === '' ? {} : { imageUrl: photo }),
  })
}

function zaloButton(value: unknown): FrameButton {
  const { title, type, payload } = bag(value)
  const label = string(title)
  if (typeof payload === 'string') return { kind: 'choice', label, choiceId: payload }
  const url = string(bag(payload).url)
  if (type === 'oa.open.url' && url !== '') return { kind: 'link', label, url }
  return { kind: 'native', label }
}

function readZaloOa(call: unknown): FrameBubble {
  const message = bag(bag(bag(call).body ?? call).message)
  const payload = bag(bag(message.attachment).payload)
  const url = string(bag(list(payload.elements)[0]).url)
  return bubble([plainRun(string(message.text))], {
    rows: list(payload.buttons).map((button) => [zaloButton(button)]),
    ...(url === '' ? {} : { imageUrl: url }),
  })
}

function readZaloBot(call: unknown): FrameBubble {
  const payload = bag(bag(call).payload)
  const photo = string(payload.photo)
  return bubble(
    [plainRun(string(payload.text) || string(payload.caption))],
    photo === '' ? {} : { imageUrl: photo },
  )
}

const READERS: Readonly<Record<string, (call: unknown) => FrameBubble>> = {
  telegram: readTelegram,
  'zalo-oa': readZaloOa,
  'zalo-bot': readZaloBot,
}

/** What a phone shows for the calls that a channel would get; total, whatever the calls hold. */
export function readCalls(channel: string, calls: readonly unknown[]): readonly FrameBubble[] {
  const read = READERS[channel]
  return read === undefined ? [] : calls.map(read)
}

/** The message inside a web call, for the frame that draws it as this page does. */
export function webMessage(call: unknown): unknown {
  return bag(call).message
}
