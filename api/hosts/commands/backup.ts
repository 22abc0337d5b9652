import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { formatOffsetDateTime } from '../../core/time.ts'
import { makeBackup } from '../backup/backup.ts'
import { StopError } from '../data-dir.ts'
import { VERSION } from '../version.ts'
import type { Command, CommandEnv } from './index.ts'

export const backup: Command = {
  usage: 'npm run backup [-- FILE.tar.gz]',
  run: async (args, env) => {
    const { config, dir, runtime, print } = env
    const ctx = runtime.ctx('backup')
    const path = pathOf(args[0], env, ctx.now())
    if (existsSync(path)) throw new StopError(`${path} exists already; name another file.`)
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    const end = await makeBackup(ctx.db, {
      path,
      version: VERSION,
      madeAt: ctx.now(),
      isDemo: config.isDemo,
      storage: ctx.ports.storage,
      appSecret: config.appSecret === null ? readFileSync(dir.secret, 'utf8').trim() : null,
    })
    const rows = Object.values(end.rows).reduce((sum, n) => sum + n, 0)
    print(`${rows} rows and ${end.files} files are in ${path}`)
    if (end.missingFiles > 0) print(`${end.missingFiles} files were not found in the storage`)
    if (config.appSecret !== null) print('APP_SECRET is not in it: keep that apart')
    return 0
  },
}

function pathOf(given: string | undefined, { dir, cwd }: CommandEnv, now: Date): string {
  if (given !== undefined) return resolve(cwd, given)
  const stamp = formatOffsetDateTime(now).slice(0, 19).replaceAll(':', '')
  return join(dir.root, 'backups', `loa-${stamp}.tar.gz`)
}
