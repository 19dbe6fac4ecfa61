import { pathToFileURL } from 'node:url'
import { getHeapStatistics } from 'node:v8'
import { decide } from '../../src/decide/decide.ts'
import { buildPolicySet, type PolicySet } from '../../src/decide/policy-set.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { policyOf, requestsFor, type Size } from './decide.bench.ts'

export interface Distribution {
  readonly rules: number
  /** Of decisions timed together, `batchSize` at a time. */
  readonly p50Ns: number
  readonly p99Ns: number
  /** Of single decisions: what a clock call costs is subtracted, its jitter is not. */
  readonly singleP50Ns: number
  readonly singleP99Ns: number
  /** When nothing is known of the subject, so that its roles are worked out for the decision. */
  readonly newSubjectP50Ns: number
  readonly bytesPerDecision: number
}

export interface Distributions {
  readonly sizes: readonly Distribution[]
  /** Of the medians of the last size and the first: the median over the rounds. */
  readonly ratio: number
}

const sizes: readonly Size[] = [
  { resources: 1, roles: 10 },
  { resources: 1_000, roles: 1_000 },
]

const batchSize = 32
/** Even: each size is first in half of them. */
const rounds = 60
/** Each asks every request once. */
const batchesPerRound = 256
const singlesPerRound = 2_048
const warmUp = 1_000_000

/**
 * Both sizes in one process, in short turns of either order, so that whatever else the machine does
 * meets both alike. As many requests of the same kind for each, no two of them sharing an object, and
 * each of them read shortly before the clock starts, as one is that has just come in: what is timed
 * is what the policy set costs. The percentiles are medians of those of the rounds.
 */
export function measureDistributions(): Distributions {
  const measured = sizes.map((size) => new Measured(size))
  for (let round = 0; round < rounds; round += 1) {
    for (const each of round % 2 === 0 ? measured : measured.toReversed()) each.measureRound()
  }
  const [small, large] = [measured[0], measured.at(-1)]
  const ratios = small?.p50s.map((ns, round) => (large?.p50s[round] ?? 0) / ns) ?? []
  return { sizes: measured.map((each) => each.result()), ratio: median(ratios) }
}

class Measured {
  readonly p50s: number[] = []
  readonly #p99s: number[] = []
  readonly #singleP50s: number[] = []
  readonly #singleP99s: number[] = []
  readonly #newP50s: number[] = []
  readonly #set: PolicySet
  readonly #requests: readonly AccessRequest[]
  readonly #unknown: readonly AccessRequest[]
  #next = 0

  constructor(size: Size) {
    this.#set = buildPolicySet(policyOf(size))
    this.#requests = requestsFor(size)
    this.#unknown = this.#requests.map((request) => ({
      ...request,
      subject: { ...request.subject },
    }))
    run(this.#set, this.#requests, warmUp)
    run(this.#set, this.#unknown, warmUp / 10)
  }

  measureRound(): void {
    const clockNs = median(this.#sample(this.#requests, 0, 2_000))
    const timed = (requests: readonly AccessRequest[], size: number, times: number): number[] =>
      this.#sample(requests, size, times)
        .map((ns) => Math.max(0, ns - clockNs) / size)
        .sort((a, b) => a - b)
    const batched = timed(this.#requests, batchSize, batchesPerRound)
    this.p50s.push(percentile(batched, 0.5))
    this.#p99s.push(percentile(batched, 0.99))
    const single = timed(this.#requests, 1, singlesPerRound)
    this.#singleP50s.push(percentile(single, 0.5))
    this.#singleP99s.push(percentile(single, 0.99))
    this.#newP50s.push(percentile(timed(this.#unknown, batchSize, batchesPerRound / 10), 0.5))
  }

  result(): Distribution {
    const before = getHeapStatistics().total_allocated_bytes
    run(this.#set, this.#requests, warmUp)
    const bytes = getHeapStatistics().total_allocated_bytes - before
    return {
      rules: this.#set.ruleCount,
      p50Ns: median(this.p50s),
      p99Ns: median(this.#p99s),
      singleP50Ns: median(this.#singleP50s),
      singleP99Ns: median(this.#singleP99s),
      newSubjectP50Ns: median(this.#newP50s),
      bytesPerDecision: bytes / warmUp,
    }
  }

  /** How long it takes to decide so many requests at a time. */
  #sample(requests: readonly AccessRequest[], size: number, times: number): number[] {
    const taken: number[] = []
    for (let time = 0; time < times; time += 1) {
      if (this.#next + size > requests.length) this.#next = 0
      const from = this.#next
      this.#next += size
      for (let at = from; at < from + size; at += 1) readAll(requests[at])
      const startedAt = process.hrtime.bigint()
      for (let at = from; at < from + size; at += 1) {
        const request = requests[at]
        if (request !== undefined) decide(this.#set, request)
      }
      taken.push(Number(process.hrtime.bigint() - startedAt))
    }
    return taken
  }
}

let charactersRead = 0

/** Brings a request into the cache. */
function readAll(value: unknown): void {
  if (typeof value === 'string') charactersRead += value.charCodeAt(value.length - 1)
  else if (typeof value === 'object') for (const name in value) readAll(value[name as keyof object])
}

function run(set: PolicySet, requests: readonly AccessRequest[], decisions: number): number {
  let permits = 0
  for (let done = 0; done < decisions; done += requests.length) {
    for (const request of requests) if (decide(set, request).effect === 'permit') permits += 1
  }
  return permits
}

function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((a, b) => a - b),
    0.5,
  )
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

export function printDistributions({ sizes: measured, ratio }: Distributions): string {
  const rows = measured.map((each) =>
    [
      `  ${each.rules.toLocaleString('en').padStart(9)} rules`,
      each.p50Ns.toFixed(0).padStart(8),
      each.p99Ns.toFixed(0).padStart(8),
      each.singleP50Ns.toFixed(0).padStart(10),
      each.singleP99Ns.toFixed(0).padStart(8),
      each.newSubjectP50Ns.toFixed(0).padStart(13),
      each.bytesPerDecision.toFixed(1).padStart(10),
    ].join(''),
  )
  const title =
    'One decision, ns                  p50     p99   one: p50     p99  new subject     bytes'
  return `${title}\n${rows.join('\n')}\n  ratio of the medians ${ratio.toFixed(2)}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${printDistributions(measureDistributions())}\n`)
  if (charactersRead === 0) process.exitCode = 1
}
