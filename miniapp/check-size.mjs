// Fails when a page grows over its budget. Sums brotli sizes of what each entry loads at first (its chunk, the chunks
// and styles that it imports, and the words of one language) and of each part that loads on demand.
import { readFileSync, statSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'

const DIST = new URL('./dist/', import.meta.url)
const FIRST_LOAD_BYTES = 60_000
const PART_BYTES = 25_000
/** Parts that are what they are, and come only where they are needed: the SDK inside Zalo, the map on a tap. */
const NAMED_BYTES = { 'node_modules/zmp-sdk/': 60_000, 'node_modules/leaflet/': 45_000 }
const SOURCE_WORDS = /locales\/vi\/|words-vi/

const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', DIST), 'utf8'))
const sizes = new Map()

const brotliBytes = (file) => {
  if (!sizes.has(file)) {
    sizes.set(file, brotliCompressSync(readFileSync(new URL(file, DIST))).length)
  }
  return sizes.get(file)
}

const isWords = (key) => /locales\/|words-(vi|en)/.test(key)

/** Files that a chunk needs before it runs. */
const filesOf = (key, seen = new Set()) => {
  if (seen.has(key)) return []
  seen.add(key)
  const chunk = manifest[key]
  const words = (chunk.dynamicImports ?? []).filter((name) => SOURCE_WORDS.test(name))
  return [
    chunk.file,
    ...(chunk.css ?? []),
    ...[...(chunk.imports ?? []), ...words].flatMap((name) => filesOf(name, seen)),
  ]
}

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`
const say = (line) => process.stdout.write(`${line}\n`)
let isOver = false
const report = (name, files, budget) => {
  const bytes = files.reduce((sum, file) => sum + brotliBytes(file), 0)
  const verdict = bytes > budget ? 'OVER' : 'ok'
  if (bytes > budget) isOver = true
  say(`${verdict.padEnd(5)}${name.padEnd(44)}${kB(bytes).padStart(9)} of ${kB(budget)}`)
}

/** Every part that may load later from a chunk, from what comes with it, or from another such part. */
const partsOf = (key, parts = new Set(), seen = new Set()) => {
  if (seen.has(key)) return parts
  seen.add(key)
  const { imports = [], dynamicImports = [] } = manifest[key]
  const later = dynamicImports.filter((name) => !isWords(name))
  for (const part of later) parts.add(part)
  for (const next of [...imports, ...later]) partsOf(next, parts, seen)
  return parts
}
const budgetOf = (key) =>
  Object.entries(NAMED_BYTES).find(([start]) => key.includes(start))?.[1] ?? PART_BYTES

const told = new Set()
const entries = Object.keys(manifest).filter((key) => manifest[key].isEntry)
for (const key of entries) {
  const first = new Set(filesOf(key))
  report(`${key} first load`, [...first], FIRST_LOAD_BYTES)
  for (const part of [...partsOf(key)].filter((name) => !told.has(name))) {
    told.add(part)
    report(
      `  ${part}`,
      [...new Set(filesOf(part))].filter((file) => !first.has(file)),
      budgetOf(part),
    )
  }
}
const fonts = Object.values(manifest).filter((chunk) => chunk.file.endsWith('.woff2'))
const fontBytes = fonts.reduce((sum, { file }) => sum + statSync(new URL(file, DIST)).size, 0)
say(`     fonts, all weights${' '.repeat(26)}${kB(fontBytes).padStart(9)}`)
if (isOver) process.exitCode = 1
