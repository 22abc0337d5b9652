import { existsSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Hono } from 'hono'
import { type Bindings, serveFake } from './zalo-server.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** The host's half of the bridge, as hues.md says it; notes what the page asked for in `window.asked`. */
const HOST = `
  const frame = document.querySelector('iframe')
  const origin = new URL(frame.src).origin
  const query = new URLSearchParams(location.search)
  const can = (query.get('can') ?? '').split(',')
  const picture = async () => [await (await fetch('/photo.jpg')).blob()]
  window.asked = []
  window.say = (message) => frame.contentWindow.postMessage({ loa: 1, ...message }, origin)
  const answers = {
    place: async () => ({ lng: 107.5006, lat: 16.5462, accuracyM: 12 }),
    photo: picture,
    scanQr: async () => query.get('qr'),
    authorize: async ({ url }) => (await fetch('/authorize?url=' + encodeURIComponent(url))).json(),
    share: async () => true,
  }
  addEventListener('message', async (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return
    const { type, id, name, params } = event.data
    window.asked.push(name ?? type)
    if (type === 'hello')
      say({ type: 'welcome', version: 1, can, theme: 'dark', insets: { top: 24, bottom: 0, left: 0, right: 0 } })
    if (type !== 'call') return
    if (query.get('refuse') === name) return say({ type: 'answer', id, ok: false, reason: 'denied' })
    say({ type: 'answer', id, ok: true, value: await answers[name](params) })
  })
`

type Options = {
  photo: Buffer
  /** Walks the signed-in person through an authorization address. */
  authorize: (url: string) => Promise<URLSearchParams>
  /** Folder of pages that were built for an API elsewhere. */
  pages: string
}

/**
 * Stands for the pages around ours, on an origin of its own: `/super-app?at=<address of the mini-app>` embeds it and
 * speaks the bridge; `/zapps/123/` serves the built pages alone, as Zalo does.
 */
export async function startSuperApp({ photo, authorize, pages }: Options) {
  const app = new Hono<Bindings>()
  app.get('/super-app', (c) =>
    c.html(
      `<!doctype html><title>Host</title><iframe title="Loa" allow="camera; geolocation" style="width:100%;height:600px;border:0" src="${c.req.query('at')}"></iframe><script>${HOST}</script>`,
    ),
  )
  app.get('/photo.jpg', (c) => c.body(new Uint8Array(photo), 200, { 'content-type': 'image/jpeg' }))
  app.get('/authorize', async (c) =>
    c.json(Object.fromEntries(await authorize(c.req.query('url') ?? ''))),
  )
  app.get('/zapps/123/*', (c) => {
    const name = c.req.path.replace('/zapps/123/', '') || 'index.html'
    const path = join(pages, name)
    if (name.includes('..') || !existsSync(path)) return c.notFound()
    return c.body(new Uint8Array(readFileSync(path)), 200, {
      'content-type': TYPES[extname(name)] ?? 'application/octet-stream',
    })
  })
  return serveFake(app)
}
