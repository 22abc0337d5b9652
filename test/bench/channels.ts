import { randomBytes } from 'node:crypto'
import { openPglite } from '../harness.ts'
import { createTestDatabase, openPostgres, openUrl } from '../harness-pg.ts'
import { setup as startPostgres } from '../harness-pg-setup.ts'
import { benchDrain } from './channels/drain.ts'
import { benchPace } from './channels/pace.ts'
import { benchWebhooks } from './channels/webhooks.ts'
import { benchZaloOa } from './channels/zalo-oa.ts'

/**
 * The channels' ways in and out, each against the least that could do it, in one run. Read the ratios. Arguments name
 * the parts to run (`drain`, `webhooks`, `pace`, `zalo-oa`, `embedded`); without any, all are run.
 */
const named = process.argv.slice(2)
const isWanted = (part: string) => named.length === 0 || named.includes(part)

const stopPostgres = await startPostgres()
const postgres = await openPostgres()
if (isWanted('drain')) await benchDrain('PostgreSQL', postgres, 3_000)
if (isWanted('webhooks')) await benchWebhooks('PostgreSQL', postgres, { count: 1_500, callers: 8 })
await postgres.close()
if (isWanted('embedded')) {
  const pglite = await openPglite()
  await benchDrain('embedded', pglite, 1_000)
  await benchWebhooks('embedded', pglite, { count: 300, callers: 1 })
  await pglite.close()
}
if (isWanted('pace')) {
  const { url } = await createTestDatabase()
  const pools = [1, 2, 3].map(() => openUrl(url))
  await benchPace(pools.slice(0, 1), 300)
  await benchPace(pools, 300)
  await Promise.all(pools.map((db) => db.destroy()))
}
if (isWanted('zalo-oa')) {
  const { url } = await createTestDatabase()
  const APP_SECRET = randomBytes(32).toString('hex')
  await benchZaloOa('PostgreSQL', { DATABASE_URL: url, APP_SECRET, HOME_UNIT: '19867' }, 15)
}
stopPostgres()
process.exit()
