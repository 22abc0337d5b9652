import { StopError } from '../data-dir.ts'
import { prepareDemo } from '../prepare.ts'
import type { Command } from './index.ts'

export const seed: Command = {
  usage: 'npm run seed',
  run: async (_args, { config, dir, runtime, print }) => {
    if (!config.isDemo) {
      throw new StopError(
        'the demo commune is made-up data: set DEMO=1 to put it into this database.',
      )
    }
    const logins = await prepareDemo(config, dir, runtime)
    for (const { login, password, role } of logins) print(`${login} / ${password} (${role})`)
    if (logins.length === 0) print('the database holds data already: nothing was added')
    return 0
  },
}
