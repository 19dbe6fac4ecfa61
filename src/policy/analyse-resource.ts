import type { Combining, RuleSpec } from '../decide/policy-spec.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote, quoteList } from '../source/quote.ts'
import type { CompiledResource } from './resources.ts'
import { type RoleReach, rolesOfRule } from './role-reach.ts'
import type { CompiledRule } from './rules.ts'
import type { Definitions, ResourceSyntax } from './syntax.ts'

/** Earlier rules a rule is compared with, per action: keeps a long list from costing its square. */
const MAX_COMPARED = 64

/** What of one resource policy compiles and is probably not meant: warnings only. */
export function analyseResource(
  syntax: ResourceSyntax,
  { rules, spec, used }: CompiledResource & { readonly rules: readonly CompiledRule[] },
  reach: RoleReach,
  findings: Findings,
): void {
  warnAboutUnusedDefinitions(syntax, used, findings)
  warnAboutUnreachableRules(rules, reach, findings)
  warnAboutShadowedRules(rules, spec.combining ?? 'deny-overrides', reach, findings)
}

export function warnAboutUnusedDefinitions(
  { derivedRoles, variables }: Definitions,
  used: ReadonlySet<string>,
  findings: Findings,
): void {
  for (const { name, place } of variables) {
    if (used.has(name)) continue
    findings.warnAtKey(place, {
      code: 'unused-variable',
      message: `nothing reads variable ${quote(name)}`,
    })
  }
  for (const { name, place } of derivedRoles) {
    if (used.has(name)) continue
    findings.warnAtKey(place, {
      code: 'unused-role',
      message: `no rule is about derived role ${quote(name)}`,
    })
  }
}

function warnAboutUnreachableRules(
  rules: readonly CompiledRule[],
  reach: RoleReach,
  findings: Findings,
): void {
  for (const { spec, syntax } of rules) {
    if (canApply(spec, reach)) continue
    findings.warn(syntax.id ?? syntax.place, {
      code: 'unreachable-rule',
      message: `rule ${quote(spec.id)} applies to nobody: nobody can hold ${quoteList(rolesOfRule(spec))}`,
    })
  }
}

function canApply({ roles, derivedRoles = [] }: RuleSpec, reach: RoleReach): boolean {
  const canHold = (names: readonly string[] | null): boolean =>
    names === null || names.some((role) => reach.canBeHeld(role))
  return canHold(roles) || derivedRoles.some((derived) => canHold(derived.roles))
}

/** A rule that another one answers for in every case: it cannot change a decision. */
function warnAboutShadowedRules(
  rules: readonly CompiledRule[],
  combining: Combining,
  reach: RoleReach,
  findings: Findings,
): void {
  const seen = new Map<string, CompiledRule[]>()
  const coveringRule = (rule: CompiledRule, action: string): CompiledRule | undefined => {
    const candidates = seen.get(action)?.slice(0, MAX_COMPARED) ?? []
    return candidates.find((other) => covers(other, rule, reach))
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
      else if (list.length < MAX_COMPARED) list.push(rule)
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
function covers(other: CompiledRule, rule: CompiledRule, reach: RoleReach): boolean {
  const when = other.syntax.when?.value
  if (when !== undefined && when !== rule.syntax.when?.value) return false
  const { derivedRoles = [], obligations, output, requirement, roles } = other.spec
  if (requirement !== undefined) return false
  // One that obliges to something, or fails to, is another answer.
  if (obligations !== undefined || output !== undefined) return false
  if (roles === null) return true
  if (rule.spec.roles === null) return false
  const isBrought = (role: string): boolean => roles.some((name) => reach.brings(role, name))
  return (
    rule.spec.roles.every(isBrought) &&
    (rule.spec.derivedRoles ?? []).every(
      (derived) =>
        derivedRoles.some(({ name }) => name === derived.name) ||
        derived.roles?.every(isBrought) === true,
    )
  )
}

/** Actions that no rule permits. */
export function findUnpermitted(
  { actions }: Pick<ResourceSyntax, 'actions'>,
  rules: readonly RuleSpec[],
): readonly Text[] {
  const permitted = new Set<string>()
  for (const rule of rules) {
    if (rule.effect === 'permit') for (const action of rule.actions) permitted.add(action)
  }
  return actions.filter(({ value }) => !permitted.has(value))
}

export function warnAboutUnpermitted(actions: readonly Text[], findings: Findings): void {
  for (const action of actions) {
    findings.warn(action, {
      code: 'action-never-permitted',
      message: `no rule permits ${quote(action.value)}: it is denied to everybody`,
    })
  }
}
