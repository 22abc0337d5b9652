import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, it } from 'vitest'
import { openDataDir, tryLock } from '../../api/hosts/data-dir.ts'
import { createDiskStorage } from '../../api/hosts/disk-storage.ts'
import { LAYOUT, openEmbedded } from '../../api/hosts/pglite.ts'
import { removeDirs, temporaryDir } from './host.ts'

afterAll(removeDirs)

it('files are private, whole, and gone when removed', async () => {
  const root = join(temporaryDir(), 'files')
  const storage = createDiskStorage(root)
  const bytes = new Uint8Array([1, 2, 3])
  await storage.put('2026/11/a.jpg', bytes, 'image/jpeg')
  expect(await storage.get('2026/11/a.jpg')).toEqual(bytes)
  expect((statSync(join(root, '2026/11/a.jpg')).mode & 0o777).toString(8)).toBe('600')
  await storage.put('2026/11/a.jpg', new Uint8Array([4]), 'image/jpeg')
  expect(await storage.get('2026/11/a.jpg')).toEqual(new Uint8Array([4]))
  expect(readdirSync(join(root, '2026/11'))).toEqual(['a.jpg'])
  await storage.remove('2026/11/a.jpg')
  await storage.remove('2026/11/a.jpg')
  expect(await storage.get('2026/11/a.jpg')).toBeUndefined()
})

it.each(['', '../x', 'a/../../x', '/etc/passwd', 'a//b', '.hidden', 'a/.b', 'a\\b', 'a\0b', 'x/'])(
  'the key %j never becomes a path',
  async (key) => {
    const storage = createDiskStorage(temporaryDir())
    await expect(storage.put(key, new Uint8Array([1]), 'image/jpeg')).rejects.toThrow('key')
    await expect(storage.get(key)).rejects.toThrow('key')
  },
)

it('one lock a directory, free again once released', () => {
  const dir = openDataDir(temporaryDir())
  const first = tryLock(dir)
  expect(first).toBeDefined()
  expect(tryLock(dir)).toBeUndefined()
  first?.release()
  const second = tryLock(dir)
  expect(second).toBeDefined()
  second?.release()
})

it('the stamp names the database that is installed', async () => {
  const dir = openDataDir(temporaryDir())
  mkdirSync(dir.files)
  const { db, pglite } = await openEmbedded(dir)
  const { rows } = await sql<{ version: string }>`
    select current_setting('server_version') as version`.execute(db)
  expect(rows[0]?.version.split('.')[0]).toBe(LAYOUT.postgres)
  await pglite.close()
  const root = new URL('../../node_modules/@electric-sql/pglite/', import.meta.url)
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  expect(version.split('.').slice(0, 2).join('.')).toBe(LAYOUT.pglite)
  expect(JSON.parse(readFileSync(dir.version, 'utf8'))).toEqual(LAYOUT)
  expect(readFileSync(join(dir.pg, 'PG_VERSION'), 'utf8').trim()).toBe(LAYOUT.postgres)
})
