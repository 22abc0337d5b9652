import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../postgres-server.ts'

const ROOT = new URL('../..', import.meta.url).pathname
const READY_MS = 60_000

export type Output = { code: number | null; signal: string | null; out: string; err: string }
type Env = Record<string, string>

/** Only what the test says: nothing of the developer's own environment configures a host. */
const cleanEnv = (env: Env): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  HOME_UNIT: '19867',
  ...env,
})

function start(script: string, args: string[], env: Env) {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    env: cleanEnv(env),
  })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => {
    said.out += chunk
  })
  child.stderr.on('data', (chunk) => {
    said.err += chunk
  })
  const ended = new Promise<Output>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, ...said }))
  })
  return { child, said, ended }
}

/** Runs the host or a command to its end. */
export const runNode = (script: string, args: string[], env: Env): Promise<Output> =>
  start(script, args, env).ended

/** A CLI command as `npm run NAME -- ARGS` would run it. */
export const cli = (args: string[], env: Env): Promise<Output> =>
  runNode('api/hosts/cli.ts', args, env)

export type Host = {
  url: string
  env: Env
  child: ChildProcess
  said: { out: string; err: string }
  /** Sends the signal and waits for the end. */
  end: (signal: NodeJS.Signals) => Promise<Output>
  fetch: (path: string, init?: RequestInit & { json?: unknown }) => Promise<Response>
}

const running = new Set<ChildProcess>()

/** Starts the server and waits until it says that it is ready. */
export async function startHost(given: Env): Promise<Host> {
  const env = { PORT: String(await freePort()), DEMO: '0', HOST: '127.0.0.1', ...given }
  const { child, said, ended } = start('api/hosts/node.ts', [], env)
  running.add(child)
  ended.then(() => running.delete(child))
  const url = `http://127.0.0.1:${env.PORT}`
  const late = Date.now() + READY_MS
  while (!said.out.includes('Loa is ready')) {
    if (child.exitCode !== null || Date.now() > late) {
      child.kill('SIGKILL')
      const { out, err } = await ended
      throw new Error(`the host did not start\n${out}\n${err}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return {
    url,
    env,
    child,
    said,
    end: (signal) => {
      child.kill(signal)
      return ended
    },
    fetch: (path, init = {}) => {
      const { json, ...rest } = init
      const headers = new Headers(rest.headers)
      if (json !== undefined) headers.set('content-type', 'application/json')
      const body = json === undefined ? rest.body : JSON.stringify(json)
      return fetch(`${url}${path}`, { ...rest, headers, ...(body == null ? {} : { body }) })
    },
  }
}

/** Ends what a failed test left running. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL')
}

const directories: string[] = []

export function temporaryDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'loa-host-'))
  directories.push(dir)
  return dir
}

let prepared: string | undefined

/** A DATA_DIR that has had its first start; making one takes seconds, copying it does not. */
export async function usedDir(): Promise<string> {
  if (prepared === undefined) {
    const dir = temporaryDir()
    const host = await startHost({ DATA_DIR: dir })
    await host.end('SIGTERM')
    prepared = dir
  }
  const dir = temporaryDir()
  cpSync(prepared, dir, { recursive: true })
  return dir
}

export function removeDirs(): void {
  for (const dir of directories.splice(0)) rmSync(dir, { recursive: true, force: true })
}
