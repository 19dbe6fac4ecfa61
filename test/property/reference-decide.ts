import assert from 'node:assert/strict'
import type { Combining } from '../../src/decide/policy-spec.ts'
import type { AccessRequest, Subject } from '../../src/model/access-request.ts'
import {
  type DeclaredTypes,
  ReferenceFailure,
  isWrong,
  namesOfRequest,
  namesOfSubject,
  referenceCondition,
} from './reference-expression.ts'

export interface RoleModel {
  readonly name: string
  readonly inherits: readonly string[]
  readonly when: string | null
  readonly groups: readonly string[]
  readonly subjects: readonly string[]
  /** As written. */
  readonly subjectType: string | null
  /** Assigned for resources of the scope and below. */
  readonly within: readonly {
    readonly scope: string
    readonly groups: readonly string[]
    readonly subjects: readonly string[]
    readonly subjectType: string | null
  }[]
}

export interface DerivedRoleModel {
  readonly name: string
  readonly roles: readonly string[] | null
  readonly when: string
}

/** An entry of a list: `*` and `**` in an id are wildcards. */
interface AclModel {
  readonly resources: readonly string[]
  readonly subjects: readonly string[]
  /** As written. */
  readonly subjectType: string | null
  readonly groups: readonly string[]
  readonly expiresMs: number | null
}

export interface RuleModel {
  readonly id: string
  readonly effect: 'permit' | 'deny'
  readonly actions: readonly string[]
  readonly roles: readonly string[] | null
  /** Each suffices as one of `roles` does; empty where `roles` is null. */
  readonly derivedRoles: readonly DerivedRoleModel[]
  readonly when: string | null
  /** Of permit rules: of `context.acr` and `context.amr` one is needed; and the age of the sign-in. */
  readonly acr: readonly string[] | null
  readonly amr: readonly string[] | null
  readonly maxAgeS: number | null
  /** `resource.NAME` or `context.NAME`, which is handed to the caller as an obligation and as output. */
  readonly tells: string | null
  /** Then the rule has no condition, and one of its subjects, groups or roles suffices. */
  readonly acl: AclModel | null
}

export interface PolicyModel {
  readonly roles: readonly RoleModel[]
  /** Lists of roles of which nobody may hold two, in whatever scopes. */
  readonly separated: readonly (readonly string[])[]
  /** Lists of roles of which nobody may hold two towards one resource. */
  readonly separatedWithinScope: readonly (readonly string[])[]
  /** Roles of which only one may be used on a resource; `resource.used` lists those that were. */
  readonly usedApart?: readonly string[]
  /** What attributes are declared to be; a value of another type cannot be read. */
  readonly types?: DeclaredTypes
  readonly scopes: readonly { readonly name: string; readonly isOpen: boolean }[]
  readonly resources: readonly ResourceModel[]
}

export interface ResourceModel {
  readonly type: string
  readonly version: string
  readonly isScopeRequired: boolean
  readonly actions: readonly string[]
  readonly combining: Combining
  readonly rules: readonly RuleModel[]
  readonly scoped: readonly { readonly scope: string; readonly rules: readonly RuleModel[] }[]
}

export interface ReferenceDecision {
  readonly effect: 'permit' | 'deny'
  readonly reason: string
  readonly rules: readonly string[]
  /** Ids of the rules that failed on the way. */
  readonly errors: readonly string[]
  /** What the deciding rule tells. */
  readonly told?: unknown
}

type Outcome = 'yes' | 'no' | 'failed'

interface Judged {
  readonly rule: RuleModel
  /** `unmet`: it applies, but the subject has not signed in as it requires. */
  readonly outcome: Outcome | 'unmet'
  readonly told: unknown
}

/** What `docs` and design say about deciding, rule by rule and without any index. */
export function referenceDecide(policy: PolicyModel, request: AccessRequest): ReferenceDecision {
  const versions = policy.resources.filter(({ type }) => type === request.resource.type)
  if (versions.length === 0) return deny('unknown_resource_type')
  const asked = 'policy_version' in request.context ? request.context['policy_version'] : 'default'
  const resource = versions.find(({ version }) => version === asked)
  if (resource === undefined) return deny('unknown_policy_version')
  const scope = scopeOf(policy, request)
  if (scope === null) return deny('unknown_scope')
  if (scope === '' && resource.isScopeRequired) return deny('scope_missing')
  if (!resource.actions.includes(request.action.name)) return deny('unknown_action')
  const spoken = policiesFor(resource, scope).map((rules) =>
    rules.filter(({ actions }) => actions.includes(request.action.name)),
  )
  const rules = spoken.flat().filter(({ acl }) => acl === null)
  const lists = spoken.map((each) => each.filter(({ acl }) => acl !== null))
  const judged = [
    ...rules.map((rule) => judge(policy, rule, request)),
    ...lists.flatMap((entries) => judgeEntries(policy, entries, 'deny', request)),
    ...lists.flatMap((entries) => judgeEntries(policy, entries, 'permit', request)),
  ]
  const decision = walk(inOrder(resource.combining, judged))
  assert.equal(decision.effect, effectOf(resource.combining, judged))
  return decision
}

