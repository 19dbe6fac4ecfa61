import type { Combining, RoleSpec, RuleSpec } from '../decide/policy-spec.ts'
import type { Steps } from '../model/steps.ts'
import type { Findings } from '../source/findings.ts'
import { quote, quoteList } from '../source/quote.ts'
import type { DefinedNames } from './definitions.ts'
import type { CompiledResource, CompiledResources } from './resources.ts'
import { bringing, type CompiledRoles, heldWith } from './roles.ts'
import type { CompiledRoute } from './routes.ts'
import type { CompiledRule } from './rules.ts'

/** Earlier rules a rule is compared with, per action: keeps a long list from costing its square. */
const MAX_COMPARED = 64

/** What compiles and is probably not meant: warnings only. */
export function* analyse(
  roles: CompiledRoles,
  shared: DefinedNames,
  resources: CompiledResources,
  routes: readonly CompiledRoute[],
  findings: Findings,
): Steps<void> {
  warnAboutUnusedDefinitions(shared, resources, findings)
  // Those with a condition can be held, and so can what these inherit.
  const conditional = [...roles.keys()].filter((name) => isGranted(roles.get(name)?.spec))
  const reachable = heldWith(conditional, roles)
  warnAboutRoles(roles, resources, reachable, findings)
  const closures = new Closures(roles)
  for (const resource of resources.values()) {
    yield
    warnAboutUnreachableRules(resource, reachable, findings)
    warnAboutShadowedRules(resource, closures, findings)
    warnAboutUnpermittedActions(resource, findings)
  }
  for (const route of routes) {
    yield
    warnAboutMissingAttributes(route, resources, findings)
  }
}

function isGranted(spec: RoleSpec | undefined): boolean {
  return spec !== undefined && (spec.condition !== null || spec.assigned !== undefined)
}

/** What comes with a role, worked out for the roles that are asked about. */
class Closures {
  readonly #roles: CompiledRoles
  readonly #known = new Map<string, ReadonlySet<string>>()

  constructor(roles: CompiledRoles) {
    this.#roles = roles
  }

