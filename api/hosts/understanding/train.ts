import { writeFileSync } from 'node:fs'
import { weightsFile } from '../../understanding/train/weights.ts'
import { trainingLines } from './texts.ts'

/** `npm run understanding:train`: writes the weights that understanding loads; the same texts give the same bytes. */
const OUT = new URL('../../understanding/classify/weights.ts', import.meta.url)

const say = (line: string) => process.stdout.write(`${line}\n`)

const text = weightsFile(trainingLines(), say)
writeFileSync(OUT, text)
say(`${Math.round(text.length / 1024)} kB written`)
