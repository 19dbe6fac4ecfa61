import type { ResourceSpec, RuleSpec } from './policy-spec.ts'
import type { CompiledRule } from './rule-list.ts'
import type { ScopeTable } from './scope-table.ts'

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

function depthOf(scope: string): number {
  return scope.split('.').length
}

/** The rules of a resource by the scope they are for. */
export class ScopedRules {
  readonly #all: readonly CompiledRule[]
  readonly #scopes: ScopeTable
  /** By scope; the root is null. Null: all rules are for the root. */
  readonly #byScope: ReadonlyMap<string | null, readonly CompiledRule[]> | null

  /** `all` in the order of `rulesInOrder`. */
  constructor({ scoped }: ResourceSpec, all: readonly CompiledRule[], scopes: ScopeTable) {
    this.#all = all
    this.#scopes = scopes
    this.#byScope = scoped === undefined ? null : byScope(scoped, all)
  }

  /** Those that count in a scope: its own, those of the scopes above and those of the root. */
  inScope(name: string | null): readonly CompiledRule[] {
    const byScope = this.#byScope
    if (byScope === null) return this.#all
    const found = [...(byScope.get(null) ?? [])]
    for (let at = name === null ? null : this.#scopes.get(name); at !== null; at = at.parent) {
      for (const rule of byScope.get(at.name) ?? []) found.push(rule)
    }
    return found.sort((a, b) => a.order - b.order)
  }
}

function byScope(
  scoped: readonly { readonly scope: string; readonly rules: readonly RuleSpec[] }[],
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
