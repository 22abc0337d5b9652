import { parseArgs } from 'node:util'
import { createPartnerKey, listPartnerKeys, revokePartnerKey } from '../../rooms/incidents/index.ts'
import { StopError } from '../data-dir.ts'
import type { Command } from './index.ts'

const MANY = /[\s,]+/

export const open311Key: Command = {
  usage:
    'npm run open311:key -- create --name PARTNER [--rights requests.create,updates.create,updates.read] ' +
    '[--per-minute 60] | revoke --name PARTNER | list',
  run: async (args, { runtime, print }) => {
    const text = { type: 'string' } as const
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { name: text, rights: text, 'per-minute': text },
    })
    const ctx = runtime.ctx('open311:key')
    const [verb] = positionals
    if (verb === 'list') {
      for (const key of await listPartnerKeys(ctx)) {
        const state = key.revokedAt === null ? 'in force' : `revoked ${key.revokedAt}`
        print(
          `${key.name}: ${state}, ${key.rights.join(' ')}, last used ${key.lastUsedAt ?? 'never'}`,
        )
      }
      return 0
    }
    const { name } = values
    if (name === undefined || (verb !== 'create' && verb !== 'revoke'))
      throw new StopError(`Usage: ${open311Key.usage}`)
    if (verb === 'revoke') {
      await revokePartnerKey(ctx, name)
      print(`${name}: revoked`)
      return 0
    }
    const perMinute = values['per-minute']
    const { secret } = await createPartnerKey(ctx, {
      name,
      ...(values.rights === undefined ? {} : { rights: values.rights.split(MANY) as never }),
      ...(perMinute === undefined ? {} : { requestsPerMinute: Number(perMinute) }),
    })
    print(`${name} / ${secret}`)
    print('The key is shown once and only its hash is kept.')
    return 0
  },
}
