import type { Condition } from '../decide/policy-spec.ts'
import type { ExpressionScope, ValueVariable } from './expression-scope.ts'
import { typeName } from './expression-types.ts'

export interface PooledCondition<Frame> {
  readonly evaluate: Condition<Frame>
  readonly references: readonly string[]
}

interface Entry {
  /** The names the condition reads and what they are declared to be: what its meaning rests on. */
  readonly meaning: string
  readonly references: readonly string[]
  readonly evaluate: WeakRef<object>
}

/**
 * Conditions by their text, for as long as some policy set uses them. Policies repeat themselves:
 * sharing saves compiling, memory, and the caches of the processor; a reload compiles what changed.
 */
export class ConditionPool {
  readonly #entries = new Map<string, Entry[]>()
  /** What has been found for a scope before, without comparing what its names mean. */
  readonly #known = new WeakMap<object, Map<string, PooledCondition<never>>>()
  readonly #registry = new FinalizationRegistry<string>((text) => this.#prune(text))

  get size(): number {
    return this.#entries.size
  }

  find<Frame>(text: string, scope: ExpressionScope<Frame>): PooledCondition<Frame> | null {
    if (scope.kind === null) return null
    const known = this.#known.get(scope)?.get(text)
    if (known !== undefined) return known as PooledCondition<Frame>
    for (const { meaning, references, evaluate } of this.#entries.get(text) ?? []) {
      if (meaning !== describe(scope, references)) continue
      const kept = evaluate.deref() as Condition<Frame> | undefined
      if (kept !== undefined) return this.#remember(text, scope, { evaluate: kept, references })
    }
    return null
  }

  add<Frame>(text: string, scope: ExpressionScope<Frame>, pooled: PooledCondition<Frame>): void {
    if (scope.kind === null) return
    const { evaluate, references } = pooled
    const meaning = describe(scope, references)
    const entry: Entry = { meaning, references, evaluate: new WeakRef(evaluate) }
    const others = this.#entries.get(text)
    if (others === undefined) this.#entries.set(text, [entry])
    else others.push(entry)
    this.#registry.register(evaluate, text)
    this.#remember(text, scope, pooled)
  }

  #remember<Frame>(
    text: string,
    scope: ExpressionScope<Frame>,
    pooled: PooledCondition<Frame>,
  ): PooledCondition<Frame> {
    const known = this.#known.get(scope) ?? new Map<string, PooledCondition<never>>()
    this.#known.set(scope, known)
    known.set(text, pooled)
    return pooled
  }

  #prune(text: string): void {
    const live = (this.#entries.get(text) ?? []).filter(
      ({ evaluate }) => evaluate.deref() !== undefined,
    )
    if (live.length === 0) this.#entries.delete(text)
    else this.#entries.set(text, live)
  }
}

function describe<Frame>(scope: ExpressionScope<Frame>, references: readonly string[]): string {
  return `${scope.kind ?? ''}: ${references.map((name) => declaredAs(scope, name)).join('; ')}`
}

function declaredAs<Frame>(scope: ExpressionScope<Frame>, reference: string): string {
  const dot = reference.indexOf('.')
  const variable = scope.variables.get(dot < 0 ? reference : reference.slice(0, dot))
  if (variable?.kind !== 'object') return describeValue(variable)
  const { members, open } = variable.type
  if (dot < 0) {
    const all = Array.from(members, ([name, type]) => `${name} ${typeName(type)}`).sort()
    return `${all.join()} ${open ? 'open' : 'closed'}`
  }
  const type = members.get(reference.slice(dot + 1))
  if (type !== undefined) return typeName(type)
  return open ? 'open' : 'closed'
}

function describeValue<Frame>(variable: ValueVariable<Frame> | undefined): string {
  return variable === undefined ? '-' : (variable.definition?.key ?? typeName(variable.type))
}
