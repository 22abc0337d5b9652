import { createLog } from '../http/log.ts'
import { COMMANDS, type CommandRequest, runCommand } from './commands/index.ts'
import { type Config, readConfig } from './config.ts'
import { callServer } from './control.ts'
import { type DataDir, noteHolder, openDataDir, StopError, takeLock, tryLock } from './data-dir.ts'
import { openDatabase } from './database.ts'
import { createRuntime } from './runtime.ts'

const EXIT_CONFIG = 78
const print = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`${line}\n`)

/**
 * One command: `cli.ts NAME ARGS…`. On an embedded database it takes the lock, or, when a server has it, sends itself
 * there; on PostgreSQL it connects like any other client.
 */
async function main(argv: string[]): Promise<number> {
  const [command = '', ...args] = argv
  if (COMMANDS[command] === undefined) {
    complain(
      `Commands:\n${Object.values(COMMANDS)
        .map((c) => `  ${c.usage}`)
        .join('\n')}`,
    )
    return 1
  }
  const read = readConfig(process.env)
  if (!read.ok) {
    for (const fault of read.faults) complain(fault)
    return EXIT_CONFIG
  }
  const { config } = read
  // npm changes the directory; INIT_CWD is where the person typed.
  const request = { command, args, cwd: process.env.INIT_CWD ?? process.cwd() }
  const dir = openDataDir(config.dataDir)
  if (config.databaseUrl !== null) return runHere(config, dir, request)
  const lock = tryLock(dir)
  if (lock === undefined) {
    const code = await callServer(dir, request, print)
    if (code !== undefined) return code
    takeLock(dir).release()
    return main(argv)
  }
  try {
    noteHolder(dir, null)
    return await runHere(config, dir, request)
  } finally {
    lock.release()
  }
}

async function runHere(config: Config, dir: DataDir, request: CommandRequest): Promise<number> {
  const log = createLog(complain, 'error', () => new Date())
  const database = await openDatabase(config, dir, log, 'command')
  try {
    const runtime = createRuntime(config, dir, database, log)
    return await runCommand(request, { config, dir, runtime, database, print, isServer: false })
  } finally {
    await database.close()
  }
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  complain(error instanceof StopError ? error.message : String((error as Error).stack ?? error))
  process.exitCode = 1
}
