import { randomBytes, randomUUID } from 'node:crypto'
import type { Message, Part } from '../../api/chat/message.ts'
import { type Login, type RunningServer, startServer } from '../e2e/server.ts'
import { asksNear, codeIn, SEND_NEW } from './near.ts'
import { phonePhoto } from './photo.ts'

/**
 * The whole story over HTTP: a resident reports a flooded road in the chat with a photo, officials accept, forward and
 * answer with proof, the answer arrives in the chat. Prints what each side saw; ends with 1 when a step is not as told.
 */
const PHUOC_YEN = { lng: 107.5006, lat: 16.5462 }

const print = (who: string, lines: string) => {
  for (const line of lines.split('\n')) process.stdout.write(`${who.padEnd(9)}│ ${line}\n`)
}

function expect(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`the story broke: ${what}`)
}

function readPart(part: Part): string {
  if (part.kind === 'text') return part.text
  if (part.kind === 'image') return `[ảnh: ${part.alt}] ${part.url}`
  if (part.kind === 'link') return `${part.label}: ${part.url}`
  return [part.title, ...part.rows.map((row) => `  ${row.label}: ${row.value}`)].join('\n')
}

/** What a person reads of a message: texts, table rows, links, numbered choices. */
function readable(message: Message): string {
  const choices = (message.choices ?? []).map((choice, i) => `  ${i + 1}. ${choice.label}`)
  return [...message.parts.map(readPart), ...choices].join('\n')
}

async function readJson<T>(response: Response, what: string): Promise<T> {
  const body = await response.text()
  expect(response.ok, `${what}: ${response.status} ${body}`)
  return JSON.parse(body) as T
}

