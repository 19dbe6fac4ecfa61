import type { CheckReport } from '../gateways/check.ts'
import type { OpenLoopReport } from '../gateways/open-loop.ts'
import type { GatewayReport } from '../gateways/run.ts'

/** Tables in Markdown by the name that the page gives their place. */
export type Tables = Readonly<Record<string, string>>

export function writeGatewayTable({ rows }: GatewayReport, plain: string): string {
  return table(
    [plain, 'judges', 'requests/s', 'of nginx', 'p50', 'p99', 'p99.9 ms', 'µs', 'core', 'MiB'],
    rows
      .filter(({ scenario }) => scenario === plain)
      .toSorted((a, b) => b.requestsPerSecond - a.requestsPerSecond)
      .map((row) => [
        row.peer,
        row.judges,
        whole(row.requestsPerSecond),
        row.againstNginx?.toFixed(2) ?? '',
        row.p50Ms.toFixed(2),
        row.p99Ms.toFixed(2),
        row.p999Ms.toFixed(2),
        row.cpuUs.toFixed(1),
        row.cpuShare.toFixed(2),
        row.residentMiB.toFixed(0),
      ]),
  )
}

/** Every other thing that was asked, with what all programs answered of it. */
export function writeScenarioTable({ rows }: GatewayReport, plain: string): string {
  const others = rows.filter(({ scenario, peer }) => scenario !== plain && !peer.startsWith('the '))
  return table(
    ['asked', 'of', 'requests/s', 'of nginx', 'p50', 'p99', 'p99.9 ms', 'µs', 'MiB'],
    others.map((row) => [
      row.scenario,
      row.peer,
      whole(row.requestsPerSecond),
      row.againstNginx?.toFixed(2) ?? '',
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
      row.p999Ms.toFixed(2),
      row.cpuUs.toFixed(1),
      row.residentMiB.toFixed(0),
    ]),
  )
}

export function writeCheckTable({ rows }: CheckReport): string {
  return table(
    [
      'decisions over HTTP',
      'requests/s',
      'evaluations/s',
      'of bare node:http',
      'p50',
      'p99 ms',
      'µs',
    ],
    rows.map((row) => [
      row.peer,
      whole(row.requestsPerSecond),
      whole(row.evaluationsPerSecond),
      row.againstBare.toFixed(2),
      row.p50Ms.toFixed(2),
      row.p99Ms.toFixed(2),
      row.cpuUs.toFixed(1),
    ]),
  )
}

export function writeOpenLoopTable({ direct, nginx, gateway, added }: OpenLoopReport): string {
  const rows = [
    ['the upstream, directly', direct],
    ['through nginx, which judges nothing', nginx],
    ['through Sallyport', gateway],
    ['added by Sallyport, the median of the rounds', added],
  ] as const
  return table(
    ['at half of capacity', 'p50', 'p99', 'p99.9', 'max ms'],
    rows.map(([name, { p50Ms, p99Ms, p999Ms, maxMs }]) => [
      name,
      ...[p50Ms, p99Ms, p999Ms, maxMs].map((ms) => ms.toFixed(2)),
    ]),
  )
}

/** The page with each table at the place that is marked for it; throws when a place is missing. */
export function placeTables(page: string, tables: Tables): string {
  let placed = page
  for (const [name, text] of Object.entries(tables)) {
    const begin = `<!-- table: ${name} -->`
    const end = '<!-- end of table -->'
    const from = placed.indexOf(begin)
    const to = placed.indexOf(end, from)
    if (from < 0 || to < 0) throw new Error(`The page has no place for the table "${name}"`)
    placed = `${placed.slice(0, from)}${begin}\n\n${text}\n${placed.slice(to)}`
  }
  return placed
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('')
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en')
}
