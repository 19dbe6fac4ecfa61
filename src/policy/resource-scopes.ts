import type { AccessRequest } from '../model/access-request.ts'
import type { Findings } from '../source/findings.ts'
import { compileAttributes } from './attributes.ts'
import type { DeclaredTypes } from './declarations.ts'
import { conditionScope, type ExpressionScope, openDeclarations } from './expression-scope.ts'
import { stringType, type Type } from './expression-types.ts'
import type { AttributeSyntax } from './syntax.ts'

interface ResourceScope {
  readonly attributes: ReadonlyMap<string, Type>
  /** What conditions may read, but for variables. */
  readonly readable: ExpressionScope<AccessRequest>
}

const maxKept = 1_000

/** Resources of a large folder often declare the same attributes: these share one scope. */
export class ResourceScopes {
  readonly #types: DeclaredTypes
  /** What every resource has besides what is declared, as text. */
  readonly #fixed: readonly string[]
  readonly #kept = new Map<string, ResourceScope>()

  /** `hasScopes`: resources tell the tenant they belong to. */
  constructor(types: DeclaredTypes, hasScopes: boolean) {
    this.#types = types
    this.#fixed = hasScopes ? ['id', 'type', 'scope'] : ['id', 'type']
  }

  of(declared: readonly AttributeSyntax[], findings: Findings): ResourceScope {
    const key = declared.map(({ name, type }) => `${name}\n${type.value}\n`).join('')
    const known = this.#kept.get(key)
    if (known !== undefined) return known
    const before = findings.all.length
    const own = compileAttributes(declared, 'resource', this.#fixed, findings)
    const attributes = this.#fixed.includes('scope')
      ? new Map([...own, ['scope', stringType]])
      : own
    const readable = conditionScope({
      ...this.#types,
      resource: { members: attributes, open: false },
      action: openDeclarations,
    })
    const compiled = { attributes, readable }
    // What is wrong is told of each file.
    if (findings.all.length > before) return compiled
    if (this.#kept.size === maxKept) this.#kept.clear()
    this.#kept.set(key, compiled)
    return compiled
  }
}
