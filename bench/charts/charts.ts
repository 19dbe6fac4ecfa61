import { bar, dot, drawing, line, type Node, path, text } from './svg.ts'

export interface Throughput {
  readonly peer: string
  readonly requestsPerSecond: number
  readonly note: string
}

export interface Latencies {
  readonly peer: string
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
}

export interface DecisionTime {
  readonly rules: number
  readonly ns: number
}

const width = 860
const labels = 290
const top = 74
const row = 30

/** Bars, the longest first; `own` are those of this program. */
export function drawThroughput(title: string, faint: string, rows: readonly Throughput[]): string {
  const sorted = rows.toSorted((a, b) => b.requestsPerSecond - a.requestsPerSecond)
  const most = sorted[0]?.requestsPerSecond ?? 1
  const space = width - labels - 190
  const nodes = sorted.flatMap(({ peer, requestsPerSecond, note }, index): Node[] => {
    const y = top + index * row
    const length = Math.max(1, (requestsPerSecond / most) * space)
    const said = Math.round(requestsPerSecond).toLocaleString('en')
    const own = isOwn(peer)
    return [
      text(labels - 10, y + 15, peer, own ? 'bold' : '', 'end'),
      bar(labels, y, length, 20, own ? 'own' : 'bar'),
      text(labels + length + 8, y + 15, note === '' ? said : `${said} (${note})`),
    ]
  })
  return drawing(width, top + sorted.length * row + 16, title, [
    text(16, 50, faint, 'faint'),
    ...nodes,
  ])
}

/** Three dots for each, on a logarithmic scale. */
export function drawLatencies(title: string, faint: string, rows: readonly Latencies[]): string {
  const values = rows.flatMap(({ p50Ms, p999Ms }) => [p50Ms, p999Ms])
  const low = 10 ** Math.floor(Math.log10(Math.min(...values)))
  const high = 10 ** Math.ceil(Math.log10(Math.max(...values)))
  const space = width - labels - 40
  const xOf = (ms: number): number => labels + (Math.log(ms / low) / Math.log(high / low)) * space
  const bottom = top + rows.length * row
  const nodes: Node[] = []
  for (let ms = low; ms <= high * 1.001; ms *= 10) {
    nodes.push(line(xOf(ms), top - 8, xOf(ms), bottom, 'grid'))
    nodes.push(text(xOf(ms), bottom + 18, `${Number(ms.toPrecision(3))} ms`, 'faint', 'middle'))
  }
  for (const [index, { peer, p50Ms, p99Ms, p999Ms }] of rows.entries()) {
    const y = top + index * row + 10
    const own = isOwn(peer)
    nodes.push(
      text(labels - 10, y + 5, peer, own ? 'bold' : '', 'end'),
      line(xOf(p50Ms), y, xOf(p999Ms), y, own ? 'own-line' : 'line'),
      dot(xOf(p50Ms), y, 'p50'),
      dot(xOf(p99Ms), y, 'p99'),
      dot(xOf(p999Ms), y, 'p999'),
    )
  }
  const key = [
    ['p50', 'p50'],
    ['p99', 'p99'],
    ['p999', 'p99.9'],
  ] as const
  for (const [index, [kind, name]] of key.entries()) {
    const x = width - 210 + index * 66
    nodes.push(dot(x, 24, kind), text(x + 10, 29, name))
  }
  return drawing(width, bottom + 32, title, [text(16, 50, faint, 'faint'), ...nodes])
}

export function drawDecisions(title: string, faint: string, rows: readonly DecisionTime[]): string {
  const height = 320
  const bottom = height - 46
  const left = 70
  const inset = 40
  const space = width - left - inset - 60
  const most = Math.max(...rows.map(({ ns }) => ns)) * 1.25
  const [first, last] = [rows[0]?.rules ?? 1, rows.at(-1)?.rules ?? 10]
  const xOf = (rules: number): number =>
    left + inset + (Math.log(rules / first) / Math.log(last / first)) * space
  const yOf = (ns: number): number => bottom - (ns / most) * (bottom - top)
  const step = 10 ** Math.floor(Math.log10(most)) / 2
  const nodes: Node[] = []
  for (let ns = 0; ns <= most; ns += step) {
    nodes.push(line(left, yOf(ns), left + inset + space, yOf(ns), 'grid'))
    nodes.push(text(left - 8, yOf(ns) + 4, `${ns} ns`, 'faint', 'end'))
  }
  nodes.push(
    path(
      rows.map(({ rules, ns }) => [xOf(rules), yOf(ns)] as const),
      'own-line',
    ),
  )
  for (const { rules, ns } of rows) {
    nodes.push(
      dot(xOf(rules), yOf(ns), 'own'),
      text(xOf(rules), yOf(ns) - 12, `${Math.round(ns)} ns`, 'bold', 'middle'),
      text(xOf(rules), bottom + 20, `${rules.toLocaleString('en')} rules`, 'faint', 'middle'),
    )
  }
  return drawing(width, height, title, [text(16, 50, faint, 'faint'), ...nodes])
}

function isOwn(peer: string): boolean {
  return peer.includes('Sallyport') && !peer.includes('auth_request')
}
