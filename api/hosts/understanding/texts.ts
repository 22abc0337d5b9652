import { readdirSync, readFileSync } from 'node:fs'
import {
  CATEGORY_LABELS,
  type CategoryLabel,
  INTENTS,
} from '../../understanding/classify/labels.ts'
import { linesOf } from '../../understanding/train/expand.ts'
import type { Line } from '../../understanding/train/train.ts'

const FOLDER = new URL('../../understanding/training/', import.meta.url)

const file = (name: string) => linesOf(readFileSync(new URL(name, FOLDER), 'utf8'))

const labelOf = (name: string) => CATEGORY_LABELS.find((label) => label === name)

/** The training texts: a file an intent, a file a category of reports; `text | category` within `sos`. */
export function trainingLines(): Line[] {
  const reports = readdirSync(new URL('report/', FOLDER))
    .sort()
    .flatMap((name): Line[] => {
      const category = categoryOfFile(name)
      return file(`report/${name}`).map((text) => ({ text, intent: 'report_incident', category }))
    })
  const others = INTENTS.filter((intent) => intent !== 'report_incident').flatMap((intent) =>
    file(`${intent}.txt`).map((line): Line => {
      const [text = '', name] = line.split(/ \| (?=\w+$)/)
      const category = name === undefined ? undefined : labelOf(name)
      return { text, intent, ...(category === undefined ? {} : { category }) }
    }),
  )
  return [...reports, ...others, ...patterns()]
}

/** `sentences | intent | category or - | pattern`. */
const patterns = (): Line[] =>
  file('patterns.txt').map((line) => {
    const [most = '', name = '', kind = '-', ...text] = line.split(' | ')
    const intent = INTENTS.find((label) => label === name)
    const category = labelOf(kind)
    if (intent === undefined) throw new Error(`${line}: no intent of this name`)
    return {
      text: text.join(' | '),
      intent,
      most: Number(most),
      ...(category === undefined ? {} : { category }),
    }
  })

function categoryOfFile(name: string): CategoryLabel {
  const label = labelOf(name.replace(/\.txt$/, ''))
  if (label === undefined) throw new Error(`${name}: no category of this name`)
  return label
}
