import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { trainingLines } from '../api/hosts/understanding/texts.ts'
import { weightsFile } from '../api/understanding/train/weights.ts'
import { isFull } from './full.ts'

const quiet = () => undefined

/** All texts take minutes, so that only the full run makes the kept weights anew; else a hundredth is trained twice. */
describe('training', () => {
  it('gives the same bytes from the same texts', () => {
    const kept = new URL('../api/understanding/classify/weights.ts', import.meta.url)
    const lines = isFull ? trainingLines() : trainingLines().filter((_, i) => i % 100 === 0)
    const known = isFull ? readFileSync(kept, 'utf8') : weightsFile(lines, quiet)
    expect(weightsFile(lines, quiet) === known).toBe(true)
  })
})
