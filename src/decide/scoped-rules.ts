import type { ResourceSpec, RuleSpec } from './policy-spec.ts'
import type { CompiledRule } from './rule-list.ts'
import { depthOf } from './scope-table.ts'

/**
 * The rules of a resource as they are asked: those of deeper scopes first, and entries of lists after
 * all other rules.
 */
export function rulesInOrder({ rules, scoped }: ResourceSpec): readonly RuleSpec[] {
  if (scoped === undefined) return rules
  const deepestFirst = [...scoped].sort((a, b) => depthOf(b.scope) - depthOf(a.scope))
  const all = [...deepestFirst.flatMap((each) => each.rules), ...rules]
  return [
    ...all.filter(({ acl }) => acl === undefined),
    ...all.filter(({ acl }) => acl !== undefined),
  ]
}

/** By the scope they are for; the root is null. */
export function rulesByScope(
  { scoped = [] }: ResourceSpec,
  all: readonly CompiledRule[],
): ReadonlyMap<string | null, readonly CompiledRule[]> {
  const scopes = new Map(scoped.flatMap(({ scope, rules }) => rules.map((rule) => [rule, scope])))
  const found = new Map<string | null, CompiledRule[]>()
  for (const rule of all) {
    const scope = scopes.get(rule.spec) ?? null
    const known = found.get(scope)
    if (known === undefined) found.set(scope, [rule])
    else known.push(rule)
  }
  return found
}