/** A resident's web chat. */
export function openChat(url: string) {
  const conversation = randomBytes(32).toString('base64url')
  let cursor = ''
  const post = (body: Record<string, unknown>) =>
    fetch(`${url}/api/v1/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-loa-language': 'vi' },
      body: JSON.stringify({ conversation, ...body }),
    }).then((response) => readJson<{ messages: Message[] }>(response, 'chat'))
  const show = (shown: string, { messages }: { messages: Message[] }) => {
    print('Cư dân', `> ${shown}`)
    for (const message of messages) print('Loa', readable(message))
    return messages
  }
  return {
    conversation,
    post,
    say: async (words: string) => show(words, await post({ id: randomUUID(), text: words })),
    pin: async (location: { lng: number; lat: number }) =>
      show('[vị trí]', await post({ id: randomUUID(), location })),
    photo: async (bytes: Uint8Array) => {
      const { mediaId } = await upload(url, bytes, { 'x-loa-conversation': conversation })
      return {
        mediaId,
        messages: show('[ảnh]', await post({ id: randomUUID(), media: [mediaId] })),
      }
    },
    /** Messages that came by themselves since the last look. */
    news: async (): Promise<Message[]> => {
      const query = new URLSearchParams({
        waitSeconds: '0',
        ...(cursor === '' ? {} : { after: cursor }),
      })
      const response = await fetch(`${url}/api/v1/chat/messages?${query}`, {
        headers: { 'x-loa-conversation': conversation },
      })
      const body = await readJson<{ messages: { message: Message }[]; cursor: string }>(
        response,
        'chat messages',
      )
      cursor = body.cursor
      return body.messages.map((row) => row.message)
    },
  }
}

export async function upload(url: string, bytes: Uint8Array, headers: Record<string, string>) {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' }), 'photo.jpg')
  const response = await fetch(`${url}/api/v1/media`, { method: 'POST', body: form, headers })
  return readJson<{ mediaId: string }>(response, 'upload')
}

type Case = { id: string; version: number; state: string; publicCode: string }

/** An official's signed-in browser. */
export async function signIn(url: string, login: Login) {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(login),
  })
  await readJson(response, `sign-in of ${login.login}`)
  const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  const headers = { cookie, origin: url }
  const get = <T>(path: string) =>
    fetch(`${url}/api/v1${path}`, { headers }).then((answer) => readJson<T>(answer, path))
  return {
    headers,
    get,
    list: () => get<{ items: Case[] }>('/console/incidents?scope=all&limit=100'),
    move: (item: Case, move: Record<string, unknown>) =>
      fetch(`${url}/api/v1/console/incidents/${item.id}/moves`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ version: item.version, move }),
      }).then((answer) => readJson<Case>(answer, `move ${String(move.kind)}`)),
  }
}

/** Talks until Loa gives a code; answers with what the last message asked for. */
async function report(chat: ReturnType<typeof openChat>): Promise<string> {
  const findCode = (messages: readonly Message[]) => codeIn(messages.map(readable))
  let messages = await chat.say('ngap o phuoc yen toi goi roi')
  let photoSent = false
  for (let turn = 0; turn < 12; turn++) {
    const code = findCode(messages)
    if (code !== undefined) return code
    const last = messages.at(-1)
    expect(last !== undefined, 'Loa said nothing')
    if (last.want === 'photo' && !photoSent) {
      photoSent = true
      messages = (await chat.photo(await phonePhoto({ label: 'Ngập tới gối', ...PHUOC_YEN })))
        .messages
    } else if (last.want === 'location') messages = await chat.pin(PHUOC_YEN)
    else messages = await chat.say(asksNear(readable(last)) ? SEND_NEW : '1')
  }
  throw new Error('no code within twelve turns')
}

async function tellNews(chat: ReturnType<typeof openChat>): Promise<Message[]> {
  const news = await chat.news()
  for (const message of news) print('Loa', readable(message))
  return news
}

async function story(server: RunningServer): Promise<void> {
  const { url, logins } = server
  const chat = openChat(url)
  const code = await report(chat)
  await chat.news()

  const dispatcher = await signIn(url, logins.dispatcher)
  const first = (await dispatcher.list()).items.find((item) => item.publicCode === code)
  expect(first !== undefined, 'the case is not on the dispatcher’s list')
  print('Điều phối', `thấy ${code}, trạng thái ${first.state}`)
  const assigned = await dispatcher.move(first, {
    kind: 'accept_and_assign',
    agencyCode: '19867.kinh-te',
  })
  print('Điều phối', `tiếp nhận và chuyển: ${assigned.state}`)
  await tellNews(chat)

  const officer = await signIn(url, logins.officer)
  const started = await officer.move(assigned, { kind: 'start' })
  print('Cán bộ', `bắt đầu: ${started.state}`)
  const proof = await upload(
    url,
    await phonePhoto({ label: 'Đã đặt biển, nước rút', ...PHUOC_YEN }),
    officer.headers,
  )
  const answered = await officer.move(started, {
    kind: 'answer',
    text: 'Tổ xung kích đã đặt biển báo và khơi cống. Nước rút lúc 9 giờ, xe đi lại được.',
    mediaIds: [proof.mediaId],
  })
  print('Cán bộ', `trả lời có ảnh: ${answered.state}`)
  const news = await tellNews(chat)
  const image = news.flatMap((message) => message.parts).find((part) => part.kind === 'image')
  expect(image !== undefined, 'the answer came without its photo')
  await checkPublicPhoto(`${url}/api/v1/media/${proof.mediaId}`)

  const publicCase = await fetch(`${url}/api/v1/incidents/${code}`).then((r) =>
    readJson<{ state: string }>(r, 'case'),
  )
  print('Mọi người', `${code}: ${publicCase.state}`)
  expect(publicCase.state === answered.state, 'the public sees another state')
}

async function checkPublicPhoto(photoUrl: string): Promise<void> {
  const response = await fetch(photoUrl)
  expect(response.ok, `the proof photo is not public: ${response.status}`)
  const bytes = Buffer.from(await response.arrayBuffer())
  for (const trace of ['Exif', 'Secret Model', 'DemoPhone', 'GPS']) {
    expect(!bytes.includes(trace), `the photo still holds ${trace}`)
  }
  print('Mọi người', `ảnh ${bytes.length} byte, không còn EXIF hay tọa độ`)
}

if (import.meta.main) {
  const server = await startServer()
  try {
    await story(server)
    process.stdout.write('\nThe story holds.\n')
  } finally {
    await server.stop()
  }
}
