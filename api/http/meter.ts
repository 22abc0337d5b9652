/** Labels of one series, in a fixed order of writing. */
type Labels = Record<string, string>
type Kind = 'counter' | 'gauge' | 'histogram'

/** Upper bounds in seconds; the promises of the design lie between 5 ms and 50 ms. */
const BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** Counters and histograms of one process; made by the host, never global. */
export type Meter = {
  count(name: string, labels?: Labels, by?: number): void
  observe(name: string, labels: Labels, seconds: number): void
  /** Prometheus text of all series, with one-off `gauges` added. */
  render(gauges?: readonly Gauge[]): string
}

export type Gauge = { name: string; labels?: Labels; value: number }

const escapeLabel = (value: string) =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

function series(name: string, labels: Labels = {}): string {
  const inner = Object.entries(labels).map(([key, value]) => `${key}="${escapeLabel(value)}"`)
  return inner.length === 0 ? name : `${name}{${inner.join(',')}}`
}

type Histogram = { name: string; labels: Labels; counts: number[]; sum: number; total: number }

/** A registry of counters and duration histograms, a few hundred series at most (labels are closed sets). */
export function createMeter(): Meter {
  const counters = new Map<string, { name: string; value: number }>()
  const histograms = new Map<string, Histogram>()

  function observe(name: string, labels: Labels, seconds: number): void {
    const key = series(name, labels)
    const found = histograms.get(key) ?? {
      name,
      labels,
      counts: BUCKETS_S.map(() => 0),
      sum: 0,
      total: 0,
    }
    histograms.set(key, found)
    const slot = BUCKETS_S.findIndex((bound) => seconds <= bound)
    if (slot !== -1) found.counts[slot] = (found.counts[slot] ?? 0) + 1
    found.sum += seconds
    found.total += 1
  }

  return {
    count: (name, labels, by = 1) => {
      const key = series(name, labels)
      counters.set(key, { name, value: (counters.get(key)?.value ?? 0) + by })
    },
    observe,
    render: (gauges = []) =>
      renderText([
        ...[...counters].map(([key, c]) => line('counter', c.name, key, c.value)),
        ...[...histograms.values()].flatMap(histogramLines),
        ...gauges.map((g) => line('gauge', g.name, series(g.name, g.labels), g.value)),
      ]),
  }
}

type Line = { kind: Kind; family: string; text: string }

const line = (kind: Kind, family: string, key: string, value: number): Line => ({
  kind,
  family,
  text: `${key} ${value}`,
})

function histogramLines(h: Histogram): Line[] {
  let running = 0
  const buckets = BUCKETS_S.map((bound, i) => {
    running += h.counts[i] ?? 0
    return line(
      'histogram',
      h.name,
      series(`${h.name}_bucket`, { ...h.labels, le: String(bound) }),
      running,
    )
  })
  return [
    ...buckets,
    line('histogram', h.name, series(`${h.name}_bucket`, { ...h.labels, le: '+Inf' }), h.total),
    line('histogram', h.name, series(`${h.name}_sum`, h.labels), h.sum),
    line('histogram', h.name, series(`${h.name}_count`, h.labels), h.total),
  ]
}

/** Lines of one family stand together under one TYPE line, as the format wants. */
function renderText(lines: readonly Line[]): string {
  const families = Map.groupBy(lines, (l) => l.family)
  return [...families]
    .flatMap(([family, members]) => [
      `# TYPE ${family} ${members[0]?.kind ?? 'gauge'}`,
      ...members.map((m) => m.text),
    ])
    .map((text) => `${text}\n`)
    .join('')
}
