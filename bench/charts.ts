import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawDecisions, drawLatencies, drawThroughput, type Latencies } from './charts/charts.ts'
import { plainScenario } from './gateways/scenarios.ts'
import type { PeersReport } from './gateways/report.ts'
import {
  placeTables,
  writeCheckTable,
  writeGatewayTable,
  writeOpenLoopTable,
  writeScenarioTable,
} from './charts/tables.ts'

// Usage: node bench/charts.ts [REPORT]: draws docs/charts/*.svg from a report of bench:peers, and writes
// the tables of docs/performance.md.
const file = process.argv[2] ?? join(import.meta.dirname, 'results/published.json')
const report = JSON.parse(readFileSync(file, 'utf8')) as PeersReport
const folder = join(import.meta.dirname, '../docs/charts')
mkdirSync(folder, { recursive: true })

function draw(name: string, svg: string): void {
  writeFileSync(join(folder, `${name}.svg`), svg)
  process.stdout.write(`docs/charts/${name}.svg\n`)
}

const { gateways, check, openLoop, rules } = report
const taken = `${report.machine}, Node.js ${report.node}, ${report.takenAt.slice(0, 10)}`
if (gateways !== null) {
  const rows = gateways.rows
    .filter(({ scenario }) => scenario === plainScenario)
    .filter(({ peer }) => !peer.startsWith('the upstream'))
  draw(
    'throughput',
    drawThroughput(
      'Requests per second on one processor',
      `GET with an RS256 token, 31-byte answer, 64 connections; ${taken}`,
      rows.map(({ peer, requestsPerSecond, againstNginx }) => ({
        peer,
        requestsPerSecond,
        note: againstNginx === null ? '' : `${againstNginx.toFixed(2)} of nginx`,
      })),
    ),
  )
  const open: Latencies[] =
    openLoop === null
      ? []
      : [
          { peer: 'half the load: no gateway', ...openLoop.direct },
          { peer: 'half the load: Sallyport', ...openLoop.gateway },
        ]
  draw(
    'latency',
    drawLatencies('Latency with 64 connections, and at half the load in an open loop', taken, [
      ...rows.toSorted((a, b) => a.p50Ms - b.p50Ms),
      ...open,
    ]),
  )
}
if (check !== null) {
  draw(
    'decisions',
    drawThroughput(
      'Decisions per second over HTTP on one processor',
      `One question a request unless said otherwise, 64 connections; ${taken}`,
      check.rows.map(({ peer, evaluationsPerSecond, againstBare }) => ({
        peer,
        requestsPerSecond: evaluationsPerSecond,
        note: peer.includes('100') ? '' : `${againstBare.toFixed(2)} of bare node:http`,
      })),
    ),
  )
}
if (rules !== null) {
  draw(
    'rules',
    drawDecisions(
      'Time of one decision against the number of rules',
      `Role and condition on every rule, in process; ${taken}`,
      rules,
    ),
  )
}
const page = join(import.meta.dirname, '../docs/performance.md')
writeFileSync(
  page,
  placeTables(readFileSync(page, 'utf8'), {
    ...(gateways === null
      ? null
      : {
          gateways: writeGatewayTable(gateways, plainScenario),
          scenarios: writeScenarioTable(gateways, plainScenario),
        }),
    ...(check === null ? null : { check: writeCheckTable(check) }),
    ...(openLoop === null ? null : { 'open loop': writeOpenLoopTable(openLoop) }),
  }),
)
process.stdout.write('docs/performance.md\n')
