import { decide } from '../decide/decide.ts'
import type { PolicySet } from '../decide/policy-set.ts'
import type { Combining, Requirement, RuleSpec } from '../decide/policy-spec.ts'
import { policyName } from '../decide/policy-choice.ts'
import { rolesTowards } from '../decide/roles.ts'
import { TraceRecorder, type TraceResult, type TraceStep } from '../decide/trace.ts'
import type { AccessRequest } from '../model/access-request.ts'
import type { Decision, Effect } from '../model/decision.ts'
import { isInstant } from '../model/instant.ts'
import { quote, quoteList } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'

/** One decision with everything that led to it, as data. */
export interface Explanation {
  readonly decision: Decision
  /** `"ann" may not approve expense "e-1"`. */
  readonly answer: string
  /** Why, in one sentence. */
  readonly because: string
  /** What could be looked at next; null when there is nothing to suggest. */
  readonly hint: string | null
  readonly roles: readonly string[]
  /** Whose rules these are, that of the deepest scope first; empty: no policy answers. */
  readonly policies: readonly string[]
  /** Every rule about the action on the resource type, in the order they are asked. */
  readonly rules: readonly ExplainedRule[]
}

export interface ExplainedRule {
  readonly id: string
  readonly effect: Effect
  readonly result: TraceResult
  /** It made the decision. */
  readonly decided: boolean
  readonly location: string
  /** Why it has that result, in words. */
  readonly why: string
}

export function explain(set: PolicySet, request: AccessRequest): Explanation {
  const trace = new TraceRecorder()
  const decision = decide(set, request, trace)
  return explainTrace(set, request, decision, trace.steps)
}

/** As `explain`, of a decision that has been made already. */
export function explainTrace(
  set: PolicySet,
  request: AccessRequest,
  decision: Decision,
  steps: readonly TraceStep[],
): Explanation {
  const specs = new Map(set.rules.map((rule) => [rule.id, rule]))
  const roles = rolesTowards(set, request)
  const rules = steps.map((step) => ({
    id: step.rule,
    effect: step.effect,
    result: step.result,
    decided: decision.rules.includes(step.rule),
    location: step.location,
    why: describeStep(step, specs.get(step.rule), request, roles),
  }))
  const { subject, action, resource } = request
  const may = decision.effect === 'permit' ? 'may' : 'may not'
  const what = resource.id === '' ? resource.type : `${resource.type} ${quote(resource.id)}`
  return {
    decision,
    answer: `${quote(subject.id)} ${may} ${action.name} ${what}`,
    ...giveReason(set, request, decision, rules),
    roles,
    policies: policiesFor(set, request),
    rules,
  }
}

function policiesFor(set: PolicySet, request: AccessRequest): readonly string[] {
  const chosen = set.choice.find(request)
  const names: string[] = []
  for (let at = typeof chosen === 'string' ? null : chosen; at !== null; at = at.above) {
    names.push(at.name)
  }
  return names
}

type Reason = Pick<Explanation, 'because' | 'hint'>

