import { createServer, type RequestListener, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetchPhoto } from '../../api/hosts/outside-photo.ts'
import { isPublicAddress } from '../../api/hosts/public-address.ts'

const PHOTO = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const asked: string[] = []
const tokens: (string | undefined)[] = []
const answers: Record<string, RequestListener> = {
  '/away': (_in, out) =>
    out.writeHead(302, { location: `http://localhost:${port}/photo.jpg` }).end(),
  '/photo.jpg': (_in, out) => out.setHeader('content-type', 'image/jpeg').end(PHOTO),
  '/moved': (_in, out) => out.writeHead(302, { location: '/photo.jpg' }).end(),
  '/round': (_in, out) => out.writeHead(302, { location: '/round' }).end(),
  '/inside': (_in, out) => out.writeHead(302, { location: 'http://169.254.169.254/latest/' }).end(),
  '/file': (_in, out) => out.writeHead(302, { location: 'file:///etc/passwd' }).end(),
  '/page': (_in, out) => out.setHeader('content-type', 'text/html').end('<html>'),
  '/down': (_in, out) => out.writeHead(503).end(),
  '/gone': (_in, out) => out.writeHead(404).end(),
  '/said': (_in, out) => out.setHeader('content-length', '10000001').end(PHOTO),
  '/endless': (_in, out) => {
    const more = () => {
      while (!out.destroyed && out.write(Buffer.alloc(1_000_000)));
    }
    out.setHeader('content-type', 'image/jpeg').on('drain', more)
    more()
  },
  '/cut': (_in, out) => {
    out.setHeader('content-length', '100').write(PHOTO)
    setTimeout(() => out.destroy(), 20)
  },
}
let server: Server
let root = ''
let port = 0
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    tokens.push(request.headers.authorization)
    answers[request.url ?? '']?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' ? (address?.port ?? 0) : 0
  root = `http://127.0.0.1:${port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** As at work, but that this test's own server may be reached. */
const reach = createFetchPhoto((address, to) => address === '127.0.0.1' && to === port)

describe('a photo from outside', () => {
  it('is brought as it is, by a redirect too', async () => {
    const photo = { kind: 'file', bytes: new Uint8Array(PHOTO) }
    expect(await reach(`${root}/photo.jpg`)).toEqual(photo)
    expect(await reach(`${root}/moved`)).toEqual(photo)
    expect(await reach(`http://localhost:${port}/photo.jpg`)).toMatchObject({ kind: 'file' })
  })

  it('is asked for with a token, which goes to no other origin', async () => {
    for (const path of ['/moved', '/away']) {
      tokens.length = 0
      await reach(`${root}${path}`, { bearer: 'secret' })
      expect(tokens).toEqual(['Bearer secret', path === '/moved' ? 'Bearer secret' : undefined])
    }
  })

  it.each([
    ['/round', { kind: 'failed', code: 'too_many_redirects' }],
    ['/inside', { kind: 'failed', code: 'address_not_allowed' }],
    ['/file', { kind: 'failed', code: 'bad_url' }],
    ['/page', { kind: 'failed', code: 'files.not_an_image' }],
    ['/gone', { kind: 'failed', code: 'http_404' }],
    ['/down', { kind: 'retry', code: 'http_503' }],
    ['/said', { kind: 'failed', code: 'files.too_large' }],
    ['/endless', { kind: 'failed', code: 'files.too_large' }],
    ['/cut', { kind: 'retry', code: 'network' }],
  ])('%s is %o', async (path, outcome) => {
    expect(await reach(`${root}${path}`)).toEqual(outcome)
  })

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://10.0.0.5/',
    'http://169.254.169.254/latest/meta-data/',
    'http://localhost/',
  ])('is never asked for at %s', async (url) => {
    expect(await createFetchPhoto()(url)).toEqual({ kind: 'failed', code: 'address_not_allowed' })
  })

  it('of our own machine is refused before a connection, whatever name stands for it', async () => {
    asked.length = 0
    const atWork = createFetchPhoto((address) => isPublicAddress(address))
    for (const url of [`${root}/photo.jpg`, `http://localhost:${port}/photo.jpg`])
      expect(await atWork(url)).toEqual({ kind: 'failed', code: 'address_not_allowed' })
    expect(asked).toEqual([])
  })

  it.each(['ftp://fms.example/1', 'data:image/png;base64,AA', 'http://a:b@fms.example/', 'x'])(
    '%s is no address of a photo',
    async (url) => {
      expect(await reach(url)).toEqual({ kind: 'failed', code: 'bad_url' })
    },
  )
})

describe('addresses', () => {
  it.each(['14.225.3.9', '8.8.8.8', '2405:4800::1', '2606:4700:4700::1111'])('%s is public', (a) =>
    expect(isPublicAddress(a)).toBe(true),
  )
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '198.19.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001:db8::1',
    '2001::1',
    'localhost',
    '',
  ])('%s is not', (a) => expect(isPublicAddress(a)).toBe(false))
})
