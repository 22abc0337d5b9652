import { writeXml, type XmlElement, xml } from '../../core/xml.ts'
import type { Point } from './policy/trend.ts'

export type Chart = {
  title: string
  /** Says in words what the picture shows, for whoever cannot see it. */
  description: string
  language: 'vi' | 'en'
  points: readonly Point[]
  /** Horizontal lines with a name, in the unit of the points. */
  lines: readonly { value: number; label: string; colour: string }[]
  fromMs: number
  toMs: number
  /** Words under the time axis and beside the values. */
  tick: (ms: number) => string
  figure: (value: number) => string
}

const SIZE = { width: 640, height: 320, left: 52, right: 12, top: 34, bottom: 30 }
/** A longer silence is a hole in the line, never a straight stroke over it. */
const HOLE_MS = 90 * 60_000
const TICKS = 4

/** A line chart as SVG: no script, no outside font, readable in print and by a screen reader. */
export function chartSvg(chart: Chart): string {
  const { points, lines, fromMs, toMs, title, description } = chart
  const { width, height, left, right, top, bottom } = SIZE
  const values = [...points.map((p) => p.value), ...lines.map((l) => l.value)]
  const low = Math.min(...values, 0)
  const high = Math.max(...values, low + 1)
  const x = (ms: number) =>
    left + ((ms - fromMs) / Math.max(1, toMs - fromMs)) * (width - left - right)
  const y = (value: number) =>
    height - bottom - ((value - low) / (high - low)) * (height - top - bottom)
  const at = (n: number) => n.toFixed(1)
  const rules = lines.flatMap(({ value, label, colour }) => [
    xml('line', [], {
      x1: left,
      x2: width - right,
      y1: at(y(value)),
      y2: at(y(value)),
      stroke: colour,
      'stroke-width': 1.5,
      'stroke-dasharray': '6 4',
    }),
    word(label, { x: width - right, y: at(y(value) - 4), 'text-anchor': 'end', fill: colour }),
  ])
  const scale = Array.from({ length: TICKS + 1 }, (_, i) => {
    const value = low + ((high - low) * i) / TICKS
    return word(chart.figure(value), { x: left - 6, y: at(y(value) + 4), 'text-anchor': 'end' })
  })
  const times = Array.from({ length: TICKS + 1 }, (_, i) => {
    const ms = fromMs + ((toMs - fromMs) * i) / TICKS
    const anchor = i === 0 ? 'start' : i === TICKS ? 'end' : 'middle'
    return word(chart.tick(ms), { x: at(x(ms)), y: height - 8, 'text-anchor': anchor })
  })
  const path = pathOf(points, (p) => `${at(x(p.atMs))} ${at(y(p.value))}`)
  return writeXml(
    xml(
      'svg',
      [
        xml('title', title, { id: 't' }),
        xml('desc', description, { id: 'd' }),
        xml('rect', [], { width, height, fill: '#ffffff' }),
        word(title, { x: left, y: 18, 'font-size': 14, 'font-weight': 'bold' }),
        ...scale,
        ...times,
        ...rules,
        xml('path', [], { d: path, fill: 'none', stroke: '#0b5394', 'stroke-width': 2.5 }),
      ],
      {
        xmlns: 'http://www.w3.org/2000/svg',
        viewBox: `0 0 ${width} ${height}`,
        role: 'img',
        'aria-labelledby': 't d',
        'xml:lang': chart.language,
        'font-family': 'Be Vietnam Pro, sans-serif',
        'font-size': 11,
      },
    ),
  )
}

const word = (text: string, attributes: Record<string, string | number>): XmlElement =>
  xml('text', text, { fill: '#1a1a1a', ...attributes })

function pathOf(points: readonly Point[], place: (p: Point) => string): string {
  const parts = points.map((p, i) => {
    const before = points[i - 1]
    const isStart = before === undefined || p.atMs - before.atMs > HOLE_MS
    return `${isStart ? 'M' : 'L'}${place(p)}`
  })
  return parts.length === 0 ? 'M0 0' : parts.join('')
}
