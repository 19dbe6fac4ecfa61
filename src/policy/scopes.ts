import type { ScopeSpec } from '../decide/policy-spec.ts'
import { isScopeName, parentName } from '../decide/scope-table.ts'
import { at, type Cursor, type Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { Declared, resolveName } from './names.ts'
import type { ResourceSyntax, ScopeSyntax } from './syntax.ts'

/** The scopes of a folder: what names another is a finding. */
export class DeclaredScopes {
  /** Only such whose parents are declared. */
  readonly specs: readonly ScopeSpec[]
  readonly #declared: ReadonlyMap<string, ScopeSyntax>
  /** Some file is lost: names it may declare must not be called unknown. */
  readonly #isIncomplete: boolean

  constructor(declared: ReadonlyMap<string, ScopeSyntax>, isIncomplete: boolean) {
    this.#declared = declared
    this.#isIncomplete = isIncomplete
    this.specs = Array.from(declared.values(), ({ isOpen, name }) => ({ name, isOpen }))
  }

  get isEmpty(): boolean {
    return this.#declared.size === 0 && !this.#isIncomplete
  }

  has(name: string): boolean {
    return this.#declared.has(name)
  }

  /** False, with a finding, when it is not declared. */
  resolve(name: Text, findings: Findings): boolean {
    if (this.#declared.has(name.value)) return true
    if (!this.#isIncomplete) resolveName(name, this.#declared, 'scope', findings)
    return false
  }

  /** Of a resource that has to belong to one. */
  expectAny({ file, type }: Pick<ResourceSyntax, 'file' | 'type'>, findings: Findings): void {
    if (!this.isEmpty) return
    findings.errorAtKey(at(file, 'scope_required') ?? type, {
      code: 'unknown-scope',
      message: `resource ${quote(type.value)} has to belong to a scope, and no file declares any`,
      hint: 'declare them under "scopes"',
    })
  }

  /** The scope, this one or one above it, that lets nothing here be permitted; null: none does. */
  narrowing(name: string): string | null {
    for (let above: string | null = name; above !== null; above = parentName(above)) {
      if (this.#declared.get(above)?.narrows === true) return above
    }
    return null
  }
}

export function compileScopes(
  scopes: readonly ScopeSyntax[],
  findings: Findings,
  isIncomplete: boolean,
): DeclaredScopes {
  const declared = new Declared<ScopeSyntax>('scope')
  for (const scope of scopes) declared.add(scope.name, scope, scope.place, 'key', findings)
  for (const { name, place } of declared.items.values()) {
    const parent = parentName(name)
    if (parent === null || declared.items.has(parent) || isIncomplete) continue
    if (!isScopeName(name)) continue
    findings.errorAtKey(place, {
      code: 'scope-without-parent',
      message: `scope ${quote(name)} lies below ${quote(parent)}, which is not declared`,
      hint: `add "${parent}: {}"`,
    })
  }
  return new DeclaredScopes(declared.items, isIncomplete)
}

/** `what` permits, or gives a role, in a scope that may only narrow. */
export function refuseWidening(
  place: Cursor,
  what: string,
  scope: string,
  scopes: DeclaredScopes,
  findings: Findings,
): void {
  const narrowing = scopes.narrowing(scope)
  if (narrowing === null) return
  findings.error(place, {
    code: 'scope-narrows',
    message: `${what} within scope ${quote(narrowing)}, which may only narrow`,
    hint: 'say it for a scope above, or remove "narrows"',
  })
}
