import { verifyAudit } from '../../db/audit.ts'
import type { Command } from './index.ts'

export const auditVerify: Command = {
  usage: 'npm run audit:verify',
  run: async (_args, { runtime, print }) => {
    const { sealed, unsealed, brokenSeals } = await verifyAudit(runtime.ctx('audit:verify').db)
    print(`${sealed} sealed entries, ${unsealed} not sealed yet`)
    if (brokenSeals.length === 0) {
      print('every seal holds')
      return 0
    }
    print(
      `BROKEN seals: ${brokenSeals.join(', ')}. Entries were changed, removed or added by hand.`,
    )
    return 1
  },
}