/** Empty: the root; null: none that anybody declares. */
function scopeOf({ scopes }: PolicyModel, { resource }: Pick<AccessRequest, 'resource'>) {
  const named = resource.properties['scope']
  if (scopes.length === 0 || named === undefined) return ''
  if (typeof named !== 'string') return null
  if (named === '' || scopes.some(({ name }) => name === named)) return named
  const parts = named.split('.')
  if (parts.length > 8 || !parts.every((part) => /^[a-z0-9][a-z0-9_-]{0,62}$/u.test(part)))
    return null
  const above = parts.map((_, at) => parts.slice(0, at).join('.')).reverse()
  const nearest = above.map((name) => scopes.find((scope) => scope.name === name)).find(Boolean)
  return nearest?.isOpen === true ? nearest.name : null
}

function liesWithin(scope: string, other: string): boolean {
  return other === '' || scope === other || scope.startsWith(`${other}.`)
}

/** The rules of the scope, then those of the scope above it, and so on, each by themselves. */
function policiesFor(
  { rules, scoped }: ResourceModel,
  scope: string,
): readonly (readonly RuleModel[])[] {
  const parts = scope.split('.')
  const upwards = parts.map((_, at) => parts.slice(0, parts.length - at).join('.'))
  const own = upwards.flatMap((name) => scoped.filter((each) => each.scope === name))
  return [...own.map((each) => each.rules), rules]
}

/** The effect alone, as each algorithm is defined. */
function effectOf(combining: Combining, judged: readonly Judged[]): 'permit' | 'deny' {
  const permits = judged.some(({ rule, outcome }) => rule.effect === 'permit' && outcome === 'yes')
  const denies = judged.some(
    ({ rule, outcome }) => rule.effect === 'deny' && (outcome === 'yes' || outcome === 'failed'),
  )
  switch (combining) {
    case 'deny-overrides':
      return permits && !denies ? 'permit' : 'deny'
    case 'permit-overrides':
    case 'deny-unless-permit':
      return permits ? 'permit' : 'deny'
    case 'first-applicable': {
      const first = judged.find(
        ({ rule, outcome }) =>
          outcome === 'yes' || (outcome === 'failed' && rule.effect === 'deny'),
      )
      return first?.rule.effect ?? 'deny'
    }
  }
}

function inOrder(combining: Combining, judged: readonly Judged[]): readonly Judged[] {
  if (combining === 'first-applicable') return judged
  const first = combining === 'deny-overrides' ? 'deny' : 'permit'
  return [
    ...judged.filter(({ rule }) => rule.effect === first),
    ...judged.filter(({ rule }) => rule.effect !== first),
  ]
}

function walk(judged: readonly Judged[]): ReferenceDecision {
  const errors: string[] = []
  let unmet: string | null = null
  const stepUp = (): ReferenceDecision => deny('step_up_required', [unmet ?? ''], errors)
  for (const { rule, outcome, told } of judged) {
    if (outcome === 'no') continue
    if (outcome === 'unmet') {
      unmet ??= rule.id
      continue
    }
    if (outcome === 'failed') {
      errors.push(rule.id)
      if (rule.effect === 'permit') continue
      return unmet === null ? deny('deny_rule_failed', [rule.id], errors) : stepUp()
    }
    if (rule.effect === 'deny') {
      if (unmet !== null) return stepUp()
      if (told instanceof ReferenceFailure) errors.push(rule.id, rule.id)
      return { ...deny('denied_by_rule', [rule.id], errors), ...tell(told) }
    }
    return {
      effect: 'permit',
      reason: 'permitted_by_rule',
      rules: [rule.id],
      errors,
      ...tell(told),
    }
  }
  return unmet === null ? deny('no_applicable_rule', [], errors) : stepUp()
}

function tell(told: unknown): Pick<ReferenceDecision, 'told'> {
  return told === undefined || told instanceof ReferenceFailure ? {} : { told }
}

