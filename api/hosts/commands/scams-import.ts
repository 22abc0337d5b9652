import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { importScams } from '../../rooms/guides/index.ts'
import { StopError } from '../data-dir.ts'
import type { Command } from './index.ts'

export const scamsImport: Command = {
  usage: 'npm run scams:import -- FILE.csv SOURCE YYYY-MM-DD',
  run: async ([file, source, sourceOn], { runtime, print, cwd }) => {
    if (file === undefined || source === undefined || sourceOn === undefined)
      throw new StopError(`which file, of whom, of which day?\nUsage: ${scamsImport.usage}`)
    const path = resolve(cwd, file)
    const csv = await readFile(path, 'utf8').catch(() => {
      throw new StopError(`${path} cannot be read.`)
    })
    const report = await importScams(runtime.ctx('scams:import'), { csv, source, sourceOn })
    for (const { line, reason } of report.faults)
      print(
        `line ${line}: ${reason === 'official' ? 'is official, and no scam' : 'is not one address, number or account'}`,
      )
    if (report.faults.length > 0) {
      print('none taken')
      return 1
    }
    print(`scams: ${report.taken} taken, ${report.kept} were known or decided here`)
    return 0
  },
}
