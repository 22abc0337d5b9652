import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A fault that stops the program; `message` is for the person who started it. */
export class StopError extends Error {}

/** Where everything of one installation lies. */
export type DataDir = {
  root: string
  pg: string
  files: string
  secret: string
  version: string
  server: string
  lock: string
  demo: string
  socket: string
}

const PRIVATE_DIR = 0o700
const PRIVATE_FILE = 0o600

/** Makes the directory (mode 0700, also when it was there with another) and names its parts. */
export function openDataDir(path: string): DataDir {
  const root = resolve(path)
  try {
    mkdirSync(root, { recursive: true, mode: PRIVATE_DIR })
    chmodSync(root, PRIVATE_DIR)
  } catch (error) {
    throw new StopError(
      `DATA_DIR ${root} cannot be used: ${error instanceof Error ? error.message : error}`,
    )
  }
  const at = (name: string) => join(root, name)
  return {
    root,
    pg: at('pg'),
    files: at('files'),
    secret: at('app-secret'),
    version: at('version.json'),
    server: at('server.json'),
    lock: at('lock.sqlite'),
    demo: at('demo.json'),
    socket: socketPath(root),
  }
}

/** Kernels take about a hundred bytes of socket path; a deeper DATA_DIR gets a short name elsewhere. */
const MAX_SOCKET_PATH = 100

function socketPath(root: string): string {
  const name = createHash('sha256').update(root).digest('hex').slice(0, 24)
  if (process.platform === 'win32') return `\\\\.\\pipe\\loa-${name}`
  const path = join(root, 'control.sock')
  return Buffer.byteLength(path) <= MAX_SOCKET_PATH ? path : join(tmpdir(), `loa-${name}.sock`)
}

/** Writes beside and renames, so that a crash leaves the old file or the new one, never half of it. */
export function writePrivateFile(path: string, text: string): void {
  const partial = `${path}.${process.pid}.tmp`
  writeFileSync(partial, text, { mode: PRIVATE_FILE })
  renameSync(partial, path)
}

export function readJsonFile(path: string): unknown {
  if (!existsSync(path)) return undefined
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** The kept APP_SECRET of an embedded installation, made at the first start. */
export function loadAppSecret(dir: DataDir): string {
  if (!existsSync(dir.secret)) writePrivateFile(dir.secret, randomBytes(32).toString('base64url'))
  chmodSync(dir.secret, PRIVATE_FILE)
  return readFileSync(dir.secret, 'utf8').trim()
}

export type Lock = { release: () => void }
export type Holder = { pid: number; port: number | null }

/**
 * Takes the directory for this process alone, or says that another has it. The lock is SQLite's on a file: the kernel
 * frees it when the process dies, however it dies, and there is no stale pid file to judge.
 */
export function tryLock(dir: DataDir): Lock | undefined {
  const file = new DatabaseSync(dir.lock, { timeout: 0 })
  try {
    chmodSync(dir.lock, PRIVATE_FILE)
    file.exec('begin exclusive')
  } catch (error) {
    file.close()
    if (error instanceof Error && /locked|busy/i.test(error.message)) return undefined
    throw error
  }
  return { release: () => file.close() }
}

/** Who has the lock, as far as it said so; meaningful only while the lock is held. */
export function readHolder(dir: DataDir): Holder | undefined {
  const value = readJsonFile(dir.server)
  if (typeof value !== 'object' || value === null || !('pid' in value)) return undefined
  if (typeof value.pid !== 'number') return undefined
  const port = 'port' in value && typeof value.port === 'number' ? value.port : null
  return { pid: value.pid, port }
}

export const noteHolder = (dir: DataDir, port: number | null): void =>
  writePrivateFile(dir.server, JSON.stringify({ pid: process.pid, port }))

/** The lock, or a StopError that names the holder. */
export function takeLock(dir: DataDir): Lock {
  const lock = tryLock(dir)
  if (lock !== undefined) return lock
  const holder = readHolder(dir)
  const who = holder === undefined ? 'another process' : `process ${holder.pid}${portOf(holder)}`
  throw new StopError(
    `DATA_DIR ${dir.root} is in use by ${who}. Stop it first, or set another DATA_DIR.`,
  )
}

const portOf = (holder: Holder) => (holder.port === null ? '' : ` (port ${holder.port})`)
