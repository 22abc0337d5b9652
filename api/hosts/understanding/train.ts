import { writeFileSync } from 'node:fs'
import { type Model, pack } from '../../understanding/classify/model.ts'
import { trainCategories, trainIntents } from '../../understanding/train/train.ts'
import { trainingLines } from './texts.ts'

/** `npm run understanding:train`: writes the weights that understanding loads; the same texts give the same bytes. */
const OUT = new URL('../../understanding/classify/weights.ts', import.meta.url)

const say = (line: string) => process.stdout.write(`${line}\n`)

const facts = (model: Model<string>): string =>
  JSON.stringify({ scale: model.scale, bias: model.bias, temperature: model.temperature })

const lines = trainingLines()
const intent = trainIntents(lines, say)
const category = trainCategories(lines, say)
const text = `/** Made by npm run understanding:train from api/understanding/training; see model.ts for the packing. */
export const INTENT_FACTS = ${facts(intent)}
export const INTENT_WEIGHTS = '${pack(intent.weights)}'
export const CATEGORY_FACTS = ${facts(category)}
export const CATEGORY_WEIGHTS = '${pack(category.weights)}'
`
writeFileSync(OUT, text)
say(`${Math.round(text.length / 1024)} kB written`)
