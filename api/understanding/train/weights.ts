import { type Model, pack, pairUp } from '../classify/model.ts'
import { type Line, trainModels } from './train.ts'

const facts = ({ scale, bias, temperature }: Model<string>): string =>
  JSON.stringify({ scale, bias, temperature })

/** The file of weights that understanding loads; the same texts give the same bytes. `say` hears how well it went. */
export function weightsFile(lines: readonly Line[], say: (line: string) => void): string {
  const { intent, category, call } = trainModels(lines, say)
  return `/** Made by npm run understanding:train from api/understanding/training; see model.ts for the packing. */
export const INTENT_FACTS = ${facts(intent)}
export const INTENT_WEIGHTS = '${pack(pairUp(intent.weights))}'
export const CATEGORY_FACTS = ${facts(category)}
export const CATEGORY_WEIGHTS = '${pack(category.weights)}'
export const CALL_FACTS = ${JSON.stringify({ scale: call.scale, bias: call.bias })}
export const CALL_WEIGHTS = '${pack(call.weights)}'
`
}
