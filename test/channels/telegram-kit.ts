import { createServer } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { afterEach } from 'vitest'
import type { RenderTarget } from '../../api/chat/sender.ts'
import type { TelegramFault } from '../../bots/telegram/ports.ts'
import { FAKE_TOKEN, startTelegramFake } from '../fakes/telegram.ts'

export const CHAT = 5_210_000_017
export const WORDS: RenderTarget['words'] = {
  sendLocation: 'Gửi vị trí',
  sendPhone: 'Gửi số',
  useKeyboard: 'Bấm nút',
}

const open = new Set<{ close: () => Promise<void> }>()
afterEach(async () => {
  await Promise.all([...open].map((each) => each.close()))
  open.clear()
})

/** A fake that ends with the test. */
export async function fakeTelegram(options: Parameters<typeof startTelegramFake>[0] = {}) {
  const fake = await startTelegramFake(options)
  open.add(fake)
  const faults: TelegramFault[] = []
  const onFault = (fault: TelegramFault) => void faults.push(fault)
  return { fake, faults, access: { token: fake.token, apiRoot: fake.url, onFault } }
}

/** Serves with `handle` until the test ends; its address. */
export async function listen(handle: (request: Request) => Promise<Response>): Promise<string> {
  const server = await new Promise<ServerType>((resolve) => {
    const made = serve({ fetch: handle, port: 0, hostname: '127.0.0.1' }, () => resolve(made))
  })
  open.add({ close: () => new Promise((resolve) => void server.close(() => resolve())) })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

/** An address at which nobody listens. */
export async function deadUrl(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
}

/** True when the token shows anywhere in it, also in what `console` would show of an error. */
export function showsToken(value: unknown): boolean {
  const secret = FAKE_TOKEN.split(':')[1] ?? ''
  return inspectDeep(value).includes(secret)
}

function inspectDeep(value: unknown, depth = 0): string {
  if (depth > 8) return ''
  if (typeof value === 'string') return value
  if (value instanceof Error) {
    const own = Object.getOwnPropertyNames(value).map((name) => Reflect.get(value, name))
    return [value.message, value.stack, ...own.map((each) => inspectDeep(each, depth + 1))].join(
      ' ',
    )
  }
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.values(value)
    .map((each) => inspectDeep(each, depth + 1))
    .join(' ')
}

/** Asks until it is true. */
export async function until(isTrue: () => boolean, withinMs = 5_000): Promise<void> {
  const end = Date.now() + withinMs
  while (!isTrue()) {
    if (Date.now() > end) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
