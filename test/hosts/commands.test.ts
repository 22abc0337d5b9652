import { statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, expect, it } from 'vitest'
import { cli, endAll, removeDirs, startHost, temporaryDir, usedDir } from './host.ts'
import { lookup, photo, report, upload } from './story.ts'

afterEach(endAll)
afterAll(removeDirs)

const create = (login: string) => [
  'official:create',
  '--login',
  login,
  '--name',
  'Lê Hoài An',
  '--roles',
  'dispatcher',
  '--unit',
  '19867',
]

it('a command goes through the running server, or takes the lock itself', async () => {
  const env = { DATA_DIR: await usedDir(), DEMO: '0' }
  const host = await startHost(env)
  const made = await cli(create('an.le'), env)
  expect([made.code, made.err]).toEqual([0, ''])
  const password = /^an\.le \/ (\S+)$/m.exec(made.out)?.[1]
  const signedIn = await host.fetch('/api/v1/session', {
    method: 'POST',
    json: { login: 'an.le', password },
    headers: { origin: host.url },
  })
  expect(signedIn.status).toBe(200)
  const again = await cli(create('an.le'), env)
  expect(again.code).toBe(1)
  await host.end('SIGTERM')
  const alone = await cli(create('khoi.phan'), env)
  expect([alone.code, alone.err]).toEqual([0, ''])
  const checked = await cli(['audit:verify'], env)
  expect(checked.code).toBe(0)
})

it('a command finds the server also below a very long path', async () => {
  const deep = join(await usedDir(), 'd'.repeat(90))
  const env = { DATA_DIR: deep, DEMO: '0' }
  const host = await startHost(env)
  expect((await cli(['audit:verify'], env)).code).toBe(0)
  await host.end('SIGTERM')
})

it('an unknown command and a wrong option are explained', async () => {
  const env = { DATA_DIR: await usedDir(), DEMO: '0' }
  expect((await cli(['nothing'], env)).code).toBe(1)
  const wrong = await cli(['restore', '--hard'], env)
  expect(wrong.code).toBe(1)
  expect(wrong.out).toContain('npm run restore')
})

it('a backup of a running server brings everything back in an empty place', async () => {
  const env = { DATA_DIR: await usedDir(), DEMO: '0' }
  const file = join(temporaryDir(), 'loa.tar.gz')
  const host = await startHost(env)
  const { mediaId, uploadSecret } = await upload(host.fetch, await photo())
  const kept = await report(host.fetch, 'giữ trong bản sao lưu', [{ mediaId, uploadSecret }])
  const saved = await cli(['backup', file], env)
  expect([saved.code, saved.err]).toEqual([0, ''])
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600')
  const later = await report(host.fetch, 'sau bản sao lưu')
  const refused = await cli(['restore', file], env)
  expect(refused.code).toBe(1)
  expect((await cli(['backup', file], env)).code).toBe(1)
  const official = await cli(create('an.le'), env)
  const password = /^an\.le \/ (\S+)$/m.exec(official.out)?.[1]
  await host.end('SIGTERM')

  const other = { DATA_DIR: temporaryDir(), DEMO: '0' }
  const restored = await cli(['restore', file], other)
  expect([restored.code, restored.err]).toEqual([0, ''])
  const second = await startHost(other)
  expect(await lookup(second.fetch, kept)).toMatchObject({ ownMediaIds: [mediaId] })
  expect(await lookup(second.fetch, later)).toBeUndefined()
  expect((await report(second.fetch, 'việc mới')).state).toBe('received')
  await second.end('SIGTERM')

  // The first place has rows: only --force replaces them, and then nothing newer is left.
  expect((await cli(['restore', file], env)).code).toBe(1)
  expect((await cli(['restore', file, '--force'], env)).code).toBe(0)
  const third = await startHost(env)
  expect(await lookup(third.fetch, kept)).toMatchObject({ ownMediaIds: [mediaId] })
  const gone = await third.fetch('/api/v1/session', {
    method: 'POST',
    json: { login: 'an.le', password },
    headers: { origin: third.url },
  })
  expect(gone.status).toBe(401)
  await third.end('SIGTERM')
})
