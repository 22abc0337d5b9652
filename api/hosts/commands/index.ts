import { asKey, type Translate } from '../../../locales/index.ts'
import { AppError } from '../../core/errors.ts'
import { pendingMigrations } from '../../db/migrate.ts'
import type { Config } from '../config.ts'
import type { Print } from '../control.ts'
import { type DataDir, StopError } from '../data-dir.ts'
import type { OpenDatabase } from '../database.ts'
import { prepareDatabase } from '../prepare.ts'
import type { Runtime } from '../runtime.ts'
import { areasImport } from './areas-import.ts'
import { auditVerify } from './audit-verify.ts'
import { backup } from './backup.ts'
import { dossiersImport } from './dossiers-import.ts'
import { migrateCommand } from './migrate.ts'
import { officialCreate } from './official-create.ts'
import { open311Key } from './open311-key.ts'
import { proceduresImport } from './procedures-import.ts'
import { readingsImport } from './readings-import.ts'
import { restore } from './restore.ts'
import { scamsImport } from './scams-import.ts'
import { seed } from './seed.ts'

/** What a command works with; `cwd` is the directory of whoever typed it. */
export type CommandEnv = {
  config: Config
  dir: DataDir
  runtime: Runtime
  database: OpenDatabase
  print: Print
  cwd: string
  /** Runs inside the server, so that nothing may be pulled from under it. */
  isServer: boolean
}

export type Command = {
  usage: string
  /** Runs also on a database whose schema is not up to date. */
  anySchema?: true
  /** Exit code; throws StopError with a sentence for the person. */
  run: (args: string[], env: CommandEnv) => Promise<number>
}

export const COMMANDS: Readonly<Record<string, Command>> = {
  migrate: migrateCommand,
  seed,
  'official:create': officialCreate,
  'areas:import': areasImport,
  'dossiers:import': dossiersImport,
  'procedures:import': proceduresImport,
  'readings:import': readingsImport,
  'scams:import': scamsImport,
  'audit:verify': auditVerify,
  'open311:key': open311Key,
  backup,
  restore,
}

export type CommandRequest = { command: string; args: string[]; cwd: string }

/** Runs one command and says everything, also what went wrong, through `print`. */
export async function runCommand(
  request: CommandRequest,
  given: Omit<CommandEnv, 'cwd'>,
): Promise<number> {
  const command = COMMANDS[request.command]
  const env = { ...given, cwd: request.cwd }
  try {
    if (command === undefined) throw new StopError(`there is no command ${request.command}`)
    if (command.anySchema === undefined) await ensureSchema(env)
    return await command.run(request.args, env)
  } catch (error) {
    env.print(explain(error, command?.usage, env.runtime.deps.translators('en')))
    return 1
  }
}

/** An embedded database is ours alone and is brought up to date; another may serve an older version right now. */
async function ensureSchema(env: CommandEnv): Promise<void> {
  const pending = await pendingMigrations(env.runtime.ctx('command').db)
  if (pending.length === 0) return
  if (env.config.databaseUrl !== null) {
    throw new StopError(
      `the database lacks ${pending.length} migrations: run "npm run migrate" first.`,
    )
  }
  await prepareDatabase(env.runtime)
}

function explain(error: unknown, usage: string | undefined, translate: Translate): string {
  if (error instanceof StopError) return error.message
  if (!(error instanceof Error)) return String(error)
  if (error instanceof AppError) {
    const fields = error.issues.map((issue) => `${issue.path} (${issue.code})`).join(', ')
    const sentence = translate(asKey(`errors:${error.code}`), error.params)
    return fields === '' ? sentence : `${sentence} ${fields}`
  }
  const isUsage = 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
  return isUsage ? `${error.message}\nUsage: ${usage}` : (error.stack ?? error.message)
}
