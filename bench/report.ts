import type { LoadReport } from './load/run.ts'
import type { Distributions } from './micro/decide-distribution.bench.ts'
import type { MicroResult } from './micro/run.ts'
import type { PeerResult } from './peers/decision-peers.ts'
import type { ScaleReport } from './scale/run.ts'

export interface Report {
  readonly takenAt: string
  readonly node: string
  readonly machine: string
  readonly micro: readonly MicroResult[]
  readonly load: LoadReport | null
  readonly decide: Distributions | null
  readonly peers: readonly PeerResult[]
  readonly scale: ScaleReport | null
}

export function printReport(report: Omit<Report, 'decide' | 'peers' | 'scale'>): void {
  const out = (line: string): void => void process.stdout.write(`${line}\n`)
  out(`Node.js ${report.node}, ${report.machine}`)
  if (report.micro.length > 0) {
    out('\nInside the process                          ns/op')
    for (const { name, nsPerOp } of report.micro) {
      out(`  ${name.padEnd(38)} ${nsPerOp.toFixed(0).padStart(7)}`)
    }
  }
  if (report.load === null) return
  out('\nOver HTTP, medians                       req/s   req/cpu-s    core   p50 ms   p99 ms')
  for (const row of report.load.scenarios) {
    out(
      [
        `  ${row.name.padEnd(34)}`,
        row.requestsPerSecond.toFixed(0).padStart(8),
        (row.requestsPerCpuSecond?.toFixed(0) ?? '-').padStart(11),
        (row.cpuShare?.toFixed(2) ?? '-').padStart(7),
        row.p50Ms.toFixed(1).padStart(8),
        row.p99Ms.toFixed(1).padStart(8),
      ].join(' '),
    )
  }
  out('\nRatios, median of the rounds              wall     cpu')
  for (const ratio of report.load.ratios) {
    out(
      `  ${ratio.name.padEnd(38)} ${ratio.wall.toFixed(2).padStart(6)} ${(ratio.cpu?.toFixed(2) ?? '-').padStart(7)}`,
    )
  }
  out(`\nGateway: ready after ${report.load.startMs.toFixed(0)} ms`)
  if (report.load.residentMiB !== null) {
    out(`Gateway: ${report.load.residentMiB.toFixed(0)} MiB resident under load`)
  }
}
