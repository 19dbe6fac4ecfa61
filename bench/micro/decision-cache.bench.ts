import assert from 'node:assert/strict'
import { LRUCache } from 'lru-cache'
import { decide } from '../../src/decide/decide.ts'
import { buildPolicySet } from '../../src/decide/policy-set.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import type { Decision } from '../../src/model/decision.ts'
import { policyOf, requestsFor } from './decide.bench.ts'
import { timeRounds } from './rounds.ts'

// Usage: node bench/micro/decision-cache.bench.ts
// What a cache of decisions would have to beat: docs/decisions/006-no-decision-cache.md.
const size = { resources: 1_000, roles: 1_000 }
const set = buildPolicySet(policyOf(size))
const asked = requestsFor(size)
const perRound = 200_000
const cache = new LRUCache<string, Decision>({ max: 10_000 })

/** All that these rules read, and nothing more: what a sound key has to hold at the least. */
function keyOf({ subject, action, resource }: AccessRequest): string {
  const { owner, department, amount } = resource.properties
  const { groups, department: own } = subject.properties
  return JSON.stringify([
    set.digest,
    subject.type,
    subject.id,
    groups,
    own,
    action.name,
    resource.type,
    owner,
    department,
    amount,
  ])
}

/** As above, when the identity is known by a number and every value is plain. */
function shortKeyOf({ subject, action, resource }: AccessRequest): string {
  const { owner, department, amount } = resource.properties
  return `${subject.id}\n${action.name}\n${resource.type}\n${String(owner)}\n${String(department)}\n${String(amount)}`
}

function cached(key: (request: AccessRequest) => string): (request: AccessRequest) => Decision {
  return (request) => {
    const name = key(request)
    const kept = cache.get(name)
    if (kept !== undefined) return kept
    const decision = decide(set, request)
    cache.set(name, decision)
    return decision
  }
}

function measure(name: string, answer: (request: AccessRequest) => Decision): void {
  let permits = 0
  const { nsPerOp } = timeRounds(9, perRound, () => {
    for (let done = 0; done < perRound; done += asked.length) {
      for (const request of asked) if (answer(request).effect === 'permit') permits += 1
    }
  })
  assert.ok(permits > 0)
  process.stdout.write(`${name}: ${nsPerOp.toFixed(0)} ns\n`)
}

measure('decided by the engine', (request) => decide(set, request))
measure('found in a cache, by everything the rules read', cached(keyOf))
cache.clear()
measure('found in a cache, by the shortest key there could be', cached(shortKeyOf))
