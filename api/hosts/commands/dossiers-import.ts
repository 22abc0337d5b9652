import { createReadStream, existsSync, openAsBlob, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import {
  decodeText,
  ENCODINGS,
  type ImportReport,
  importDossiers,
  issueText,
  type Mapping,
  previewFile,
  readCsv,
  readXlsx,
  saveSource,
  tableEntries,
} from '../../rooms/dossiers/index.ts'
import type { Print } from '../control.ts'
import { StopError } from '../data-dir.ts'
import type { Command } from './index.ts'

export const dossiersImport: Command = {
  usage:
    'npm run dossiers:import -- FILE.csv or FILE.xlsx --source NAME [--preview] [--as-of 2026-11-27T08:00:00+07:00] [--encoding utf-8]; with --mapping FILE.json --agency NAME [--unit CODE] the source is made or changed first',
  run: async (args, { runtime, print, cwd }) => {
    const { values, positionals } = parseArgs({
      args,
      options: {
        source: { type: 'string' },
        preview: { type: 'boolean', default: false },
        mapping: { type: 'string' },
        agency: { type: 'string' },
        unit: { type: 'string' },
        encoding: { type: 'string' },
        'as-of': { type: 'string' },
      },
      allowPositionals: true,
    })
    const [file] = positionals
    const { source } = values
    if (file === undefined || source === undefined)
      throw new StopError(`which file, of which source?\nUsage: ${dossiersImport.usage}`)
    const path = resolve(cwd, file)
    if (!existsSync(path)) throw new StopError(`${path} does not exist.`)
    const encoding = ENCODINGS.find((one) => one === values.encoding)
    if (values.encoding !== undefined && encoding === undefined)
      throw new StopError(`--encoding is one of ${ENCODINGS.join(', ')}.`)
    const workbook = /\.xlsx$/i.test(path) ? await openAsBlob(path) : undefined
    const lines = () =>
      workbook === undefined
        ? readCsv(decodeText(createReadStream(path), encoding))
        : readXlsx(workbook)
    const ctx = runtime.ctx('dossiers:import')
    if (values.preview) {
      const { columns, mapping, sample, issues } = await previewFile(ctx, lines(), { source })
      print(JSON.stringify({ columns, mapping, sample, issues }, null, 2))
      print('nothing was kept; write the mapping into a file and give it with --mapping')
      return issues.length === 0 ? 0 : 1
    }
    if (values.mapping !== undefined) {
      await saveSource(ctx, {
        name: source,
        unitCode: values.unit ?? null,
        agencyName: values.agency ?? '',
        mapping: readMapping(resolve(cwd, values.mapping)),
      })
    }
    const report = await importDossiers(ctx, {
      source,
      kind: 'file',
      entries: (mapping) => tableEntries(lines(), mapping),
      ...(values['as-of'] === undefined ? {} : { asOf: readTime(values['as-of']) }),
    })
    return tell(report, print, (reason) => issueText(ctx.translate('en'), reason))
  },
}

function readMapping(path: string): Mapping {
  if (!existsSync(path)) throw new StopError(`${path} does not exist.`)
  try {
    // Checked by saveSource, field by field.
    return JSON.parse(readFileSync(path, 'utf8')) as Mapping
  } catch {
    throw new StopError(`${path} is not JSON.`)
  }
}

function readTime(text: string): Date {
  const at = new Date(text)
  if (Number.isNaN(at.getTime()))
    throw new StopError('--as-of is a time like 2026-11-27T08:00:00+07:00.')
  return at
}

function tell(report: ImportReport, print: Print, why: (reason: string) => string): number {
  const { readRows, added, changed, unchanged, issues, moreIssues } = report
  for (const { line, column, reason } of issues) print(`line ${line}, ${column}: ${why(reason)}`)
  if (moreIssues > 0) print(`and ${moreIssues} more`)
  if (report.outcome === 'refused') {
    print(`${readRows} rows read, none taken`)
    return 1
  }
  print(`dossiers: ${added} new, ${changed} changed, ${unchanged} as they were`)
  return 0
}
