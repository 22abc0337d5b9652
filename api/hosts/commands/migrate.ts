import { startBoss } from '../boss.ts'
import { JOBS } from '../jobs.ts'
import { prepareDatabase } from '../prepare.ts'
import type { Command } from './index.ts'

export const migrateCommand: Command = {
  usage: 'npm run migrate',
  anySchema: true,
  run: async (_args, { config, database, runtime, print, isServer }) => {
    const ran = await prepareDatabase(runtime)
    // A Worker enqueues but never makes the job library's schema; a running server has made it.
    if (!isServer) {
      const jobs = [...JOBS, ...runtime.channels.jobs]
      await (await startBoss(config, database, jobs, runtime.deps.log)).stop()
    }
    for (const name of ran) print(`migrated ${name}`)
    print(ran.length === 0 ? 'the schema is up to date' : `${ran.length} migrations done`)
    return 0
  },
}
