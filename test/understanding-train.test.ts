import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { trainingLines } from '../api/hosts/understanding/texts.ts'
import { weightsFile } from '../api/understanding/train/weights.ts'
import { isFull } from './full.ts'

/** Takes minutes: only in the full run. */
describe.runIf(isFull)('training', () => {
  it('gives the very bytes that are kept, from the texts beside them', () => {
    const kept = new URL('../api/understanding/classify/weights.ts', import.meta.url)
    expect(weightsFile(trainingLines(), () => undefined) === readFileSync(kept, 'utf8')).toBe(true)
  })
})
