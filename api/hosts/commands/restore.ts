import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { restoreBackup } from '../backup/restore.ts'
import { StopError, writePrivateFile } from '../data-dir.ts'
import type { Command } from './index.ts'

export const restore: Command = {
  usage: 'npm run restore -- FILE.tar.gz [--force]',
  anySchema: true,
  run: async (args, { config, dir, runtime, print, cwd, isServer }) => {
    const { values, positionals } = parseArgs({
      args,
      options: { force: { type: 'boolean' } },
      allowPositionals: true,
    })
    const [file] = positionals
    if (file === undefined) throw new StopError(`which file?\nUsage: ${restore.usage}`)
    if (isServer)
      throw new StopError('the server is running on this DATA_DIR: stop it, then restore.')
    const path = resolve(cwd, file)
    if (!existsSync(path)) throw new StopError(`${path} does not exist.`)
    const ctx = runtime.ctx('restore')
    const done = await restoreBackup(ctx.db, {
      path,
      force: values.force === true,
      storage: ctx.ports.storage,
      keepSecret: (secret) => {
        if (config.appSecret === null) writePrivateFile(dir.secret, secret)
        else print('the backup holds a secret of its own; APP_SECRET stays as it is set')
      },
    })
    print(`${done.rows} rows and ${done.files} files from ${done.manifest.madeAt}`)
    for (const name of done.migrated) print(`migrated ${name}`)
    if (done.manifest.isDemo && !config.isDemo) print('WARNING: this backup is of a demo')
    return 0
  },
}
