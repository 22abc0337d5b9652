import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type PostgresServer = {
  url: (database: string) => string
  /** Goes away and comes back with what was committed, as after a failed machine. */
  restart: () => void
  stop: () => void
}

const BINARIES = '/usr/lib/postgresql'
/** Rows of a test may be lost with the machine; nothing waits for the disk. */
const SETTINGS = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'max_connections=200',
]

/** The newest server that Debian's packages put here. */
function binDir(): string {
  const versions = existsSync(BINARIES) ? readdirSync(BINARIES) : []
  const newest = versions
    .filter((version) => existsSync(join(BINARIES, version, 'bin/initdb')))
    .sort((a, b) => Number(b) - Number(a))[0]
  if (newest === undefined) {
    throw new Error(`no PostgreSQL server below ${BINARIES}: apt-get install postgresql`)
  }
  return join(BINARIES, newest, 'bin')
}

/** A port that nobody listens on right now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A server of its own in a temporary directory; as root it runs as the user `postgres`. */
export async function startPostgres(): Promise<PostgresServer> {
  const bin = binDir()
  const dir = mkdtempSync(join(tmpdir(), 'loa-pg-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) execFileSync('chown', ['postgres', dir])
  chmodSync(dir, 0o700)
  const run = (program: string, args: string[]) => {
    const file = join(bin, program)
    const [command, all] = isRoot
      ? ['runuser', ['-u', 'postgres', '--', file, ...args]]
      : [file, args]
    execFileSync(command, all, { stdio: ['ignore', 'ignore', 'pipe'], cwd: '/' })
  }
  const data = join(dir, 'data')
  const port = await freePort()
  run('initdb', ['-D', data, '-U', 'loa', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'])
  const options = [`-p ${port}`, `-k ${dir}`, '-h 127.0.0.1', ...SETTINGS.map((one) => `-c ${one}`)]
  run('pg_ctl', ['-D', data, '-l', join(dir, 'log'), '-o', options.join(' '), '-w', 'start'])
  return {
    url: (database) => `postgres://loa:loa@127.0.0.1:${port}/${database}`,
    restart: () =>
      run('pg_ctl', ['-D', data, '-l', join(dir, 'log'), '-m', 'immediate', '-w', 'restart']),
    stop: () => {
      run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop'])
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
