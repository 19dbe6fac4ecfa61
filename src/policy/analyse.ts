import { policyName } from '../decide/policy-choice.ts'
import type { ResourceSpec, RuleSpec } from '../decide/policy-spec.ts'
import type { Steps } from '../model/steps.ts'
import type { RouteSpec } from '../route/route-spec.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { warnAboutUnusedDefinitions } from './analyse-resource.ts'
import type { DefinedNames } from './definitions.ts'
import type { CompiledResources } from './resources.ts'
import { RoleReach, rolesOfRule } from './role-reach.ts'
import { bringing, type CompiledRoles, inheritorsIn } from './roles.ts'
import type { CompiledRoute } from './routes.ts'
import type { RuleMeaning } from './rules.ts'

/** What compiles and is probably not meant, as far as single resource policies do not tell. */
export function* analyse(
  roles: CompiledRoles,
  shared: DefinedNames,
  resources: CompiledResources,
  routes: readonly CompiledRoute[],
  findings: Findings,
): Steps<void> {
  const named = new Set<string>()
  const used = new Set<string>()
  for (const resource of resources.values()) {
    yield
    const { rules, scoped = [] } = resource.spec
    for (const list of [rules, ...scoped.map((each) => each.rules)]) {
      for (const rule of list) for (const role of rolesOfRule(rule)) named.add(role)
    }
    for (const name of resource.used) used.add(name)
  }
  const definitions = {
    variables: [...shared.variables.values()],
    derivedRoles: [...shared.derivedRoles.values()],
  }
  warnAboutUnusedDefinitions(definitions, used, findings)
  yield* warnAboutRoles(roles, named, findings)
  for (const route of routes) {
    yield
    warnAboutMissingAttributes(route, resources, findings)
  }
}

function* warnAboutRoles(
  roles: CompiledRoles,
  named: ReadonlySet<string>,
  findings: Findings,
): Steps<void> {
  const reach = new RoleReach(roles)
  const used = bringing(named, inheritorsIn(roles))
  for (const [name, { syntax }] of roles) {
    yield
    if (!used.has(name)) {
      findings.warnAtKey(syntax.place, {
        code: 'unused-role',
        message: `no rule is about role ${quote(name)}, nor about a role it inherits`,
      })
    }
    if (!reach.canBeHeld(name)) {
      findings.warnAtKey(syntax.place, {
        code: 'unreachable-role',
        message: `nobody can hold role ${quote(name)}: it has no condition and no role that can be held inherits it`,
        hint: 'add "when: CONDITION", or an assignment',
      })
    }
  }
}

/** Rules of scopes that count through the route: of a constant scope those of its chain. */
function scopedThrough({ scope }: RouteSpec, { scoped = [] }: ResourceSpec): readonly RuleSpec[] {
  if (scope === undefined) return []
  const chain = scope.kind === 'constant' ? `${scope.value}.` : null
  return scoped
    .filter((each) => chain?.startsWith(`${each.scope}.`) !== false)
    .flatMap(({ rules }) => rules)
}

function warnAboutMissingScope(
  { spec, syntax }: CompiledRoute,
  { scoped = [], type }: ResourceSpec,
  findings: Findings,
): void {
  const rules = scoped.flatMap((each) => each.rules)
  if (syntax.scope !== null || !rules.some(({ actions }) => actions.includes(spec.action))) return
  findings.warnAtKey(syntax.place, {
    code: 'route-lacks-scope',
    message: `scopes have rules about ${quote(spec.action)} of resource ${quote(type)}, and the route gives no scope: they do not apply through it`,
    hint: `add "scope", which is '""' where the resources belong to none`,
  })
}

/** Through the gateway a rule knows of a resource only what the route takes from the request. */
function warnAboutMissingAttributes(
  { spec, syntax }: CompiledRoute,
  resources: CompiledResources,
  findings: Findings,
): void {
  const resource = resources.get(policyName(spec.resourceType, spec.policyVersion))
  if (resource === undefined) return
  warnAboutMissingScope({ spec, syntax }, resource.spec, findings)
  const scoped = new Set(scopedThrough(spec, resource.spec))
  const given = new Set(['id', 'type', ...spec.properties.map(([name]) => name)])
  if (spec.scope !== undefined) given.add('scope')
  const lacking = (rule: RuleMeaning): readonly string[] =>
    rule.references
      .filter((reference) => reference.startsWith('resource.'))
      .map((reference) => reference.slice('resource.'.length).split('.', 1)[0] ?? '')
      .filter((name) => !given.has(name))
      .filter((name) => !rule.texts.some((text) => text.includes(`has(resource.${name})`)))
  const ofScopes = resource.scopedRules.filter((rule) => scoped.has(rule.spec))
  const rules = [...resource.rules, ...ofScopes]
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
  const listed = [...resource.spec.rules, ...scoped]
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
