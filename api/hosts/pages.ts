import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = new URL('../..', import.meta.url).pathname
export const DIST = join(ROOT, 'miniapp/dist')
/** Holds the fingerprint of what the pages were built from. */
export const SOURCES_FILE = '.sources'

/** Folders and files that end up in the pages. */
const SOURCES = ['miniapp', 'locales', 'api/core', 'api/chat/message.ts', 'package-lock.json']

function filesBelow(path: string): string[] {
  const full = join(ROOT, path)
  if (!existsSync(full)) return []
  if (/\.\w+$/.test(path)) return [path]
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    const inner = `${path}/${entry.name}`
    if (entry.isDirectory()) return inner.startsWith('miniapp/dist') ? [] : filesBelow(inner)
    return [inner]
  })
}

const roomSchemas = () =>
  readdirSync(join(ROOT, 'api/rooms')).map((room) => `api/rooms/${room}/schema.ts`)

/** SHA-256 over names and contents of everything that the pages are made of. */
export function fingerprint(): string {
  const hash = createHash('sha256')
  const files = [...SOURCES, ...roomSchemas()].flatMap(filesBelow)
  for (const file of files.filter((name) => !name.endsWith('.test.ts')).sort()) {
    hash
      .update(`${file}\n`)
      .update(readFileSync(join(ROOT, file)))
      .update('\n')
  }
  return hash.digest('hex')
}

export function arePagesFresh(): boolean {
  const file = join(DIST, SOURCES_FILE)
  return existsSync(file) && readFileSync(file, 'utf8') === fingerprint()
}

/** Builds the pages in a process of their own when their sources changed; says whether there are pages to serve. */
export async function preparePages(): Promise<{ built: boolean; error?: string }> {
  if (arePagesFresh()) return { built: false }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'build-pages.ts')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production' },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null))
    child.on('close', resolve)
  })
  if (code === 0) return { built: true }
  return { built: false, error: output.trim().slice(-2_000) }
}
