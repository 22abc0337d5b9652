import { readConfig } from './config.ts'
import { StopError } from './data-dir.ts'
import { startServer } from './server.ts'

/** EX_CONFIG of sysexits.h: starting again without a change is of no use. */
const EXIT_CONFIG = 78

const say = (line: string) => process.stdout.write(`${line}\n`)
const complain = (line: string) => process.stderr.write(`${line}\n`)

async function main(): Promise<void> {
  const read = readConfig(process.env)
  if (!read.ok) {
    complain('Loa does not start, the configuration has faults:')
    for (const fault of read.faults) complain(`  - ${fault}`)
    process.exit(EXIT_CONFIG)
  }
  try {
    const server = await startServer(read.config, say, complain)
    let isStopping = false
    const stop = () => {
      // The second signal means: now.
      if (isStopping) process.exit(1)
      isStopping = true
      server.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  } catch (error) {
    complain(
      error instanceof StopError
        ? `Loa does not start: ${error.message}`
        : String((error as Error).stack ?? error),
    )
    process.exit(1)
  }
}

await main()
