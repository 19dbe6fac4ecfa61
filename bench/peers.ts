import { cpus } from 'node:os'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import type { DecisionTime } from './charts/charts.ts'
import { printCheck, runCheck } from './gateways/check.ts'
import { printOpenLoop, runOpenLoop } from './gateways/open-loop.ts'
import type { PeersReport } from './gateways/report.ts'
import { type GatewayReport, printGateways, runGateways } from './gateways/run.ts'
import { benchDecide } from './micro/decide.bench.ts'

const help = `Usage: npm run bench:peers -- [options]

Sallyport beside other gateways, in one run: the program under test alone on one processor, the
load generator (wrk) and the application (nginx) on the other. wrk, nginx and haproxy are
installed by apt-get where that is allowed. Compare the ratios; absolute figures move with the
machine.

  --seconds N   load for each program and round (default 3)
  --rounds N    rounds, in turning order; medians are reported (default 3)
  --part NAME   gateways, check, open-loop or rules; the others are kept as they are in the report
  --only TEXT   scenarios of gateways with this in their name, several with a semicolon between
  --build       build oauth2-proxy, Oathkeeper, heimdall and OPA where they are missing, with the
                Go toolchain, in ~/.cache/sallyport-peers
  --out FILE    JSON report (default bench/results/peers.json)
`

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    rounds: { type: 'string', default: '3' },
    part: { type: 'string' },
    only: { type: 'string', default: '' },
    build: { type: 'boolean', default: false },
    out: { type: 'string', default: 'bench/results/peers.json' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

/** Scenarios that were not taken now stay as they were. */
function merged(before: PeersReport['gateways'] | undefined, now: GatewayReport): GatewayReport {
  const taken = new Set(now.rows.map(({ scenario }) => scenario))
  const kept = before?.rows.filter(({ scenario }) => !taken.has(scenario)) ?? []
  return { ...now, rows: [...kept, ...now.rows] }
}

/** A decision with so many rules, a hundred to a resource. */
function measureRules(): DecisionTime[] {
  return [1, 10, 100, 1_000].map((resources) => ({
    rules: resources * 100,
    ns: benchDecide({ resources, roles: resources === 1 ? 10 : resources }).nsPerOp,
  }))
}

if (values.help) {
  process.stdout.write(help)
} else {
  const seconds = Number(values.seconds)
  const rounds = Number(values.rounds)
  const { build } = values
  const only = values.only.split(';')
  const isWanted = (part: string): boolean => values.part === undefined || values.part === part
  const before: Partial<PeersReport> =
    values.part !== undefined && existsSync(values.out)
      ? (JSON.parse(readFileSync(values.out, 'utf8')) as PeersReport)
      : {}
  const report: PeersReport = {
    takenAt: new Date().toISOString(),
    node: process.version,
    machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores`,
    gateways: isWanted('gateways')
      ? merged(before.gateways, await runGateways({ seconds, rounds, only, build }))
      : (before.gateways ?? null),
    check: isWanted('check') ? await runCheck({ seconds, rounds, build }) : (before.check ?? null),
    openLoop: isWanted('open-loop')
      ? await runOpenLoop({ seconds: seconds * 2, rounds: rounds * 2 })
      : (before.openLoop ?? null),
    rules: isWanted('rules') ? measureRules() : (before.rules ?? null),
  }
  const out = (text: string): void => void process.stdout.write(`${text}\n`)
  out(`Node.js ${report.node}, ${report.machine}`)
  if (report.gateways !== null) out(`\n${printGateways(report.gateways)}`)
  if (report.check !== null) out(`\n${printCheck(report.check)}`)
  if (report.openLoop !== null) out(`\n${printOpenLoop(report.openLoop)}`)
  mkdirSync(dirname(values.out), { recursive: true })
  writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`)
  for (const { rules, ns } of report.rules ?? [])
    out(`  ${rules} rules: ${ns.toFixed(0)} ns a decision`)
  out(`\nWritten to ${values.out}`)
}
