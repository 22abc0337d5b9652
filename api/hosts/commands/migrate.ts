import { prepareDatabase } from '../prepare.ts'
import type { Command } from './index.ts'

export const migrateCommand: Command = {
  usage: 'npm run migrate',
  anySchema: true,
  run: async (_args, { runtime, print }) => {
    const ran = await prepareDatabase(runtime)
    for (const name of ran) print(`migrated ${name}`)
    print(ran.length === 0 ? 'the schema is up to date' : `${ran.length} migrations done`)
    return 0
  },
}
