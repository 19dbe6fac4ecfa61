import { stringify } from 'yaml'
import type { AccessRequest } from '../../src/model/access-request.ts'
import {
  type CerbosEffect,
  type CerbosResult,
  type CerbosServer,
  resourcesPerCall,
} from './cerbos-server.ts'
import type { Condition } from './condition.ts'
import {
  actions,
  type Answer,
  granting,
  type Pair,
  type PolicyCase,
  type ResourceCase,
  type RuleCase,
  type RuleOutcome,
} from './policy-case.ts'
import { cerbosNames, printCel } from './print-cel.ts'

type Outcome = 'yes' | 'no' | 'failed'

/**
 * Besides the rules themselves each condition becomes two actions of its own, permitted when it is
 * true and when it is false: where neither is, Cerbos could not evaluate it. So every rule can be
 * compared, also where one that cannot be evaluated is passed over by Cerbos and denies here.
 */
export function printCerbos(policy: PolicyCase): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const definitions = policy.roles.flatMap(({ name, when }) =>
    when === null ? [] : [{ name, parentRoles: ['*'], condition: match(when) }],
  )
  const library = `roles-${policy.number}`
  if (definitions.length > 0) {
    const derivedRoles = { name: library, definitions }
    files.set(`${library}.yaml`, stringify({ apiVersion, derivedRoles }))
  }
  for (const resource of policy.resources) {
    const resourcePolicy = {
      resource: resource.type,
      version: 'default',
      ...(definitions.length > 0 ? { importDerivedRoles: [library] } : {}),
      rules: [
        ...resource.rules.flatMap((rule) => printRule(policy, rule)),
        ...probesOf(policy, resource).flatMap(({ name, when }) => [
          probeRule(name, when),
          probeRule(`not-${name}`, { kind: 'not', part: when }),
        ]),
      ],
    }
    files.set(`${resource.type}.yaml`, stringify({ apiVersion, resourcePolicy }))
  }
  return files
}

const apiVersion = 'api.cerbos.dev/v1'

function match(when: Condition): object {
  return { match: { expr: printCel(when, cerbosNames) } }
}

function printRule(policy: PolicyCase, rule: RuleCase): readonly object[] {
  const asked = rule.roles === null ? null : rolesThatSuffice(policy, rule.roles)
  // Cerbos wants at least one role; nobody can hold these.
  if (asked?.length === 0) return []
  return [
    {
      actions: rule.actions === '*' ? actions : rule.actions,
      effect: rule.effect === 'permit' ? 'EFFECT_ALLOW' : 'EFFECT_DENY',
      ...(asked === null ? { roles: ['*'] } : { derivedRoles: asked }),
      ...(rule.when === null ? {} : { condition: match(rule.when) }),
    },
  ]
}

/** Roles with a condition of their own: each is a derived role, and brings others along. */
function rolesThatSuffice(policy: PolicyCase, roles: readonly string[]): readonly string[] {
  const all = new Set(roles.flatMap((name) => [...granting(policy, name)]))
  return policy.roles
    .filter(({ name, when }) => when !== null && all.has(name))
    .map((role) => role.name)
}

interface Probe {
  readonly name: string
  readonly when: Condition
}

function probesOf(policy: PolicyCase, resource: ResourceCase): readonly Probe[] {
  return [
    ...resource.rules.map(({ id, when }) => ({ name: id, when })),
    ...policy.roles.map(({ name, when }) => ({ name: `role-${name}`, when })),
  ].flatMap(({ name, when }) => (when === null ? [] : [{ name, when }]))
}

function probeRule(name: string, when: Condition): object {
  return { actions: [name], effect: 'EFFECT_ALLOW', roles: ['*'], condition: match(when) }
}

