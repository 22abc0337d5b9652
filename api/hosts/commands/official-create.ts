import { parseArgs } from 'node:util'
import type { Capability, Role } from '../../context.ts'
import { createOfficial } from '../../rooms/identity/index.ts'
import { StopError } from '../data-dir.ts'
import { newPassword } from '../prepare.ts'
import type { Command } from './index.ts'

const words = (value: string | undefined) => (value ?? '').split(/[\s,]+/).filter((w) => w !== '')

export const officialCreate: Command = {
  usage:
    'npm run official:create -- --login NAME --name "FULL NAME" --roles officer,dispatcher,approver,admin ' +
    '[--capabilities duty,…] [--unit 19867] [--agency CODE] [--language vi|en]',
  run: async (args, { runtime, print }) => {
    const text = { type: 'string' } as const
    const { values } = parseArgs({
      args,
      options: {
        login: text,
        name: text,
        roles: text,
        capabilities: text,
        unit: text,
        agency: text,
        language: text,
      },
    })
    const { login, name, language } = values
    if (login === undefined || name === undefined || values.roles === undefined) {
      throw new StopError(`--login, --name and --roles are needed.\nUsage: ${officialCreate.usage}`)
    }
    const password = newPassword()
    const official = await createOfficial(runtime.ctx('official:create'), {
      login,
      displayName: name,
      password,
      roles: words(values.roles) as Role[],
      capabilities: words(values.capabilities) as Capability[],
      unitCode: values.unit ?? null,
      agencyCode: values.agency ?? null,
      ...(language === 'vi' || language === 'en' ? { language } : {}),
    })
    print(`${official.login} / ${password}`)
    print('The password is shown once and kept nowhere; it can be changed after signing in.')
    return 0
  },
}
