import assert from 'node:assert/strict'
import type { AccessRequest } from '../model/access-request.ts'
import type { Steps } from '../model/steps.ts'
import type { ResourceSpec } from './policy-spec.ts'
import { depthOf, type Scope, type ScopeTable } from './scope-table.ts'

const defaultVersion = 'default'

/** `expense`, `expense@v2`, `expense/acme.hr`, `expense@v2/acme.hr`: rules are cited by it. */
export function policyName(
  type: string,
  version: string | undefined,
  scope: string | null = null,
): string {
  const versioned =
    version === undefined || version === defaultVersion ? type : `${type}@${version}`
  return scope === null ? versioned : `${versioned}/${scope}`
}

export interface ChosenPolicy {
  readonly name: string
  /** Null: the root. */
  readonly scope: Scope | null
  /** Whose rules count as well; null for the root. */
  readonly above: ChosenPolicy | null
}

/** Why no policy answers. */
export type NoPolicy =
  | 'unknown_resource_type'
  | 'unknown_policy_version'
  | 'unknown_scope'
  | 'scope_missing'

/** By scope; the root is the scope null. */
type Policies = Map<Scope | null, ChosenPolicy>

/**
 * Which policy answers where a resource type has several. The version is named by the context and
 * the scope by the resource; what names one that there is not gets no policy at all, never a laxer
 * one.
 */
export class PolicyChoice {
  readonly #scopes: ScopeTable
  #isNeeded = false
  /** Policies of the default version without scopes: most of them. */
  readonly #single = new Map<string, ChosenPolicy>()
  /** The others, by type and version. */
  readonly #several = new Map<string, Map<string, Policies>>()
  /** Those that answer nothing about the root. */
  readonly #scopeRequired = new Set<Policies>()

  private constructor(scopes: ScopeTable) {
    this.#scopes = scopes
  }

  static *build(resources: readonly ResourceSpec[], scopes: ScopeTable): Steps<PolicyChoice> {
    const choice = new PolicyChoice(scopes)
    for (const resource of resources) {
      yield
      choice.#add(resource)
    }
    choice.#isNeeded = !scopes.isEmpty || choice.#several.size > 0
    return choice
  }

  /** Whether there is any policy besides one for each type. */
  get isNeeded(): boolean {
    return this.#isNeeded
  }

  find({
    context,
    resource,
  }: Pick<AccessRequest, 'context' | 'resource'>): ChosenPolicy | NoPolicy {
    const single = this.#single.get(resource.type)
    const versions = this.#several.get(resource.type)
    if (single === undefined && versions === undefined) return 'unknown_resource_type'
    const version = Object.hasOwn(context, 'policy_version')
      ? context['policy_version']
      : defaultVersion
    const policies = typeof version === 'string' ? versions?.get(version) : undefined
    if (policies === undefined && (single === undefined || version !== defaultVersion)) {
      return 'unknown_policy_version'
    }
    const scope = this.#scopes.of(resource)
    if (scope === undefined) return 'unknown_scope'
    if (policies === undefined) return single ?? 'unknown_policy_version'
    if (scope === null && this.#scopeRequired.has(policies)) return 'scope_missing'
    return nearest(policies, scope) ?? 'unknown_scope'
  }

  versionsOf(type: string): readonly string[] {
    const single = this.#single.has(type) ? [defaultVersion] : []
    return [...single, ...(this.#several.get(type)?.keys() ?? [])]
  }

  #add({ isScopeRequired, scoped, type, version = defaultVersion }: ResourceSpec): void {
    const name = policyName(type, version)
    const versions = this.#several.get(type) ?? new Map<string, Policies>()
    const isTwice = version === defaultVersion && this.#single.has(type)
    assert.ok(!isTwice && !versions.has(version), `Resource "${name}" is declared twice`)
    const root: ChosenPolicy = { name, scope: null, above: null }
    if (version === defaultVersion && scoped === undefined && isScopeRequired !== true) {
      this.#single.set(type, root)
      return
    }
    const policies: Policies = new Map([[null, root]])
    versions.set(version, policies)
    this.#several.set(type, versions)
    if (isScopeRequired === true) this.#scopeRequired.add(policies)
    const scopes = (scoped ?? []).map((each) => this.#scopes.get(each.scope))
    for (const scope of scopes.sort((a, b) => depthOf(a.name) - depthOf(b.name))) {
      const scopedName = policyName(type, version, scope.name)
      assert.ok(!policies.has(scope), `Resource "${scopedName}" is declared twice`)
      policies.set(scope, { name: scopedName, scope, above: nearest(policies, scope) })
    }
  }
}

function nearest(policies: Policies, scope: Scope | null): ChosenPolicy | null {
  let at = scope
  while (at !== null && !policies.has(at)) at = at.parent
  return policies.get(at) ?? null
}
