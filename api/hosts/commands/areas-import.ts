import { existsSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { importBoundaries, importHamlets } from '../../rooms/areas/index.ts'
import { StopError } from '../data-dir.ts'
import type { Command } from './index.ts'

const LEVELS = ['unit', 'hamlet'] as const

export const areasImport: Command = {
  usage:
    'npm run areas:import -- FILE.geojson [--level unit|hamlet] [--source TEXT], or a list of hamlets: FILE.csv, FILE.json',
  run: async (args, { runtime, print, cwd }) => {
    const { values, positionals } = parseArgs({
      args,
      options: { level: { type: 'string', default: 'unit' }, source: { type: 'string' } },
      allowPositionals: true,
    })
    const [file] = positionals
    const level = LEVELS.find((one) => one === values.level)
    if (file === undefined || level === undefined) {
      throw new StopError(`which file, and which level?\nUsage: ${areasImport.usage}`)
    }
    const path = resolve(cwd, file)
    if (!existsSync(path)) throw new StopError(`${path} does not exist.`)
    const ctx = runtime.ctx('areas:import')
    const text = readFileSync(path, 'utf8')
    const source = values.source ?? basename(path)
    if (/\.(csv|json)$/i.test(path)) {
      const { inserted, updated, unchanged } = await importHamlets(ctx, text, { source })
      print(`hamlets: ${inserted} new, ${updated} changed, ${unchanged} as they were`)
      return 0
    }
    const done = await importBoundaries(ctx, text, { level, source })
    print(`${done.imported} boundaries imported`)
    for (const { code, warning } of done.warnings) print(`look at ${code}: ${warning}`)
    if (done.missing.length > 0) print(`still without a boundary: ${done.missing.join(', ')}`)
    return 0
  },
}
