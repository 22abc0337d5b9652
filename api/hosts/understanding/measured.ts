import { readdirSync, readFileSync } from 'node:fs'
import type { Measured } from '../../understanding/train/measure.ts'

const FOLDER = new URL('../../../test/understanding/', import.meta.url)

/** Messages that were written to measure and are never trained on: `style | intent | category or - | message`. */
export const measuredLines = (): Omit<Measured, 'read'>[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .flatMap((name) =>
      readFileSync(new URL(name, FOLDER), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => {
          const [style = '', intent = '', category = '-', ...text] = line.split(' | ')
          return {
            set: name.replace(/\.txt$/, ''),
            style,
            intent,
            category,
            text: text.join(' | '),
          }
        }),
    )
