import { readdirSync, readFileSync } from 'node:fs'
import {
  CATEGORY_LABELS,
  type CategoryLabel,
  INTENTS,
} from '../../understanding/classify/labels.ts'
import { isVietnamese, linesOf } from '../../understanding/train/expand.ts'
import { dice, seedOf } from '../../understanding/train/random.ts'
import type { Line } from '../../understanding/train/train.ts'

const FOLDER = new URL('../../understanding/training/', import.meta.url)

const file = (name: string) => linesOf(readFileSync(new URL(name, FOLDER), 'utf8'))

const labelOf = (name: string) => CATEGORY_LABELS.find((label) => label === name)

/** The training texts: a file an intent, a file a category of reports, files by theme; `text | category` within `sos`. */
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
  const scenes = scenesOfDanger()
  return [
    ...reports,
    ...others,
    ...messagesByTheme(),
    ...calls(scenes),
    ...patterns().flatMap((line) => framed(line, scenes)),
  ]
}

/** Whole messages of one theme each file; `== intent category or -` says what those below it mean. */
const messagesByTheme = (): Line[] =>
  readdirSync(new URL('by-theme/', FOLDER))
    .sort()
    .flatMap((name) => {
      const out: Line[] = []
      let meaning: Omit<Line, 'text'> | undefined
      for (const line of file(`by-theme/${name}`)) {
        if (line.startsWith('== ')) meaning = meaningOf(line)
        else if (meaning === undefined) throw new Error(`${name}: a message before any heading`)
        else out.push({ text: line, ...meaning })
      }
      return out
    })

function meaningOf(heading: string): Omit<Line, 'text'> {
  const [, name = '', kind = '-'] = heading.split(' ')
  const intent = INTENTS.find((label) => label === name)
  const category = labelOf(kind)
  if (intent === undefined || (kind !== '-' && category === undefined))
    throw new Error(`${heading}: no intent or category of this name`)
  return { intent, ...(category === undefined ? {} : { category }) }
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

/** Sentences that are made of one scene as a call, and of one scene within one frame. */
const CALLS_OF_SCENE = 20
const OF_FRAMED_SCENE = 3
const AROUND_A_CALL = ' [||{plea}|ở {bare}]'
const SCENE = /\{scene(en)?\}/

type Scene = { text: string; category: CategoryLabel | undefined; isVietnamese: boolean }

/** `flood or - | scene`. */
const scenesOfDanger = (): Scene[] =>
  file('scenes.txt').map((line) => {
    const [kind = '-', ...parts] = line.split(' | ')
    const text = parts.join(' | ')
    return { text, category: labelOf(kind), isVietnamese: isVietnamese(text) }
  })

const calls = (scenes: readonly Scene[]): Line[] =>
  scenes.map(({ text, category, isVietnamese }) => ({
    text: isVietnamese ? text + AROUND_A_CALL : text,
    intent: 'sos',
    most: CALLS_OF_SCENE,
    ...(category === undefined ? {} : { category }),
  }))

/** A pattern with scenes of danger in its place for one, as many as its sentences allow; any other pattern as it is. */
function framed(line: Line, scenes: readonly Scene[]): Line[] {
  const place = SCENE.exec(line.text)
  if (place === null) return [line]
  const d = dice(seedOf(line.text))
  const fitting = scenes.filter((scene) => scene.isVietnamese === (place[1] === undefined))
  return Array.from({ length: Math.ceil((line.most ?? 1) / OF_FRAMED_SCENE) }, () => {
    const { text } = d.pick(fitting)
    const scene = line.intent !== 'sos' && d.chance(0.5) ? firstClause(text) : text
    return { ...line, text: line.text.replace(SCENE, scene), most: OF_FRAMED_SCENE }
  })
}

/** Up to the first comma that is not within brackets. */
const firstClause = (text: string): string =>
  /^(?:\[[^\]]*\]|[^,[])*/.exec(text)?.[0].trim() ?? text

function categoryOfFile(name: string): CategoryLabel {
  const label = labelOf(name.replace(/\.txt$/, ''))
  if (label === undefined) throw new Error(`${name}: no category of this name`)
  return label
}
