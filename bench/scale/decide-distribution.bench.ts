import { pathToFileURL } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import { decide } from '../../src/decide/decide.ts'
import { buildPolicySet, type PolicySet } from '../../src/decide/policy-set.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { policyOf, requestsFor } from '../micro/decide.bench.ts'

export interface Distribution {
  readonly rules: number
  readonly p50Ns: number
  readonly p99Ns: number
  /** Of single decisions: what a clock call costs is subtracted, its jitter is not. */
  readonly singleP50Ns: number
  readonly singleP99Ns: number
  readonly meanNs: number
  readonly bytesPerDecision: number
}

export const distributionSizes = [
  { resources: 1, roles: 10 },
  { resources: 1_000, roles: 1_000 },
]

const batchSize = 32
const batches = 60_000
const singles = 300_000
const warmUp = 1_000_000

/** Decisions timed 32 at a time, less what the timing costs; the percentiles are over batches. */
export function measureDistribution(size: { resources: number; roles: number }): Distribution {
  const set = buildPolicySet(policyOf(size))
  const requests = requestsFor(size)
  run(set, requests, warmUp)
  const overheadNs = median(sample(20_000, () => undefined))
  let next = 0
  const batched = sample(batches, () => {
    for (let at = 0; at < batchSize; at += 1) {
      decide(set, requests[next] ?? fallback)
      next = next + 1 === requests.length ? 0 : next + 1
    }
  }).map((ns) => Math.max(0, ns - overheadNs) / batchSize)
  const single = sample(singles, () => {
    decide(set, requests[next] ?? fallback)
    next = next + 1 === requests.length ? 0 : next + 1
  }).map((ns) => Math.max(0, ns - overheadNs))
  const before = getHeapStatistics().total_allocated_bytes
  run(set, requests, warmUp)
  const bytes = getHeapStatistics().total_allocated_bytes - before
  batched.sort((a, b) => a - b)
  single.sort((a, b) => a - b)
  return {
    rules: set.ruleCount,
    p50Ns: percentile(batched, 0.5),
    p99Ns: percentile(batched, 0.99),
    singleP50Ns: percentile(single, 0.5),
    singleP99Ns: percentile(single, 0.99),
    meanNs: batched.reduce((sum, ns) => sum + ns, 0) / batched.length,
    bytesPerDecision: bytes / warmUp,
  }
}

const fallback: AccessRequest = {
  subject: { type: '', id: '', properties: {} },
  action: { name: '', properties: {} },
  resource: { type: '', id: '', properties: {} },
  context: {},
  timeMs: 0,
}

function run(set: PolicySet, requests: readonly AccessRequest[], decisions: number): number {
  let permits = 0
  for (let done = 0; done < decisions; done += requests.length) {
    for (const request of requests) if (decide(set, request).effect === 'permit') permits += 1
  }
  return permits
}

function sample(times: number, act: () => void): Float64Array {
  const taken = new Float64Array(times)
  for (let at = 0; at < times; at += 1) {
    const startedAt = process.hrtime.bigint()
    act()
    taken[at] = Number(process.hrtime.bigint() - startedAt)
  }
  return taken
}

function median(values: Float64Array): number {
  return percentile(values.toSorted(), 0.5)
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export function printDistributions(results: readonly Distribution[]): string {
  const rows = results.map((each) =>
    [
      `  ${each.rules.toLocaleString('en').padStart(9)} rules`,
      each.p50Ns.toFixed(0).padStart(8),
      each.p99Ns.toFixed(0).padStart(8),
      each.singleP50Ns.toFixed(0).padStart(10),
      each.singleP99Ns.toFixed(0).padStart(8),
      each.bytesPerDecision.toFixed(1).padStart(10),
    ].join(''),
  )
  const [small, large] = results
  const ratio = small === undefined || large === undefined ? 0 : large.p50Ns / small.p50Ns
  return `One decision, ns                  p50     p99   one: p50     p99     bytes\n${rows.join('\n')}\n  ratio of the medians ${ratio.toFixed(2)}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${printDistributions(distributionSizes.map(measureDistribution))}\n`)
}
