import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { runLoad } from './load/run.ts'
import { measureDistributions, printDistributions } from './micro/decide-distribution.bench.ts'
import { runMicro } from './micro/run.ts'
import { printPeers, runPeers } from './peers/decision-peers.ts'
import { printReport, type Report } from './report.ts'
import { printScale, runScale } from './scale/run.ts'

const help = `Usage: npm run bench -- [options]

Runs every benchmark in one go: micro-benchmarks in this process, then gateway and decision
API as real processes beside the yardsticks, with autocannon, in rotation; then how long one
decision takes with few and with many rules, one question to other engines, and policies of real
sizes. Compare the ratios; absolute figures move with the
machine.

  --seconds N   load per scenario and round (default 5)
  --rounds N    rounds, in turning order; medians are reported (default 3)
  --only NAME   micro, load, decide, peers or scale
  --out FILE    JSON report (default bench/results/latest.json)
`

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
    out: { type: 'string', default: 'bench/results/latest.json' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})

if (values.help) {
  process.stdout.write(help)
} else {
  const { only } = values
  const isWanted = (name: string): boolean => only === undefined || only === name
  const report: Report = {
    takenAt: new Date().toISOString(),
    node: process.version,
    machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores`,
    micro: isWanted('micro') ? await runMicro() : [],
    load: isWanted('load')
      ? await runLoad({ seconds: Number(values.seconds), rounds: Number(values.rounds) })
      : null,
    decide: isWanted('decide') ? measureDistributions() : null,
    peers: isWanted('peers') ? await runPeers() : [],
    scale: isWanted('scale') ? await runScale() : null,
  }
  printReport(report)
  if (report.decide !== null) process.stdout.write(`\n${printDistributions(report.decide)}\n`)
  if (report.peers.length > 0) process.stdout.write(`\n${printPeers(report.peers)}\n`)
  if (report.scale !== null) process.stdout.write(`\n${printScale(report.scale)}\n`)
  mkdirSync(dirname(values.out), { recursive: true })
  writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`)
  process.stdout.write(`\nWritten to ${values.out}\n`)
}
