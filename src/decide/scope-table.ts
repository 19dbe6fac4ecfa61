import assert from 'node:assert/strict'
import type { Resource } from '../model/access-request.ts'
import type { ScopeSpec } from './policy-spec.ts'

/** A tenant or a part of one; what belongs to none has the scope null, the root. */
export interface Scope {
  readonly name: string
  /** Null: the root. */
  readonly parent: Scope | null
  /** Scopes below that nobody declares are taken for this one. */
  readonly isOpen: boolean
}

/** Lower case only, so that no two spellings are taken for one scope by one program and not by another. */
const segment = '[a-z0-9][a-z0-9_-]{0,62}'
const wellFormed = new RegExp(`^${segment}(\\.${segment}){0,7}$`, 'u')
const maxLength = 511

export function isScopeName(text: string): boolean {
  return text.length <= maxLength && wellFormed.test(text)
}

/** The scopes that are declared, each with those above it. */
export class ScopeTable {
  readonly #scopes = new Map<string, Scope>()

  constructor(specs: readonly ScopeSpec[]) {
    const shallowFirst = [...specs].sort((a, b) => depthOf(a.name) - depthOf(b.name))
    for (const { name, isOpen } of shallowFirst) {
      assert.ok(isScopeName(name) && !this.#scopes.has(name), `Scope "${name}" cannot be declared`)
      const above = parentName(name)
      const parent = above === null ? null : this.#scopes.get(above)
      assert.ok(parent !== undefined, `Scope "${name}" has no parent`)
      this.#scopes.set(name, Object.freeze({ name, parent, isOpen }))
    }
  }

  get isEmpty(): boolean {
    return this.#scopes.size === 0
  }

  get names(): readonly string[] {
    return [...this.#scopes.keys()]
  }

  get(name: string): Scope {
    const scope = this.#scopes.get(name)
    assert.ok(scope !== undefined, `Scope "${name}" is not declared`)
    return scope
  }

  /** Of a resource: see `find`. */
  of({ properties }: Resource): Scope | null | undefined {
    if (this.isEmpty) return null
    return this.find(Object.hasOwn(properties, 'scope') ? properties['scope'] : undefined)
  }

  /**
   * What a request names: null for the root, undefined for what no scope is. Never the nearest one
   * above unless that is declared to be open: its rules would permit what a lost or misspelt scope
   * denies.
   */
  find(written: unknown): Scope | null | undefined {
    if (written === undefined || written === '') return null
    if (typeof written !== 'string') return undefined
    const scope = this.#scopes.get(written)
    if (scope !== undefined || !isScopeName(written)) return scope
    for (let above = parentName(written); above !== null; above = parentName(above)) {
      const nearest = this.#scopes.get(above)
      if (nearest !== undefined) return nearest.isOpen ? nearest : undefined
    }
    return undefined
  }
}

/** Null: the root is above it. */
export function parentName(name: string): string | null {
  const dot = name.lastIndexOf('.')
  return dot === -1 ? null : name.slice(0, dot)
}

/** What stands above a scope has a lower one. */
export function depthOf(name: string): number {
  return name.split('.').length
}
