import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../postgres-server.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const READY_MS = 90_000

export type Worker = {
  url: string
  output: () => string
  /** Fires the cron trigger as of `at` and waits for its end. */
  cron: (at: Date) => Promise<Response>
  stop: () => Promise<void>
}

/** The Worker of wrangler.toml in workerd, offline, on a PostgreSQL of this machine. */
export async function startWorker(
  databaseUrl: string,
  variables: Record<string, string>,
  isReady: (answer: Response) => boolean = (answer) => answer.ok,
): Promise<Worker> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const dir = mkdtempSync(join(tmpdir(), 'loa-worker-'))
  const vars = Object.entries({ PUBLIC_URL: url, ...variables })
  const child = spawn(
    process.execPath,
    [
      join(ROOT, 'node_modules/wrangler/bin/wrangler.js'),
      'dev',
      '--local',
      ...['--ip', '127.0.0.1', '--port', String(port), '--inspector-port', '0'],
      ...['--persist-to', dir, '--show-interactive-dev-session=false'],
      ...vars.flatMap(([name, value]) => ['--var', `${name}:${value}`]),
    ],
    {
      cwd: ROOT,
      // A group of its own: wrangler's children end with it.
      detached: true,
      env: {
        PATH: process.env.PATH ?? '',
        HOME: dir,
        CI: '1',
        WRANGLER_SEND_METRICS: 'false',
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
        CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: databaseUrl,
      },
    },
  )
  let output = ''
  const hear = (chunk: Buffer) => {
    output += chunk
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  const stop = async () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM')
    await ended
    rmSync(dir, { recursive: true, force: true })
  }
  const late = Date.now() + READY_MS
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer !== undefined && isReady(answer)) break
    if (child.exitCode !== null || Date.now() > late) {
      await stop()
      throw new Error(`workerd did not start\n${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  return {
    url,
    output: () => output,
    cron: (at) => fetch(`${url}/cdn-cgi/handler/scheduled?time=${at.getTime()}`),
    stop,
  }
}