  brings(role: string, other: string): boolean {
    if (role === other) return true
    let held = this.#known.get(role)
    if (held === undefined) {
      held = heldWith([role], this.#roles)
      this.#known.set(role, held)
    }
    return held.has(other)
  }
}

function warnAboutRoles(
  roles: CompiledRoles,
  resources: CompiledResources,
  reachable: ReadonlySet<string>,
  findings: Findings,
): void {
  const named = new Set<string>()
  for (const { spec } of resources.values()) {
    for (const role of spec.rules.flatMap(rolesOfRule)) named.add(role)
  }
  const used = bringing(named, roles)
  for (const [name, { syntax }] of roles) {
    if (!used.has(name)) {
      findings.warnAtKey(syntax.place, {
        code: 'unused-role',
        message: `no rule is about role ${quote(name)}, nor about a role it inherits`,
      })
    }
    if (!reachable.has(name)) {
      findings.warnAtKey(syntax.place, {
        code: 'unreachable-role',
        message: `nobody can hold role ${quote(name)}: it has no condition and no role that can be held inherits it`,
        hint: 'add "when: CONDITION", or an assignment',
      })
    }
  }
}

function warnAboutUnreachableRules(
  { rules }: CompiledResource,
  reachable: ReadonlySet<string>,
  findings: Findings,
): void {
  for (const { spec, syntax } of rules) {
    if (canApply(spec, reachable)) continue
    findings.warn(syntax.id ?? syntax.place, {
      code: 'unreachable-rule',
      message: `rule ${quote(spec.id)} applies to nobody: nobody can hold ${quoteList(rolesOfRule(spec))}`,
    })
  }
}

/** Roles of which a rule needs one, and those that its derived roles need. */
function rolesOfRule({ roles, derivedRoles = [] }: RuleSpec): readonly string[] {
  return [...(roles ?? []), ...derivedRoles.flatMap((derived) => derived.roles ?? [])]
}

function canApply({ roles, derivedRoles = [] }: RuleSpec, reachable: ReadonlySet<string>): boolean {
  const canHold = (names: readonly string[] | null): boolean =>
    names === null || names.some((role) => reachable.has(role))
  return canHold(roles) || derivedRoles.some((derived) => canHold(derived.roles))
}

/** A rule that another one answers for in every case: it cannot change a decision. */
function warnAboutShadowedRules(
  { rules, spec: { combining = 'deny-overrides' } }: CompiledResource,
  closures: Closures,
  findings: Findings,
): void {
  const seen = new Map<string, CompiledRule[]>()
  const coveringRule = (rule: CompiledRule, action: string): CompiledRule | undefined => {
    const candidates = seen.get(action)?.slice(0, MAX_COMPARED) ?? []
    return candidates.find((other) => covers(other, rule, closures))
  }
  for (const rule of inOrder(rules, combining)) {
    const { spec, syntax } = rule
    const covering = spec.actions.map((action) => coveringRule(rule, action))
    const [by] = covering
    if (by !== undefined && covering.every((other) => other !== undefined)) {
      const verb = by.spec.effect === 'deny' ? 'denies' : 'permits'
      findings.warn(syntax.id ?? syntax.place, {
        code: 'shadowed-rule',
        message: `rule ${quote(spec.id)} changes no decision: rule ${quote(by.spec.id)} at ${by.spec.location} ${verb} the same already`,
      })
      continue
    }
    for (const action of spec.actions) {
      const list = seen.get(action)
      if (list === undefined) seen.set(action, [rule])
      else list.push(rule)
    }
  }
}

/** In the order in which they are asked: what outweighs others comes before them. */
function inOrder(rules: readonly CompiledRule[], combining: Combining): readonly CompiledRule[] {
  if (combining === 'first-applicable') return rules
  const first = combining === 'deny-overrides' ? 'deny' : 'permit'
  return [
    ...rules.filter((rule) => rule.spec.effect === first),
    ...rules.filter((rule) => rule.spec.effect !== first),
  ]
}

/** Whenever `rule` matches, `other` does: asks no other condition and of no other people. */
function covers(other: CompiledRule, rule: CompiledRule, closures: Closures): boolean {
  const when = other.syntax.when?.value
  if (when !== undefined && when !== rule.syntax.when?.value) return false
  const { derivedRoles = [], obligations, output, requirement, roles } = other.spec
  if (requirement !== undefined) return false
  // One that obliges to something, or fails to, is another answer.
  if (obligations !== undefined || output !== undefined) return false
  if (roles === null) return true
  if (rule.spec.roles === null) return false
  const isBrought = (role: string): boolean => roles.some((name) => closures.brings(role, name))
  return (
    rule.spec.roles.every(isBrought) &&
    (rule.spec.derivedRoles ?? []).every(
      (derived) =>
        derivedRoles.some(({ name }) => name === derived.name) ||
        derived.roles?.every(isBrought) === true,
    )
  )
}

function warnAboutUnusedDefinitions(
  shared: DefinedNames,
  resources: CompiledResources,
  findings: Findings,
): void {
  const used = new Set([...resources.values()].flatMap((resource) => [...resource.used]))
  const own = [...resources.values()].map(({ syntax }) => syntax)
  const variables = [...shared.variables.values(), ...own.flatMap((each) => each.variables)]
  for (const { name, place } of variables) {
    if (used.has(name)) continue
    findings.warnAtKey(place, {
      code: 'unused-variable',
      message: `nothing reads variable ${quote(name)}`,
    })
  }
  const roles = [...shared.derivedRoles.values(), ...own.flatMap((each) => each.derivedRoles)]
  for (const { name, place } of roles) {
    if (used.has(name)) continue
    findings.warnAtKey(place, {
      code: 'unused-role',
      message: `no rule is about derived role ${quote(name)}`,
    })
  }
}

function warnAboutUnpermittedActions(
  { syntax, spec: { rules } }: CompiledResource,
  findings: Findings,
): void {
  const permitted = new Set(
    rules.filter((rule) => rule.effect === 'permit').flatMap((rule) => rule.actions),
  )
  for (const action of syntax.actions) {
    if (permitted.has(action.value)) continue
    findings.warn(action, {
      code: 'action-never-permitted',
      message: `no rule permits ${quote(action.value)}: it is denied to everybody`,
    })
  }
}

/** Through the gateway a rule knows of a resource only what the route takes from the request. */
function warnAboutMissingAttributes(
  { spec, syntax }: CompiledRoute,
  resources: CompiledResources,
  findings: Findings,
): void {
  const given = new Set(['id', 'type', ...spec.properties.map(([name]) => name)])
  const lacking = (rule: CompiledRule): readonly string[] =>
    rule.references
      .filter((reference) => reference.startsWith('resource.'))
      .map((reference) => reference.slice('resource.'.length).split('.', 1)[0] ?? '')
      .filter((name) => !given.has(name))
      .filter((name) => !rule.texts.some((text) => text.includes(`has(resource.${name})`)))
  const rules = resources.get(spec.resourceType)?.rules ?? []
  const concerned = rules.filter((rule) => rule.spec.actions.includes(spec.action))
  for (const rule of concerned) {
    const [name] = lacking(rule)
    if (rule.spec.effect !== 'deny' || name === undefined) continue
    findings.warnAtKey(syntax.place, {
      code: 'route-lacks-attribute',
      message: `rule ${quote(rule.spec.id)} reads resource.${name}, which the route does not give: a deny rule that cannot be evaluated denies`,
      hint: `give it under "attributes", or test it first with has(resource.${name})`,
    })
  }
  const listed = resources.get(spec.resourceType)?.spec.rules ?? []
  const isListed = listed.some(
    ({ acl, actions, effect }) =>
      acl !== undefined && effect === 'permit' && actions.includes(spec.action),
  )
  if (isListed) return
  const permits = concerned.filter((rule) => rule.spec.effect === 'permit')
  const names = new Set(permits.flatMap((rule) => lacking(rule).slice(0, 1)))
  if (permits.length === 0 || !permits.every((rule) => lacking(rule).length > 0)) return
  findings.warnAtKey(syntax.place, {
    code: 'route-lacks-attribute',
    message: `no rule can permit ${quote(spec.action)} through this route: each reads an attribute that the route does not give (${[...names].join(', ')})`,
    hint: 'give it under "attributes"',
  })
}
