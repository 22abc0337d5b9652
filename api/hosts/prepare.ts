import type { Ctx } from '../context.ts'
import { randomSigns } from '../core/ids.ts'
import { migrate } from '../db/migrate.ts'
import { inTransaction } from '../db/transaction.ts'
import { seedReference } from '../rooms/areas/index.ts'
import { seedLessons } from '../rooms/guides/index.ts'
import { seedConsentTexts } from '../rooms/identity/index.ts'
import { seedStations } from '../rooms/readings/index.ts'
import type { Config } from './config.ts'
import { type DataDir, readJsonFile, writePrivateFile } from './data-dir.ts'
import type { Runtime } from './runtime.ts'
import { random } from './secrets.ts'

export type Login = { login: string; password: string; role: string }

/** Three groups of four signs that nobody confuses: 58 bits. */
export const newPassword = (): string =>
  [randomSigns(4, random), randomSigns(4, random), randomSigns(4, random)].join('-')

/** Schema and reference data that every installation has; safe to repeat at each start. */
export async function prepareDatabase(runtime: Runtime): Promise<string[]> {
  const ctx = runtime.ctx('start')
  const ran = await migrate(ctx.db)
  await seedReference(ctx.db, ctx.now(), ctx.newId)
  await seedConsentTexts(ctx.db, ctx.now())
  await seedStations(ctx.db)
  await seedLessons(ctx.db, ctx.now())
  return ran
}

/** A demo in an empty database: fills it once; at each later start its officials get new passwords. */
export async function prepareDemo(
  config: Config,
  dir: DataDir,
  runtime: Runtime,
): Promise<Login[]> {
  if (!config.isDemo) return []
  const ctx = runtime.ctx('demo')
  const logins = (await isEmpty(ctx)) ? await fillDemo(ctx, dir) : await renewLogins(ctx, dir)
  const { keepDemoDuty } = await import('./demo/duty.ts')
  const { keepDemoReadings } = await import('./demo/readings.ts')
  await keepDemoDuty(ctx)
  await keepDemoReadings(ctx)
  return logins
}

async function isEmpty(ctx: Ctx): Promise<boolean> {
  const official = await ctx.db.selectFrom('official').select('id').limit(1).executeTakeFirst()
  return official === undefined
}

/** All or nothing: a start that is killed half-way finds the database empty again. */
async function fillDemo(ctx: Ctx, dir: DataDir): Promise<Login[]> {
  const { seedDemo } = await import('./demo/index.ts')
  return inTransaction(ctx, async (tx) => {
    const { logins } = await seedDemo(tx, { password: newPassword })
    const names = logins.map(({ login, role }) => ({ login, role }))
    writePrivateFile(dir.demo, JSON.stringify({ logins: names }))
    return logins
  })
}

/** Nobody remembers printed passwords, and none is kept: the demo officials (only they) get new ones. */
async function renewLogins(ctx: Ctx, dir: DataDir): Promise<Login[]> {
  const logins = readLogins(dir).map((known) => ({ ...known, password: newPassword() }))
  for (const { login, password } of logins) {
    const passwordHash = await ctx.ports.passwords.hash(password)
    await ctx.db
      .updateTable('official')
      .set((eb) => ({ passwordHash, version: eb('version', '+', 1) }))
      .where('login', '=', login)
      .execute()
  }
  return logins
}

function readLogins(dir: DataDir): { login: string; role: string }[] {
  const value = readJsonFile(dir.demo)
  if (typeof value !== 'object' || value === null || !('logins' in value)) return []
  return Array.isArray(value.logins) ? value.logins : []
}