/** Pairs in, answers out in the same order; what differs in the action alone is asked as one. */
export async function askCerbos(
  server: CerbosServer,
  pairs: readonly Pair[],
): Promise<readonly Answer[]> {
  const askers = new Map<string, Map<AccessRequest['resource'], Question>>()
  for (const [at, { policy, request }] of pairs.entries()) {
    const key = JSON.stringify([request.subject, request.context])
    const questions = askers.get(key) ?? new Map<AccessRequest['resource'], Question>()
    askers.set(key, questions)
    const question = questions.get(request.resource) ?? { policy, request, places: [] }
    questions.set(request.resource, question)
    question.places.push(at)
  }
  const answers: Answer[] = []
  for (const questions of askers.values()) {
    const asked = [...questions.values()]
    for (let start = 0; start < asked.length; start += resourcesPerCall) {
      const batch = asked.slice(start, start + resourcesPerCall)
      const results = await call(server, batch)
      for (const [index, { places }] of batch.entries()) {
        for (const at of places) {
          const [pair, result] = [pairs[at], results[index]]
          if (pair === undefined || result === undefined) throw new Error('an answer is missing')
          answers[at] = readAnswer(pair, result)
        }
      }
    }
  }
  return answers
}

interface Question extends Pair {
  /** Of the pairs that it answers. */
  readonly places: number[]
}

function call(
  server: CerbosServer,
  questions: readonly Question[],
): Promise<readonly CerbosResult[]> {
  const [first] = questions
  if (first === undefined) throw new Error('nothing to ask')
  const { subject, context } = first.request
  return server.check({
    principal: { id: subject.id, roles: ['user'], attr: { ...subject.properties, context } },
    resources: questions.map(({ policy, request: { resource } }) => ({
      resource: { kind: resource.type, id: resource.id, attr: resource.properties },
      actions: [
        ...actions,
        ...probesOf(policy, resourceOf(policy, resource.type)).flatMap(({ name }) => [
          name,
          `not-${name}`,
        ]),
      ],
    })),
  })
}

function readAnswer({ policy, request }: Pair, { actions: effects }: CerbosResult): Answer {
  const isAllowed = (action: string): boolean => effectOf(effects, action) === 'EFFECT_ALLOW'
  const outcomeOf = (probe: string, when: Condition | null): Outcome => {
    if (when === null || isAllowed(probe)) return 'yes'
    return isAllowed(`not-${probe}`) ? 'no' : 'failed'
  }
  const roleOutcome = (roles: readonly string[] | null): Outcome => {
    if (roles === null) return 'yes'
    const suffice = new Set(rolesThatSuffice(policy, roles))
    const outcomes = policy.roles
      .filter(({ name }) => suffice.has(name))
      .map(({ name, when }) => outcomeOf(`role-${name}`, when))
    if (outcomes.includes('yes')) return 'yes'
    return outcomes.includes('failed') ? 'failed' : 'no'
  }
  const rules = resourceOf(policy, request.resource.type).rules.filter(
    (rule) => rule.actions === '*' || rule.actions.includes(request.action.name),
  )
  return {
    effect: isAllowed(request.action.name) ? 'permit' : 'deny',
    rules: Object.fromEntries(
      rules.map(({ id, roles, when }) => [
        id,
        ruleOutcome(roleOutcome(roles), outcomeOf(id, when)),
      ]),
    ),
  }
}

function ruleOutcome(role: Outcome, condition: Outcome): RuleOutcome {
  if (role === 'no') return 'role_missing'
  if (condition === 'no') return 'condition_false'
  return role === 'failed' || condition === 'failed' ? 'failed' : 'matched'
}

function effectOf(effects: CerbosResult['actions'], action: string): CerbosEffect {
  const effect = effects[action]
  if (effect === undefined) throw new Error(`Cerbos says nothing about "${action}"`)
  return effect
}

function resourceOf(policy: PolicyCase, type: string): ResourceCase {
  const found = policy.resources.find((resource) => resource.type === type)
  if (found === undefined) throw new Error(`no resource "${type}"`)
  return found
}