/** A permit that obliges to what cannot be said counts as failed. */
function judge(policy: PolicyModel, rule: RuleModel, request: AccessRequest): Judged {
  const outcome = both(
    rulesRoles(policy, rule, request),
    conditionOutcome(policy, rule.when, request),
  )
  const told = rule.tells === null ? undefined : readPath(policy, rule.tells, request)
  if (outcome !== 'yes') return { rule, outcome, told }
  if (!isMet(rule, request)) return { rule, outcome: 'unmet', told }
  const isLost = rule.effect === 'permit' && told instanceof ReferenceFailure
  return { rule, outcome: isLost ? 'failed' : 'yes', told }
}

/** `resource.owner` or `context.channel`, as JSON can say it. */
function readPath(
  { types }: PolicyModel,
  path: string,
  { resource, context }: AccessRequest,
): unknown {
  const [root, name = ''] = path.split('.')
  const value = (root === 'resource' ? resource.properties : context)[name]
  const isSayable = value !== undefined && !Number.isNaN(value) && !isWrong(types, path, value)
  return isSayable ? value : new ReferenceFailure(path)
}

/** The lists of a policy speak with one voice: the first entry that applies, else the first that is open. */
function judgeEntries(
  policy: PolicyModel,
  entries: readonly RuleModel[],
  effect: 'permit' | 'deny',
  request: AccessRequest,
): readonly Judged[] {
  const judged = entries
    .filter((entry) => entry.effect === effect)
    .map((rule): Judged => ({
      rule,
      outcome: entryOutcome(policy, rule, request),
      told: undefined,
    }))
  const first = (wanted: Outcome): Judged | undefined =>
    judged.find(({ outcome }) => outcome === wanted)
  const found = first('yes') ?? first('failed')
  return found === undefined ? [] : [found]
}

function entryOutcome(
  policy: PolicyModel,
  { acl, effect, roles }: RuleModel,
  { resource, subject, timeMs }: AccessRequest,
): Outcome {
  if (acl === null) return 'no'
  if (acl.expiresMs !== null && timeMs >= acl.expiresMs) return 'no'
  if (!acl.resources.some((pattern) => fits(pattern, resource.id))) return 'no'
  const groups = subject.properties['groups']
  const inGroup = (): Outcome => {
    if (!Array.isArray(groups)) return 'failed'
    return acl.groups.some((group) => groups.includes(group)) ? 'yes' : 'no'
  }
  return any([
    isNamed(acl, subject, effect) ? 'yes' : 'no',
    acl.groups.length === 0 ? 'no' : inGroup(),
    rolesOutcome(policy, roles, { resource, subject }),
  ])
}

/** An id alone permits a user, and denies whoever bears it. */
export function isNamed(
  { subjects, subjectType }: Pick<AclModel, 'subjects' | 'subjectType'>,
  { id, type }: Subject,
  effect: 'permit' | 'deny',
): boolean {
  const wanted = subjectType ?? (effect === 'permit' ? 'user' : '*')
  return subjects.includes(id) && (wanted === '*' || wanted === type)
}

function fits(pattern: string, id: string): boolean {
  const parts = pattern.split(/(\*+)/u).map((part) => {
    if (part === '*') return '[^/]*'
    return part.startsWith('*') ? '[^]*' : part.replaceAll(/[.+?^${}()|[\]\\]/gu, '\\$&')
  })
  return new RegExp(`^${parts.join('')}$`, 'u').test(id)
}

function isMet({ acr, amr, maxAgeS }: RuleModel, { context, timeMs }: AccessRequest): boolean {
  if (acr !== null && !acr.some((value) => value === context['acr'])) return false
  const used = context['amr']
  if (amr !== null && !(Array.isArray(used) && amr.some((each) => used.includes(each))))
    return false
  if (maxAgeS === null) return true
  const signedInAtS = context['auth_time']
  return typeof signedInAtS === 'number' && timeMs / 1000 - signedInAtS <= maxAgeS
}

function rulesRoles(policy: PolicyModel, rule: RuleModel, request: AccessRequest): Outcome {
  const derived = rule.derivedRoles.map((role) =>
    both(rolesOutcome(policy, role.roles, request), conditionOutcome(policy, role.when, request)),
  )
  const direct = rule.roles?.map((name) =>
    both(
      rolesOutcome(policy, [name], request),
      rule.effect === 'deny' ? 'yes' : usableOutcome(policy, name, request),
    ),
  )
  return any([...(direct ?? ['yes' as const]), ...derived])
}

