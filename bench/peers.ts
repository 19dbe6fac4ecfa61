import { cpus } from 'node:os'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArgs } from 'node:util'
import { type CheckReport, printCheck, runCheck } from './gateways/check.ts'
import { type OpenLoopReport, printOpenLoop, runOpenLoop } from './gateways/open-loop.ts'
import { type GatewayReport, printGateways, runGateways } from './gateways/run.ts'

export interface PeersReport {
  readonly takenAt: string
  readonly node: string
  readonly machine: string
  readonly gateways: GatewayReport | null
  readonly check: CheckReport | null
  readonly openLoop: OpenLoopReport | null
}

const help = `Usage: npm run bench:peers -- [options]

Sallyport beside other gateways, in one run: the program under test alone on one processor, the
load generator (wrk) and the application (nginx) on the other. wrk, nginx and haproxy are
installed by apt-get where that is allowed. Compare the ratios; absolute figures move with the
machine.

  --seconds N   load for each program and round (default 3)
  --rounds N    rounds, in turning order; medians are reported (default 3)
  --part NAME   gateways, check or open-loop
  --only TEXT   scenarios of gateways with this in their name
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

if (values.help) {
  process.stdout.write(help)
} else {
  const seconds = Number(values.seconds)
  const rounds = Number(values.rounds)
  const { build, only } = values
  const isWanted = (part: string): boolean => values.part === undefined || values.part === part
  const report: PeersReport = {
    takenAt: new Date().toISOString(),
    node: process.version,
    machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores`,
    gateways: isWanted('gateways') ? await runGateways({ seconds, rounds, only, build }) : null,
    check: isWanted('check') ? await runCheck({ seconds, rounds, build }) : null,
    openLoop: isWanted('open-loop') ? await runOpenLoop({ seconds: seconds * 5, rounds }) : null,
  }
  const out = (text: string): void => void process.stdout.write(`${text}\n`)
  out(`Node.js ${report.node}, ${report.machine}`)
  if (report.gateways !== null) out(`\n${printGateways(report.gateways)}`)
  if (report.check !== null) out(`\n${printCheck(report.check)}`)
  if (report.openLoop !== null) out(`\n${printOpenLoop(report.openLoop)}`)
  mkdirSync(dirname(values.out), { recursive: true })
  writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`)
  out(`\nWritten to ${values.out}`)
}
