import { createReadStream, existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { importProcedures, issueText } from '../../rooms/dossiers/index.ts'
import { StopError } from '../data-dir.ts'
import type { Command } from './index.ts'

const KINDS: Readonly<Record<string, 'csv' | 'json'>> = { '.csv': 'csv', '.json': 'json' }

export const proceduresImport: Command = {
  usage: 'npm run procedures:import -- FILE.csv or FILE.json',
  run: async ([file], { runtime, print, cwd }) => {
    const kind = KINDS[extname(file ?? '').toLowerCase()]
    if (file === undefined || kind === undefined)
      throw new StopError(`which file, .csv or .json?\nUsage: ${proceduresImport.usage}`)
    const path = resolve(cwd, file)
    if (!existsSync(path)) throw new StopError(`${path} does not exist.`)
    const ctx = runtime.ctx('procedures:import')
    const report = await importProcedures(ctx, { kind, bytes: createReadStream(path) })
    const t = ctx.translate('en')
    for (const { line, column, reason } of report.issues)
      print(`line ${line}, ${column}: ${issueText(t, reason)}`)
    if (report.outcome === 'refused') {
      print(`${report.readRows} rows read, none taken`)
      return 1
    }
    print(`procedures: ${report.saved} saved`)
    return 0
  },
}
