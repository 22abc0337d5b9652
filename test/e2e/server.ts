import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const ROOT = new URL('../..', import.meta.url).pathname
const READY_TIMEOUT_MS = 110_000

export type Login = { login: string; password: string }
/** Demo officials by what they do. */
const LOGINS = {
  dispatcher: 'dieuphoi',
  approver: 'duyet',
  officer: 'canbo',
  duty: 'trucban',
  onestop: 'motcua',
  editor: 'bientap',
  team: 'tocongnghe',
  admin: 'quantri',
} as const
type Who = keyof typeof LOGINS
export type RunningServer = {
  url: string
  dataDir: string
  process: ChildProcess
  /** Everything the server printed so far. */
  output: () => string
  /** Demo sign-ins as the start line printed them. */
  logins: Readonly<Record<Who, Login>>
  /** Sends the signal and waits for the end; answers the exit code. */
  kill: (signal: NodeJS.Signals) => Promise<number | null>
  /** SIGTERM, then the temporary data directory goes. */
  stop: () => Promise<void>
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** Starts the product as a newcomer does, on a data directory of its own, and waits until it is ready. */
export async function startServer(
  options: { dataDir?: string; env?: Record<string, string>; port?: number } = {},
): Promise<RunningServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'loa-server-'))
  const port = options.port ?? (await freePort())
  const child = spawn(
    process.execPath,
    ['-r', './api/hosts/require-node.cjs', 'api/hosts/node.ts'],
    {
      cwd: ROOT,
      env: {
        ...process.env,
        DATA_DIR: dataDir,
        PORT: String(port),
        HOST: '127.0.0.1',
        ...options.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let printed = ''
  child.stdout?.on('data', (chunk) => {
    printed += chunk
  })
  child.stderr?.on('data', (chunk) => {
    printed += chunk
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const url = `http://127.0.0.1:${port}`
  try {
    await untilReady(url, ended, () => printed)
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  return {
    url,
    dataDir,
    process: child,
    output: () => printed,
    logins: readLogins(printed),
    kill: (signal) => {
      child.kill(signal)
      return ended
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function untilReady(
  url: string,
  ended: Promise<number | null>,
  output: () => string,
): Promise<void> {
  let over: { code: number | null } | undefined
  ended.then((code) => {
    over = { code }
  })
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (Date.now() < deadline) {
    if (over !== undefined) throw new Error(`the server ended with ${over.code}:\n${output()}`)
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the server was not ready in time:\n${output()}`)
}

/** Sign-ins as the start line prints them: `an / Xk3…`. */
function readLogins(output: string): Record<Who, Login> {
  const read = (login: string): Login => {
    const password = new RegExp(`\\b${login} / (\\S{12,})`).exec(output)?.[1]
    return { login, password: password ?? '' }
  }
  return {
    dispatcher: read(LOGINS.dispatcher),
    approver: read(LOGINS.approver),
    officer: read(LOGINS.officer),
    duty: read(LOGINS.duty),
    onestop: read(LOGINS.onestop),
    editor: read(LOGINS.editor),
    team: read(LOGINS.team),
    admin: read(LOGINS.admin),
  }
}
