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

/** Of one scope, texts found before: a scope can outlive many edits. */
const maxKnown = 10_000

/**
 * Conditions by their text, for as long as some policy set uses them. Policies repeat themselves:
 * sharing saves compiling, memory, and the caches of the processor; a reload compiles what changed.
 */
export class ConditionPool {
  readonly #entries = new Map<string, Entry[]>()
  /** What has been found for a scope before, without comparing what its names mean. */
  readonly #known = new WeakMap<object, Map<string, Entry>>()
  readonly #registry = new FinalizationRegistry<string>((text) => this.#prune(text))

  get size(): number {
    return this.#entries.size
  }

  find<Frame>(text: string, scope: ExpressionScope<Frame>): PooledCondition<Frame> | null {
    if (scope.kind === null) return null
    const known = this.#known.get(scope)?.get(text)
    const kept = known === undefined ? null : pooledIn<Frame>(known)
    if (kept !== null) return kept
    for (const entry of this.#entries.get(text) ?? []) {
      if (entry.meaning !== describe(scope, entry.references)) continue
      const pooled = pooledIn<Frame>(entry)
      if (pooled === null) continue
      this.#remember(text, scope, entry)
      return pooled
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
    this.#remember(text, scope, entry)
  }

  #remember(text: string, scope: object, entry: Entry): void {
    const known = this.#known.get(scope) ?? new Map<string, Entry>()
    this.#known.set(scope, known)
    if (known.size === maxKnown) known.clear()
    known.set(text, entry)
  }

  #prune(text: string): void {
    const live = (this.#entries.get(text) ?? []).filter(
      ({ evaluate }) => evaluate.deref() !== undefined,
    )
    if (live.length === 0) this.#entries.delete(text)
    else this.#entries.set(text, live)
  }
}

/** Null: nothing has used it any more. */
function pooledIn<Frame>({ evaluate, references }: Entry): PooledCondition<Frame> | null {
  const kept = evaluate.deref() as Condition<Frame> | undefined
  return kept === undefined ? null : { evaluate: kept, references }
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
