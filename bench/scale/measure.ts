import assert from 'node:assert/strict'
import { decide } from '../../src/decide/decide.ts'
import type { PolicySet } from '../../src/decide/policy-set.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { type CompiledPolicies, compilePolicies } from '../../src/policy/compile.ts'
import type { PolicySource } from '../../src/policy/load.ts'

export interface SizeResult {
  readonly name: string
  readonly sourceBytes: number
  /** From text to a set that decides; the first time in a process, and once it is warm. */
  readonly coldMs: number
  readonly warmMs: number
  /** Kept on the heap when the text is forgotten. */
  readonly heapMiB: number
  readonly nsPerDecision: number
}

/** Run as a process of its own with `--expose-gc`: what a set keeps is what the heap has grown by. */
export function measureSize(
  name: string,
  makeSources: () => PolicySource[],
  requests: readonly AccessRequest[],
): SizeResult {
  assert.ok(globalThis.gc !== undefined, 'started without --expose-gc')
  let sources: PolicySource[] = makeSources()
  const sourceBytes = sources.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  globalThis.gc()
  const before = process.memoryUsage().heapUsed
  const coldStart = performance.now()
  const { policies, routes } = compile(sources)
  const coldMs = performance.now() - coldStart
  globalThis.gc()
  const heapMiB = (process.memoryUsage().heapUsed - before) / 2 ** 20
  const nsPerDecision = measureDecisions(policies, requests)
  // The first set stays alive meanwhile, as it does while a running process swaps.
  const warmStart = performance.now()
  compile(sources)
  const warmMs = performance.now() - warmStart
  sources = []
  assert.ok(routes !== null)
  return { name, sourceBytes, coldMs, warmMs, heapMiB, nsPerDecision }
}

function compile(sources: readonly PolicySource[]): CompiledPolicies & { policies: PolicySet } {
  const compiled = compilePolicies(sources)
  const { policies, diagnostics } = compiled
  assert.ok(policies !== null, diagnostics[0]?.message ?? '')
  return { ...compiled, policies }
}

function measureDecisions(policies: PolicySet, requests: readonly AccessRequest[]): number {
  const rounds: number[] = []
  let permits = 0
  for (let round = 0; round < 9; round += 1) {
    const startedAtMs = performance.now()
    let asked = 0
    while (asked < 100_000) {
      for (const request of requests)
        if (decide(policies, request).effect === 'permit') permits += 1
      asked += requests.length
    }
    rounds.push(((performance.now() - startedAtMs) * 1e6) / asked)
  }
  assert.ok(permits > 0)
  return rounds.sort((a, b) => a - b)[rounds.length >> 1] ?? 0
}

/** As they come from the wire: no string is the one the policy holds, subjects do not change. */
export function asked(request: AccessRequest): AccessRequest {
  const copy = JSON.parse(JSON.stringify(request)) as AccessRequest
  Object.freeze(copy.subject.properties)
  Object.freeze(copy.subject)
  return copy
}
