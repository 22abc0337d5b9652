import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { cli, endAll, removeDirs, runNode, startHost, temporaryDir, usedDir } from './host.ts'
import { type Created, lookup, newConversation, photo, report, say, upload } from './story.ts'

afterEach(endAll)
afterAll(removeDirs)

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

/** An upload whose body is held back once the server has taken it up, which it says by 100 Continue. */
function holdUpload(url: string, bytes: Uint8Array<ArrayBuffer>) {
  const form = new FormData()
  form.set('file', new File([bytes], 'photo.jpg', { type: 'image/jpeg' }))
  const whole = new Response(form)
  const type = whole.headers.get('content-type') ?? ''
  const headers = { 'content-type': type, expect: '100-continue' }
  const call = request(`${url}/api/v1/media`, { method: 'POST', headers })
  call.flushHeaders()
  const status = new Promise<number | undefined>((resolve, reject) => {
    call.once('response', (answer) => resolve(answer.resume().statusCode))
    call.once('error', reject)
  })
  const taken = new Promise<void>((resolve) => call.once('continue', resolve))
  const finish = async () => call.end(Buffer.from(await whole.arrayBuffer()))
  return { taken, finish, status }
}

describe('a start', () => {
  it('on faults of the configuration names each and ends with 78', async () => {
    const { code, err } = await runNode('api/hosts/node.ts', [], {
      DATA_DIR: join(temporaryDir(), 'never'),
      DATABASE_URL: 'postgres://loa@127.0.0.1:1/loa',
      PORT: 'http',
      ZALO_BOT_TOKEN: 'x',
    })
    expect(code).toBe(78)
    for (const name of ['APP_SECRET', 'PORT', 'ZALO_BOT_WEBHOOK_SECRET'])
      expect(err).toContain(name)
  })

  it('without its database says so and ends', async () => {
    const { code, err } = await runNode('api/hosts/node.ts', [], {
      DATA_DIR: temporaryDir(),
      DATABASE_URL: 'postgres://loa:hunter2@127.0.0.1:1/loa',
      APP_SECRET: 'x'.repeat(32),
    })
    expect(code).toBe(1)
    expect(err).toContain('DATABASE_URL')
    expect(err).not.toContain('hunter2')
  })

  it('makes DATA_DIR private, also one that was open, and keeps its secret', async () => {
    const dir = join(temporaryDir(), 'data')
    mkdirSync(dir, { mode: 0o777 })
    const host = await startHost({ DATA_DIR: dir })
    expect(mode(dir)).toBe('700')
    for (const file of ['app-secret', 'control.sock']) expect(mode(join(dir, file))).toBe('600')
    const ready = await host.fetch('/readyz')
    expect([ready.status, await ready.json()]).toMatchObject([200, { ready: true }])
    const { code } = await host.end('SIGTERM')
    expect(code).toBe(0)
    expect(existsSync(join(dir, 'control.sock'))).toBe(false)
  })

  it('on a DATA_DIR or a port in use is refused in one line, and the other goes on', async () => {
    const dir = await usedDir()
    const first = await startHost({ DATA_DIR: dir })
    const same = await runNode('api/hosts/node.ts', [], { DATA_DIR: dir, PORT: '1' })
    expect(same.code).toBe(1)
    expect(same.err.trim().split('\n')).toHaveLength(1)
    expect(same.err).toContain(`process ${first.child.pid} (port ${first.env.PORT})`)

    const other = await usedDir()
    const samePort = await runNode('api/hosts/node.ts', [], { ...first.env, DATA_DIR: other })
    expect(samePort.code).toBe(1)
    expect(samePort.err).toContain(first.env.PORT)
    expect((await first.fetch('/healthz')).status).toBe(200)
    // A start that failed holds nothing: the directory can be used at once.
    expect((await cli(['audit:verify'], { DATA_DIR: other })).code).toBe(0)
    await first.end('SIGKILL')
  })

  it('refuses files of another database version and leaves them alone', async () => {
    const dir = await usedDir()
    const stamp = JSON.stringify({ layout: 1, pglite: '0.4', postgres: '17' })
    writeFileSync(join(dir, 'version.json'), stamp)
    const { code, err } = await runNode('api/hosts/node.ts', [], { DATA_DIR: dir })
    expect(code).toBe(1)
    expect(err).toContain('npm run backup')
    expect(err).toContain('npm run restore')
    expect(readFileSync(join(dir, 'version.json'), 'utf8')).toBe(stamp)
  })
})

