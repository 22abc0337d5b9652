import type { Params } from './telegram-state.ts'

export type Upload = { name: string; bytes: Uint8Array }

/** Parameters as the Bot API takes them: query, form, JSON or multipart; JSON inside strings is opened. */
export async function readParams(request: Request): Promise<Params> {
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const type = request.headers.get('content-type') ?? ''
  if (/json/.test(type)) return { ...query, ...((await request.json()) as Params) }
  if (/urlencoded/.test(type))
    return opened({ ...query, ...Object.fromEntries(new URLSearchParams(await request.text())) })
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1]
  if (boundary === undefined) return opened(query)
  return multipart(new Uint8Array(await request.arrayBuffer()), boundary)
}

const opened = (params: Params): Params =>
  Object.fromEntries(Object.entries(params).map(([key, value]) => [key, open(value)]))

function open(value: unknown): unknown {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

/** Parts by name; `attach://name` is replaced by the part that it names. Header forms are read generously. */
function multipart(body: Uint8Array, boundary: string): Params {
  const latin = Buffer.from(body).toString('latin1')
  const fields: Params = {}
  const uploads = new Map<string, Upload>()
  for (const part of latin.split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...rest] = part.replace(/^\r\n/, '').split('\r\n\r\n')
    const bytes = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/, ''), 'latin1')
    const name = /[ ;]name="?([^";\r]+)/i.exec(head)?.[1] ?? ''
    const filename = /filename="?([^";\r]+)/i.exec(head)?.[1]
    if (filename === undefined) fields[name] = bytes.toString('utf8')
    else uploads.set(name, { name: filename, bytes: new Uint8Array(bytes) })
  }
  for (const [key, value] of Object.entries(fields)) {
    const named = typeof value === 'string' ? /^attach:\/\/(.+)$/.exec(value)?.[1] : undefined
    if (named !== undefined && uploads.has(named)) fields[key] = uploads.get(named)
  }
  for (const [name, upload] of uploads) if (!(name in fields)) fields[name] = upload
  return opened(fields)
}

export const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' &&
  value !== null &&
  'bytes' in value &&
  value.bytes instanceof Uint8Array
