import type { RuleSpec, ScopedRules } from '../decide/policy-spec.ts'
import { policyName } from '../decide/policy-choice.ts'
import type { Steps } from '../model/steps.ts'
import { at, type Cursor, type Text } from '../source/cursor.ts'
import { type Findings, locate } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { warnAboutUnpermitted } from './analyse-resource.ts'
import { Declared } from './names.ts'
import { nameOf, resolvePolicy } from './resolve-policy.ts'
import type { CompiledResource, CompiledResources } from './resources.ts'
import type { RuleMeaning } from './rules.ts'
import { refuseWidening } from './scopes.ts'
import type { Surroundings } from './surroundings.ts'
import type { AclSyntax, ResourceSyntax } from './syntax.ts'

interface Compile {
  (syntax: ResourceSyntax, root: CompiledResource): CompiledResource
}

/** What the scopes add to one resource policy. */
interface Additions {
  readonly scoped: ScopedRules[]
  readonly rules: RuleMeaning[]
  readonly used: Set<string>
}

/**
 * The policies and lists that are about a scope, until the policies without scope, to which they
 * belong, are known.
 */
export class ScopedPolicies {
  readonly #roots: CompiledResources
  readonly #acls: readonly AclSyntax[]
  readonly #surroundings: Surroundings
  readonly #findings: Findings
  readonly #declared = new Declared<ResourceSyntax>('resource')
  readonly #additions = new Map<string, Additions>()
  /** Read before the policies they belong to. */
  readonly #waiting: ResourceSyntax[] = []
  /** By policy without scope, actions that none of its own rules permits. */
  readonly #unpermitted = new Map<string, readonly Text[]>()

  constructor(
    roots: CompiledResources,
    acls: readonly AclSyntax[],
    surroundings: Surroundings,
    findings: Findings,
  ) {
    this.#roots = roots
    this.#acls = acls
    this.#surroundings = surroundings
    this.#findings = findings
  }

  add(syntax: ResourceSyntax, compile: Compile): void {
    this.#checkForm(syntax)
    const { location, type } = syntax
    this.#declared.add(nameOf(syntax), syntax, type, 'value', this.#findings, location)
    const root = this.#rootOf(syntax)
    if (root === undefined) this.#waiting.push(syntax)
    else this.#compile(syntax, root, compile)
  }

  /** Whether some scope permits them is seen at the end. */
  leaveOpen(policy: string, unpermitted: readonly Text[]): void {
    if (unpermitted.length > 0) this.#unpermitted.set(policy, unpermitted)
  }

  isOpen(policy: string): boolean {
    return this.#unpermitted.has(policy)
  }

  /** All resource policies, each with what scopes add to it. */
  *merge(compile: Compile, warnings: Findings): Steps<CompiledResources> {
    for (const syntax of this.#waiting) {
      yield
      const root = this.#rootOf(syntax)
      if (root === undefined) this.#reportRoot(syntax)
      else this.#compile(syntax, root, compile)
    }
    for (const acl of this.#acls) {
      yield
      const root = this.#checkList(acl)
      const isDeclared = this.#declared.items.has(nameOf(acl))
      if (root === undefined || acl.scope === null || isDeclared) continue
      const syntax = listAlone(acl)
      this.#declared.items.set(nameOf(acl), syntax)
      this.#compile(syntax, root, compile)
    }
    const merged = new Map(this.#roots)
    for (const [name, { rules, scoped, used }] of this.#additions) {
      const root = merged.get(name)
      if (root === undefined) continue
      const spec = { ...root.spec, scoped }
      merged.set(name, {
        ...root,
        spec,
        scopedRules: rules,
        used: new Set([...root.used, ...used]),
      })
    }
    for (const [name, actions] of this.#unpermitted) {
      const permitted = new Set(
        this.#additions
          .get(name)
          ?.scoped.flatMap(({ rules }) => rules)
          .filter(({ effect }) => effect === 'permit')
          .flatMap((rule) => rule.actions),
      )
      const unpermitted = actions.filter(({ value }) => !permitted.has(value))
      warnAboutUnpermitted(unpermitted, warnings)
    }
    return merged
  }

  #rootOf({
    type,
    version,
  }: Pick<ResourceSyntax, 'type' | 'version'>): CompiledResource | undefined {
    return this.#roots.get(policyName(type.value, version?.value))
  }

  /** What a resource is, its root says; scopes say who may do what. */
  #checkForm({ file, scope, type, version }: ResourceSyntax): void {
    if (scope !== null) this.#surroundings.scopes.resolve(scope, this.#findings)
    for (const key of ['actions', 'attributes', 'combining', 'scope_required']) {
      const place = at(file, key)
      if (place === null) continue
      const root = quote(policyName(type.value, version?.value))
      this.#findings.errorAtKey(place, {
        code: 'scoped-declaration',
        message: `${quote(key)} stands in the policy of resource ${root} that has no scope, for all scopes alike`,
        hint: 'remove it here, and add there what is missing',
      })
    }
  }

  #compile(syntax: ResourceSyntax, root: CompiledResource, compile: Compile): void {
    const scope = syntax.scope?.value
    if (scope === undefined || !this.#surroundings.scopes.has(scope)) return
    const { rules, spec, used } = compile(syntax, root)
    this.#checkNarrowing(scope, syntax, spec.rules)
    const name = policyName(syntax.type.value, syntax.version?.value)
    const additions = this.#additions.get(name) ?? { scoped: [], rules: [], used: new Set() }
    this.#additions.set(name, additions)
    additions.scoped.push({ scope, rules: spec.rules })
    additions.rules.push(...rules)
    for (const each of used) additions.used.add(each)
  }

  #checkNarrowing(scope: string, syntax: ResourceSyntax, rules: readonly RuleSpec[]): void {
    const { scopes } = this.#surroundings
    if (scopes.narrowing(scope) === null) return
    const places = new Map<string, Cursor>([
      ...syntax.rules.map(({ id, location, place }) => [location, id ?? place] as const),
      ...this.#acls
        .filter((acl) => nameOf(acl) === nameOf(syntax))
        .flatMap(({ entries }) => entries)
        .map(({ id, location, place }) => [location, id ?? place] as const),
    ])
    for (const { effect, id, location } of rules) {
      const place = places.get(location)
      if (effect !== 'permit' || place === undefined) continue
      refuseWidening(place, `rule ${quote(id)} permits`, scope, scopes, this.#findings)
    }
  }

  #checkList({ scope, type, version }: AclSyntax): CompiledResource | undefined {
    if (scope !== null) this.#surroundings.scopes.resolve(scope, this.#findings)
    const findings = this.#surroundings.isIncomplete ? null : this.#findings
    return resolvePolicy(type, version, this.#roots, findings)
  }

  #reportRoot({ type, version }: ResourceSyntax): void {
    if (this.#surroundings.isIncomplete) return
    const ofVersion = version === null ? '' : ` of version ${quote(version.value)}`
    this.#findings.error(type, {
      code: 'scope-without-root',
      message: `resource ${quote(type.value)} has no policy${ofVersion} without scope`,
      hint: 'add one: it declares the actions, and its rules hold in every scope',
    })
  }
}

/** A list about a scope for which there is no policy. */
function listAlone({ scope, type, version }: AclSyntax): ResourceSyntax {
  return {
    file: type,
    type,
    location: locate(type),
    version,
    scope,
    isScopeRequired: false,
    combining: null,
    actions: [],
    attributes: [],
    rules: [],
    variables: [],
    derivedRoles: [],
  }
}
