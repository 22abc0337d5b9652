import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build } from 'vite'
import { DIST, fingerprint, ROOT, SOURCES_FILE } from './pages.ts'

const COMPRESSIBLE = /\.(html|js|css|svg|json|txt|map|webmanifest)$/
/** Below this the headers weigh more than what is saved. */
const MIN_BYTES = 1_000
const brotli = promisify(brotliCompress)
const gz = promisify(gzip)

async function compress(path: string): Promise<void> {
  const bytes = readFileSync(path)
  if (bytes.length < MIN_BYTES) return
  const size = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  writeFileSync(`${path}.br`, await brotli(bytes, { params: size }))
  writeFileSync(`${path}.gz`, await gz(bytes, { level: 9 }))
}

/** Built beside and swapped in, so that a server never serves half a build and a crash leaves the old one. */
async function main(): Promise<void> {
  const sources = fingerprint()
  const fresh = `${DIST}.${process.pid}`
  const old = `${fresh}.old`
  await build({
    configFile: join(ROOT, 'miniapp/vite.config.ts'),
    logLevel: 'error',
    build: { outDir: fresh, emptyOutDir: true },
  })
  const files = readdirSync(fresh, { recursive: true, encoding: 'utf8' })
  await Promise.all(files.filter((f) => COMPRESSIBLE.test(f)).map((f) => compress(join(fresh, f))))
  // Workers compresses by itself and serves whatever is not named here.
  writeFileSync(join(fresh, '.assetsignore'), '.*\n*.br\n*.gz\n')
  writeFileSync(join(fresh, SOURCES_FILE), sources)
  try {
    renameSync(DIST, old)
  } catch {
    // There was no build yet.
  }
  try {
    renameSync(fresh, DIST)
  } catch {
    // Another start swapped its own build in between; it came from the same sources.
    rmSync(fresh, { recursive: true, force: true })
  }
  rmSync(old, { recursive: true, force: true })
}

if (import.meta.main) {
  try {
    await main()
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    process.stderr.write(`${stripVTControlCharacters(text)}\n`)
    process.exit(1)
  }
}