/** Dynamic separation of duty: whether no other role of the list has been used on the resource. */
function usableOutcome(policy: PolicyModel, role: string, { resource }: AccessRequest): Outcome {
  const own = apartOf(policy, role)
  if (own.length === 0) return 'yes'
  const used: unknown = resource.properties['used']
  if (!Array.isArray(used) || used.some((name) => typeof name !== 'string')) return 'failed'
  const apartUsed = used.flatMap((name) => apartOf(policy, String(name)))
  return own.every((each) => apartUsed.every((other) => other === each)) ? 'yes' : 'no'
}

/** The roles that must not be used together for which a role stands: itself, or those it inherits. */
export function apartOf(
  policy: Pick<PolicyModel, 'roles' | 'usedApart'>,
  name: string,
): readonly string[] {
  if (policy.usedApart?.includes(name) === true) return [name]
  const inherited = policy.roles.find((role) => role.name === name)?.inherits ?? []
  return inherited.flatMap((each) => apartOf(policy, each))
}

type Holding = Pick<AccessRequest, 'subject' | 'resource'>

/** Towards one resource. */
export function referenceRoles(policy: PolicyModel, holding: Holding): readonly string[] {
  const held = policy.roles.filter(({ name }) => roleOutcome(policy, name, holding) === 'yes')
  return held.map(({ name }) => name)
}

function deny(
  reason: string,
  rules: readonly string[] = [],
  errors: readonly string[] = [],
): ReferenceDecision {
  return { effect: 'deny', reason, rules, errors }
}

function both(a: Outcome, b: Outcome): Outcome {
  if (a === 'no' || b === 'no') return 'no'
  return a === 'failed' || b === 'failed' ? 'failed' : 'yes'
}

function any(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes('yes')) return 'yes'
  return outcomes.includes('failed') ? 'failed' : 'no'
}

function conditionOutcome(
  { types }: PolicyModel,
  when: string | null,
  request: AccessRequest,
): Outcome {
  return when === null ? 'yes' : outcome(referenceCondition(when, namesOfRequest(request, types)))
}

function rolesOutcome(
  policy: PolicyModel,
  roles: readonly string[] | null,
  holding: Holding,
): Outcome {
  return roles === null ? 'yes' : any(roles.map((name) => roleOutcome(policy, name, holding)))
}

/** Of two roles that exclude each other and may both be held neither counts, nor what brings them. */
function roleOutcome(policy: PolicyModel, name: string, holding: Holding): Outcome {
  const { subject } = holding
  const scope = scopeOf(policy, holding) ?? ''
  const own = grantOutcome(policy, name, subject, scope)
  if (own === 'no') return 'no'
  const clashes = (names: readonly string[], where: string | null): boolean =>
    names.some((each) => brings(policy, name, each)) &&
    names.filter((each) => grantOutcome(policy, each, subject, where) !== 'no').length > 1
  const isLost =
    policy.separated.some((names) => clashes(names, null)) ||
    policy.separatedWithinScope.some((names) => clashes(names, scope))
  return isLost ? 'failed' : own
}

function brings(policy: PolicyModel, name: string, wanted: string): boolean {
  if (name === wanted) return true
  const inherited = policy.roles.find((role) => role.name === name)?.inherits ?? []
  return inherited.some((each) => brings(policy, each, wanted))
}

/**
 * A role is held when its own condition says so or that of a role which brings it along; `scope`
 * null: in any scope at all.
 */
function grantOutcome(
  policy: PolicyModel,
  name: string,
  subject: Subject,
  scope: string | null,
): Outcome {
  const granting = new Set([name])
  for (const granted of granting) {
    for (const role of policy.roles) if (role.inherits.includes(granted)) granting.add(role.name)
  }
  const granters = policy.roles.filter((role) => granting.has(role.name))
  const assigned = granters.flatMap(({ groups, subjects, subjectType, within }) => [
    { groups, subjects, subjectType },
    ...within.filter((each) => scope === null || liesWithin(scope, each.scope)),
  ])
  const conditions = granters.flatMap(({ when }) => (when === null ? [] : [when]))
  const held = subject.properties['groups']
  const isIn = (group: string): Outcome => {
    if (!Array.isArray(held)) return 'failed'
    return held.includes(group) ? 'yes' : 'no'
  }
  return any([
    ...conditions.map((when) =>
      outcome(referenceCondition(when, namesOfSubject(subject, policy.types))),
    ),
    ...assigned.flatMap(({ groups }) => groups.map(isIn)),
    assigned.some((each) => isNamed(each, subject, 'permit')) ? 'yes' : 'no',
  ])
}

function outcome(result: boolean | ReferenceFailure): Outcome {
  if (result instanceof ReferenceFailure) return 'failed'
  return result ? 'yes' : 'no'
}
