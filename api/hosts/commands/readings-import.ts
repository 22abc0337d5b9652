import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { importReadings, parseReadingsCsv } from '../../rooms/readings/index.ts'
import { StopError } from '../data-dir.ts'
import type { Command } from './index.ts'

/** As many bad lines as one looks at before mending the file. */
const SHOWN = 50

export const readingsImport: Command = {
  usage: 'npm run readings:import -- FILE.csv   (station,property,at,value[,unit])',
  run: async ([file], { runtime, print, cwd }) => {
    if (file === undefined) throw new StopError(`which file?\nUsage: ${readingsImport.usage}`)
    const path = resolve(cwd, file)
    if (!existsSync(path)) throw new StopError(`there is no file ${path}`)
    const { rows, faults } = parseReadingsCsv(readFileSync(path, 'utf8'))
    if (faults.length > 0) {
      for (const { line, code } of faults.slice(0, SHOWN)) print(`${file}:${line}: ${code}`)
      throw new StopError(`nothing was imported: ${faults.length} bad lines`)
    }
    const done = await importReadings(runtime.ctx('command'), rows)
    const doubtful = Object.entries(done.doubtful).map(([flag, n]) => `${n} ${flag}`)
    print(
      `${done.stored} stored, ${done.corrected} corrected, ${done.duplicates} already known${
        doubtful.length > 0 ? `; kept but not used: ${doubtful.join(', ')}` : ''
      }`,
    )
    return 0
  },
}
