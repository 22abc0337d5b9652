import type { Understanding } from '../understand.ts'

/** A message with what it means, and how it was read. */
export type Measured = {
  /** The file that it stands in. */
  set: string
  style: string
  intent: string
  /** `-`: none is expected. */
  category: string
  text: string
  read: Understanding
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
const share = (list: readonly Measured[], holds: (m: Measured) => boolean): number =>
  list.length === 0 ? 0 : list.filter(holds).length / list.length
const isRight = (m: Measured): boolean => m.read.intent === m.intent

function grouped(list: readonly Measured[], by: (m: Measured) => string): [string, Measured[]][] {
  const groups = new Map<string, Measured[]>()
  for (const m of list) groups.set(by(m), [...(groups.get(by(m)) ?? []), m])
  return [...groups]
}

/** Mean of the F1 of each intent that occurs. */
export function macroF1(list: readonly Measured[]): number {
  const intents = [...new Set(list.map(({ intent }) => intent))]
  const scores = intents.map((intent) => {
    const hits = list.filter((m) => m.intent === intent && isRight(m)).length
    const said = list.filter((m) => m.read.intent === intent).length
    const meant = list.filter((m) => m.intent === intent).length
    return hits === 0 ? 0 : (2 * hits) / (said + meant)
  })
  return scores.reduce((sum, score) => sum + score, 0) / intents.length
}

/** Share of calls for rescue that are read as such, and of other messages that are taken for one. */
export const sosFigures = (list: readonly Measured[]) => ({
  recall: share(
    list.filter(({ intent }) => intent === 'sos'),
    isRight,
  ),
  falseAlarms: share(
    list.filter(({ intent }) => intent !== 'sos'),
    (m) => m.read.intent === 'sos',
  ),
})

export const categoryAccuracy = (list: readonly Measured[]): number =>
  share(
    list.filter(({ category }) => category !== '-'),
    (m) => (m.read.category ?? 'none') === m.category,
  )

const BANDS = [0, 0.4, 0.6, 0.8, 0.95]

/** The report: accuracy, styles, calls for rescue, categories, how honest the confidence is, and what is confused. */
export function measure(list: readonly Measured[], withMisses: boolean): string {
  const sos = sosFigures(list)
  const bands = BANDS.map((from, i) => {
    const to = BANDS[i + 1] ?? 1.01
    const inside = list.filter(({ read }) => read.confidence >= from && read.confidence < to)
    const said = inside.reduce((sum, { read }) => sum + read.confidence, 0) / (inside.length || 1)
    return `  said ${percent(said)}, right ${percent(share(inside, isRight))} of ${inside.length}`
  })
  const misses = list.filter((m) => !isRight(m))
  const confused = grouped(misses, (m) => `${m.intent} read as ${m.read.intent}`)
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([pair, group]) => `  ${group.length} × ${pair}`)
  const lines = [
    `${list.length} messages: intents ${percent(share(list, isRight))}, macro-F1 ${macroF1(list).toFixed(3)}`,
    ...grouped(list, (m) => m.set).map(
      ([set, group]) =>
        `  ${set}: ${percent(share(group, isRight))} of ${group.length}, calls ${percent(sosFigures(group).recall)} found at ${percent(sosFigures(group).falseAlarms)}`,
    ),
    ...grouped(list, (m) => m.style).map(
      ([style, group]) => `  ${style}: ${percent(share(group, isRight))} of ${group.length}`,
    ),
    `calls for rescue: ${percent(sos.recall)} found, ${percent(sos.falseAlarms)} false alarms`,
    `categories: ${percent(categoryAccuracy(list))}`,
    'confidence:',
    ...bands,
    'confused:',
    ...confused,
    ...(withMisses
      ? misses.map(
          (m) => `- ${m.style} ${m.intent} > ${m.read.intent} ${m.read.confidence}: ${m.text}`,
        )
      : []),
    ...(withMisses
      ? list
          .filter((m) => m.category !== '-' && m.read.category !== m.category)
          .map((m) => `- ${m.category} > ${m.read.category}: ${m.text}`)
      : []),
  ]
  return `${lines.join('\n')}\n`
}
