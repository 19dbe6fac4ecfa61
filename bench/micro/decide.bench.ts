import assert from 'node:assert/strict'
import { pathToFileURL } from 'node:url'
import { decide } from '../../src/decide/decide.ts'
import { type PolicySet, buildPolicySet } from '../../src/decide/policy-set.ts'
import type { Condition, PolicySpec, RuleSpec } from '../../src/decide/policy-spec.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compileCondition } from '../../src/policy/expression.ts'
import {
  type ExpressionScope,
  conditionScope,
  openConditionDeclarations,
  openDeclarations,
  roleScope,
} from '../../src/policy/expression-scope.ts'
import { Random } from '../../test/differential/random.ts'
import { type RoundTimes, timeRounds } from './rounds.ts'

export interface MicroResult extends RoundTimes {
  readonly name: string
}

export interface Size {
  readonly resources: number
  readonly roles: number
}

const rulesPerResource = 100
const actions = ['view', 'file', 'edit', 'approve', 'delete']
const rolesPerResource = 10
const rolesPerSubject = 3
/** Each by a subject of its own: more than stay in the nearest caches. */
const requests = 8_192
const rounds = 15
const decisionsPerRound = 400_000

/** Names are equally long at every size: how a string is kept and compared depends on that. */
function nameOf(kind: 'role' | 'group' | 'resource', at: number): string {
  return `${kind}-${String(at).padStart(6, '0')}`
}

function compiled<Frame>(text: string, scope: ExpressionScope<Frame>): Condition<Frame> {
  const condition = compileCondition(text, scope)
  assert.ok(condition.ok)
  return condition.evaluate
}

/** Every rule asks for a role and has a condition; one in ten denies. */
export function policyOf({ resources, roles }: Size): PolicySpec {
  const scope = conditionScope(openConditionDeclarations)
  const subjectScope = roleScope(openDeclarations)
  const ruleOf = (type: string, at: number, seed: number): RuleSpec => ({
    id: `${type}/rule-${at}`,
    effect: at % 10 === 9 ? 'deny' : 'permit',
    actions: [actions[at % actions.length] ?? 'view'],
    roles: [nameOf('role', (seed * rolesPerResource + ((at >> 3) % rolesPerResource)) % roles)],
    condition: compiled(
      at % 10 === 9
        ? 'resource.owner == subject.id'
        : `resource.department == subject.department && resource.amount <= ${1_000 * (1 + ((seed + at) % 50))}.0`,
      scope,
    ),
    location: `${type}.yaml:${at}:1`,
  })
  return {
    digest: 'bench',
    roles: Array.from({ length: roles }, (_, at) => ({
      name: nameOf('role', at),
      inherits: [],
      condition: compiled(`"${nameOf('group', at)}" in subject.groups`, subjectScope),
    })),
    resources: Array.from({ length: resources }, (_, seed) => {
      const type = nameOf('resource', seed)
      const rules = Array.from({ length: rulesPerResource }, (_, at) => ruleOf(type, at, seed))
      return { type, actions, rules }
    }),
  }
}

/**
 * As they come from the wire: no string is the one the policy holds. Resource, action and roles are
 * drawn anew for each, so that no question says anything about the next. To compare sizes, a
 * decision has as many candidates at each: a subject holds three roles, drawn from the ten that the
 * rules of the resource ask for, however many roles and resources there are besides.
 */
export function requestsFor({ resources, roles }: Size): readonly AccessRequest[] {
  const random = new Random(1)
  return Array.from({ length: requests }, (_, at) => {
    const seed = random.below(resources)
    const chosen = new Set<number>()
    while (chosen.size < rolesPerSubject) chosen.add(random.below(rolesPerResource))
    const groups = Array.from(chosen, (n) => nameOf('group', (seed * rolesPerResource + n) % roles))
    const text = JSON.stringify({
      subject: { type: 'user', id: `user-${at}`, properties: { department: 'sales', groups } },
      action: { name: random.pick(actions), properties: {} },
      resource: {
        type: nameOf('resource', seed),
        id: String(at),
        properties: {
          owner: `user-${at + (random.happens(5) ? 0 : 1)}`,
          department: 'sales',
          amount: 120.5,
        },
      },
      context: {},
      timeMs: 1_700_000_000_000,
    })
    const request = JSON.parse(text) as AccessRequest
    Object.freeze(request.subject)
    return request
  })
}

function measure(set: PolicySet, asked: readonly AccessRequest[]): RoundTimes {
  let permits = 0
  const times = timeRounds(rounds, decisionsPerRound, () => {
    for (let done = 0; done < decisionsPerRound; done += asked.length) {
      for (const request of asked) if (decide(set, request).effect === 'permit') permits += 1
    }
  })
  assert.ok(permits > 0)
  return times
}

/** Nanoseconds per decision with a known subject: roles, one condition, attributes. */
export function benchDecide(size: Size = { resources: 1, roles: 10 }): MicroResult {
  const rules = size.resources * rulesPerResource
  const times = measure(buildPolicySet(policyOf(size)), requestsFor(size))
  return { name: `decide: ${rules.toLocaleString('en')} rules`, ...times }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const size of [
    { resources: 1, roles: 10 },
    { resources: 1_000, roles: 1_000 },
  ]) {
    const { name, nsPerOp } = benchDecide(size)
    process.stdout.write(`${name}: ${nsPerOp.toFixed(0)} ns\n`)
  }
}
