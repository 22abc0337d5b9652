import { randomBytes } from 'node:crypto'
import sharp from 'sharp'

type Fetch = (path: string, init?: RequestInit & { json?: unknown }) => Promise<Response>

async function read<T>(response: Response, status: number): Promise<T> {
  const text = await response.text()
  if (response.status !== status) throw new Error(`${response.status} ${text}`)
  return JSON.parse(text) as T
}

export type Created = { publicCode: string; secret: string; state: string }

/** Reports a case over HTTP; rejects unless it was answered 201. */
export async function report(
  fetch: Fetch,
  description: string,
  media: { mediaId: string; uploadSecret?: string }[] = [],
): Promise<Created> {
  const json = {
    category: 'flood',
    description,
    place: { source: 'pin', lng: 107.5006, lat: 16.5462, text: 'Phước Yên' },
    media,
    consentVersion: 1,
  }
  return read(await fetch('/api/v1/incidents', { method: 'POST', json }), 201)
}

/** The sender's own view of a case. */
export async function lookup(fetch: Fetch, { publicCode, secret }: Created) {
  const json = { cases: [{ code: publicCode, secret }] }
  const { items } = await read<{
    items: { publicCode: string; ownMediaIds: string[] }[]
  }>(await fetch('/api/v1/incidents/lookup', { method: 'POST', json }), 200)
  return items[0]
}

/** A photo as a phone makes it: with a time and a place in its EXIF. */
export async function photo(): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await sharp({
    create: { width: 800, height: 600, channels: 3, background: '#468' },
  })
    .withExif({
      IFD0: { Make: 'Loa' },
      IFD2: { DateTimeOriginal: '2026:11:23 09:00:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '16/1 32/1 4632/100',
        GPSLongitudeRef: 'E',
        GPSLongitude: '107/1 30/1 216/100',
      },
    })
    .jpeg()
    .toBuffer()
  return new Uint8Array(bytes)
}

export async function upload(fetch: Fetch, bytes: Uint8Array<ArrayBuffer>) {
  const body = new FormData()
  body.set('file', new File([bytes], 'photo.jpg', { type: 'image/jpeg' }))
  return read<{
    mediaId: string
    uploadSecret: string
    taken?: { at?: string; lng?: number; lat?: number }
  }>(await fetch('/api/v1/media', { method: 'POST', body }), 201)
}

export const newConversation = (): string => randomBytes(24).toString('base64url')

export type Said = {
  messages: {
    parts: { kind: string; text?: string }[]
    choices?: { id: string; label: string }[]
  }[]
}

export async function say(
  fetch: Fetch,
  conversation: string,
  id: string,
  content: Record<string, unknown>,
): Promise<Said> {
  return read(
    await fetch('/api/v1/chat', { method: 'POST', json: { conversation, id, ...content } }),
    200,
  )
}