function giveReason(
  set: PolicySet,
  request: AccessRequest,
  decision: Decision,
  rules: readonly ExplainedRule[],
): Reason {
  const { action, context, resource } = request
  const name = policiesFor(set, request).at(-1) ?? ''
  const policy = set.resources.find(({ type, version }) => policyName(type, version) === name)
  const combining = policy?.combining ?? 'deny-overrides'
  const [rule] = rules.filter((each) => each.decided)
  const named = rule === undefined ? 'a rule' : `rule ${quote(rule.id)} at ${rule.location}`
  switch (decision.reason) {
    case 'permitted_by_rule':
      return { because: `${named} permits it${permitReasons[combining]}`, hint: null }
    case 'denied_by_rule':
      return { because: `${named} denies it${denyReasons[combining]}`, hint: null }
    case 'step_up_required':
      return {
        because: `${named} would permit it, had the subject signed in as the rule requires`,
        hint: rule?.why ?? null,
      }
    case 'deny_rule_failed':
      return {
        because: `${named} denies such requests and could not be evaluated: it then counts as matched`,
        hint: rule?.why ?? null,
      }
    case 'no_applicable_rule':
      return { because: 'no rule permits it, and what no rule permits is denied', hint: null }
    case 'unknown_resource_type': {
      const types = new Set(set.resources.map((each) => each.type))
      return {
        because: `no policy is about resources of type ${quote(resource.type)}`,
        hint: suggest(resource.type, types, 'resource types'),
      }
    }
    case 'unknown_policy_version': {
      const versions = set.choice.versionsOf(resource.type)
      const asked = context['policy_version'] ?? 'default'
      return {
        because: `resource ${quote(resource.type)} has no policy of version ${JSON.stringify(asked)}`,
        hint: suggest(textOf(asked), versions, 'its versions'),
      }
    }
    case 'unknown_scope': {
      const asked = resource.properties['scope']
      return {
        because: `no file declares the scope ${JSON.stringify(asked)}`,
        hint: suggest(textOf(asked), set.scopes.names, 'declared scopes'),
      }
    }
    case 'scope_missing':
      return {
        because: `resource ${quote(resource.type)} belongs to a scope, and the question names none`,
        hint: 'give the property "scope"',
      }
    case 'unknown_action': {
      return {
        because: `resource ${quote(name)} declares no action ${quote(action.name)}`,
        hint: suggest(action.name, policy?.actions ?? [], 'its actions'),
      }
    }
    case 'malformed_question':
      return { because: decision.errors[0]?.message ?? 'the question is malformed', hint: null }
    case 'unknown_obligation':
      return { because: 'the permit asks for something that cannot be done here', hint: null }
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

const permitReasons: Readonly<Record<Combining, string>> = {
  'deny-overrides': ' and no rule denies it',
  'permit-overrides': ', and here a permit outweighs every deny',
  'deny-unless-permit': ', and here a permit outweighs every deny',
  'first-applicable': ' and is the first that applies',
}

const denyReasons: Readonly<Record<Combining, string>> = {
  'deny-overrides': ', and a deny outweighs every permit',
  'permit-overrides': ' and no rule permits it',
  'deny-unless-permit': ' and no rule permits it',
  'first-applicable': ' and is the first that applies',
}

function describeStep(
  step: TraceStep,
  rule: RuleSpec | undefined,
  request: AccessRequest,
  held: readonly string[],
): string {
  const condition = rule?.written
  switch (step.result) {
    case 'matched':
      return condition === undefined
        ? 'applies without a condition'
        : `applies: ${condition.text}${values(condition.references, request)}`
    case 'role_missing': {
      const roles = [
        ...(rule?.roles ?? []),
        ...(rule?.derivedRoles ?? []).map((derived) => derived.name),
      ]
      const excluded = excludedRoles(rule, held)
      if (excluded.length > 0) {
        return `excluded by what has been used on the resource: ${quoteList(excluded)}`
      }
      const needed = roles.length === 1 ? 'role' : 'one of the roles'
      return `needs the ${needed} ${quoteList(roles)}`
    }
    case 'condition_false':
      return `does not apply: ${condition?.text ?? ''}${values(condition?.references ?? [], request)}`
    case 'step_up':
      return `applies once the subject signs in ${describeRequirement(rule?.requirement)}`
    case 'not_listed':
      return describeListing(rule?.acl, request)
    case 'expired':
      return `expired at ${new Date(rule?.acl?.expiresMs ?? 0).toISOString()}`
    case 'failed':
      return `could not be evaluated: ${step.message ?? ''}`
  }
}

function describeListing(acl: RuleSpec['acl'], { subject }: AccessRequest): string {
  const { resources = [], subjects = [], subjectType } = acl ?? {}
  if (subjectType !== undefined && subjects.includes(subject.id)) {
    return `names a ${subjectType} ${quote(subject.id)}, and who asks is a ${subject.type}`
  }
  return `lists others for ${quoteList(resources)}`
}

/** Held, and without effect here for the sake of dynamic separation of duty. */
function excludedRoles(rule: RuleSpec | undefined, held: readonly string[]): readonly string[] {
  return (rule?.derivedRoles ?? [])
    .filter(({ name, roles }) => roles?.includes(name) === true && held.includes(name))
    .map(({ name }) => name)
}

function describeRequirement(requirement: Requirement | undefined): string {
  const { acr = null, amr = null, maxAgeS = null } = requirement ?? {}
  const parts = [
    acr === null ? '' : `with acr ${acr.map(quote).join(' or ')}`,
    amr === null ? '' : `with amr ${amr.map(quote).join(' or ')}`,
    maxAgeS === null ? '' : `at most ${maxAgeS} s ago`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

const MAX_VALUE = 120

/** ` (resource.owner is "ann", subject.id is "bob")`: what the condition saw. */
function values(references: readonly string[], request: AccessRequest): string {
  const seen = references.map((reference) => `${reference} is ${valueOf(reference, request)}`)
  return seen.length === 0 ? '' : ` (${seen.join(', ')})`
}

function valueOf(reference: string, request: AccessRequest): string {
  if (reference === 'now') return isoTime(request.timeMs)
  try {
    return textAt(reference, request)
  } catch {
    // A program that embeds the engine may hold what JSON cannot say: cycles, big integers, getters.
    return 'a value that cannot be shown'
  }
}

function isoTime(timeMs: number): string {
  return isInstant(timeMs) ? new Date(timeMs).toISOString() : 'no time'
}

function textAt(reference: string, request: AccessRequest): string {
  const [root = '', ...path] = reference.split('.')
  const start = rootValue(root, path[0] ?? '', request)
  if (start === undefined) return 'absent'
  let value = start.value
  for (const name of path.slice(start.used)) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return 'absent'
    value = (value as Readonly<Record<string, unknown>>)[name]
  }
  const text = JSON.stringify(value) ?? 'absent'
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text
}

interface RootValue {
  readonly value: unknown
  /** Steps of the path that are used up. */
  readonly used: number
}

function rootValue(
  root: string,
  member: string,
  { subject, resource, action, context }: AccessRequest,
): RootValue | undefined {
  switch (root) {
    case 'subject':
    case 'resource': {
      const entity = root === 'subject' ? subject : resource
      if (member === 'id') return { value: entity.id, used: 1 }
      if (member === 'type') return { value: entity.type, used: 1 }
      return { value: entity.properties, used: 0 }
    }
    case 'action':
      if (member === 'name') return { value: action.name, used: 1 }
      return { value: action.properties, used: 0 }
    case 'context':
      return { value: context, used: 0 }
    default:
      return undefined
  }
}
