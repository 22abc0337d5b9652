import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { asKey, createTranslators } from '../../locales/index.ts'
import { checkCap, isFit } from '../core/cap/check.ts'

/**
 * `npm run --silent cap:validate -- FILE…`: each fault as `FILE:LINE:COLUMN: level [rule] sentence`. Exit status 0 when
 * all are fit to be sent (advice does no harm), 1 when one is not, 2 when one cannot be read. Vietnamese where LANG is.
 */
const t = createTranslators(() => {})(process.env.LANG?.startsWith('vi') ? 'vi' : 'en')
const print = (line: string) => process.stdout.write(`${line}\n`)
// npm changes the directory; INIT_CWD is where the person typed.
const cwd = process.env.INIT_CWD ?? process.cwd()

function validate(file: string): number {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(file === '-' ? 0 : resolve(cwd, file))
  } catch {
    process.stderr.write(`${t('cap:summary.unreadable', { file })}\n`)
    return 2
  }
  const checked = checkCap(bytes)
  for (const { line, column, level, rule, element, value = '', expected = '' } of checked.faults) {
    const sentence = t(asKey(`cap:rule.${rule}`), { element, value, expected })
    print(`${file}:${line}:${column}: ${t(asKey(`cap:level.${level}`))} [${rule}] ${sentence}`)
  }
  const fits = isFit(checked)
  const version = checked.found?.version ?? ''
  print(t(fits ? 'cap:summary.fit' : 'cap:summary.unfit', { file, version }))
  return fits ? 0 : 1
}

const files = process.argv.slice(2)
if (files.length === 0) process.stderr.write(`${t('cap:usage')}\n`)
process.exitCode = files.length === 0 ? 2 : Math.max(...files.map(validate))