describe('kill -9', () => {
  it('loses nothing that was answered with 2xx', async () => {
    const dir = await usedDir()
    const first = await startHost({ DATA_DIR: dir })
    const bytes = await photo()
    const { mediaId, uploadSecret } = await upload(first.fetch, bytes)
    const withPhoto = await report(first.fetch, 'có ảnh', [{ mediaId, uploadSecret }])
    const conversation = newConversation()
    const hello = await say(first.fetch, conversation, 'm1', { text: 'xin chào' })

    const answered: Created[] = []
    let isKilled = false
    const callers = Array.from({ length: 4 }, async (_, caller) => {
      for (let i = 0; !isKilled; i++) {
        const created = await report(first.fetch, `việc ${caller}-${i}`).catch(() => undefined)
        if (created !== undefined) answered.push(created)
      }
    })
    while (answered.length < 25) await new Promise((resolve) => setTimeout(resolve, 5))
    const ended = await first.end('SIGKILL')
    isKilled = true
    await Promise.all(callers)
    expect(ended.signal).toBe('SIGKILL')

    const second = await startHost({ DATA_DIR: dir })
    for (const created of answered) {
      const found = await lookup(second.fetch, created)
      expect(found?.publicCode).toBe(created.publicCode)
    }
    expect((await lookup(second.fetch, withPhoto))?.ownMediaIds).toEqual([mediaId])
    // The same message again, after the crash: the same answer, nothing done twice.
    expect(await say(second.fetch, conversation, 'm1', { text: 'xin chào' })).toEqual(hello)
    await second.end('SIGTERM')
  })
})

describe('SIGTERM', () => {
  it('finishes what is under way, takes nothing new, and ends with 0', async () => {
    const host = await startHost({ DATA_DIR: await usedDir() })
    const bytes = await photo()
    const uploads = Array.from({ length: 3 }, () => holdUpload(host.url, bytes))
    await Promise.all(uploads.map(({ taken }) => taken))
    const ended = host.end('SIGTERM')
    for (const { finish } of uploads) finish()
    const results = await Promise.all(uploads.map(({ status }) => status))
    expect(results).toEqual([201, 201, 201])
    expect((await ended).code).toBe(0)
    await expect(host.fetch('/healthz')).rejects.toThrow()
  })
})

describe('the demo', () => {
  it('prints its officials once a start, and they can sign in', async () => {
    const dir = temporaryDir()
    const loginsOf = (out: string) =>
      [...out.matchAll(/([a-z]+) \/ ([\w-]{14})/g)].map(([, login, password]) => ({
        login,
        password,
      }))
    const first = await startHost({ DATA_DIR: dir, DEMO: '1' })
    const before = loginsOf(first.said.out)
    expect(before.length).toBeGreaterThan(2)
    await first.end('SIGTERM')
    const second = await startHost({ DATA_DIR: dir, DEMO: '1' })
    const after = loginsOf(second.said.out)
    expect(after.map((l) => l.login)).toEqual(before.map((l) => l.login))
    const signIn = (json: unknown) =>
      second.fetch('/api/v1/session', {
        method: 'POST',
        json,
        headers: { origin: second.url, 'x-loa-csrf': '1' },
      })
    expect((await signIn(after[0])).status).toBe(200)
    expect((await signIn(before[0])).status).toBe(401)
    const page = await second.fetch('/console')
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(page.headers.get('x-frame-options')).toBe('DENY')
    await second.end('SIGTERM')
  })
})
