import { compileCall } from './expression-call.ts'
import { compileConditional, compileLogic, compileNot, joinTypes } from './expression-logic.ts'
import { compileIndex } from './expression-index.ts'
import { compileName, compileSelect } from './expression-members.ts'
import {
  compileOptionalEntry,
  compileOptionalIndex,
  compileOptionalSelect,
  leftOut,
} from './expression-optional-access.ts'
import {
  type CompileContext,
  type Local,
  type Node,
  constantNode,
  faultyNode,
  node,
} from './expression-node.ts'
import { compileBinary, compileNegate } from './expression-operators.ts'
import type { ExpressionScope } from './expression-scope.ts'
import type { ExpressionError, LiteralSyntax, Span, Syntax } from './expression-syntax.ts'
import {
  type Type,
  boolType,
  bytesType,
  doubleType,
  dynType,
  intType,
  listOf,
  mapOf,
  nullType,
  stringType,
  typeName,
  uintType,
} from './expression-types.ts'
import {
  CelFailure,
  CelMap,
  CelUint,
  Meter,
  isMapKey,
  kindOf,
  overBudget,
} from './expression-values.ts'

/** Deeper trees could exhaust the stack when they run on top of a deep one. */
const maxTreeDepth = 250
const maxErrors = 20

export class Compiler<Frame> implements CompileContext<Frame> {
  readonly scope: ExpressionScope<Frame>
  readonly isChecked: boolean
  readonly errors: ExpressionError[] = []
  readonly references = new Set<string>()
  locals: ReadonlyMap<string, Local> = new Map()
  compiledNodes = 0
  #depth = 0
  #meter: Meter | null = null

  constructor(scope: ExpressionScope<Frame>, isChecked: boolean) {
    this.scope = scope
    this.isChecked = isChecked
  }

  get meter(): Meter {
    return this.locals.size === 0 ? Meter.single : this.loopMeter
  }

  get loopMeter(): Meter {
    this.#meter ??= new Meter()
    return this.#meter
  }

  get isMetered(): boolean {
    return this.#meter !== null
  }

  compile(syntax: Syntax): Node<Frame> {
    this.compiledNodes += 1
    if (this.#depth >= maxTreeDepth) return this.report(syntax, 'Expression is nested too deeply')
    this.#depth += 1
    const compiled = this.#compile(syntax)
    this.#depth -= 1
    return compiled
  }

  compileWith(locals: ReadonlyMap<string, Local>, syntax: Syntax): Node<Frame> {
    const outer = this.locals
    this.locals = locals
    const compiled = this.compile(syntax)
    this.locals = outer
    return compiled
  }

  report(span: Span, message: string, hint: string | null = null): Node<Frame> {
    const { start, end } = span
    if (this.errors.length < maxErrors) this.errors.push({ message, hint, start, end })
    return faultyNode(message)
  }

  reportUnknown(span: Span, message: string, hint: string | null): Node<Frame> {
    return this.isChecked ? this.report(span, message, hint) : faultyNode(message)
  }

  refer(name: string): void {
    this.references.add(name)
  }

  #compile(syntax: Syntax): Node<Frame> {
    switch (syntax.kind) {
      case 'literal':
        return this.#literal(syntax)
      case 'name':
        return compileName(this, syntax)
      case 'select':
        return compileSelect(this, syntax)
      case 'index':
        return compileIndex(this, syntax)
      case 'optionalSelect':
        return compileOptionalSelect(this, syntax)
      case 'optionalIndex':
        return compileOptionalIndex(this, syntax)
      case 'optionalEntry':
        return compileOptionalEntry(this, syntax)
      case 'call':
        return compileCall(this, syntax)
      case 'list':
        return this.#list(syntax.elements)
      case 'map':
        return this.#map(syntax)
      case 'binary':
        return compileBinary(this, syntax)
      case 'and':
      case 'or':
        return compileLogic(this, syntax)
      case 'not':
        return compileNot(this, syntax.operand)
      case 'negate':
        return this.#negate(syntax)
      case 'conditional':
        return compileConditional(this, syntax)
      default:
        return syntax satisfies never
    }
  }

  #literal(syntax: LiteralSyntax): Node<Frame> {
    const { value, isUnsigned } = syntax
    if (typeof value === 'bigint') {
      if (isUnsigned) return constantNode(uintType, new CelUint(value))
      if (BigInt.asIntN(64, value) === value) return constantNode(intType, value)
      return this.report(syntax, 'Number does not fit an int')
    }
    return constantNode(literalType(value), value)
  }

  /** The smallest int has no positive counterpart, so its sign belongs to the literal. */
  #negate(syntax: Syntax & { kind: 'negate' }): Node<Frame> {
    const { operand } = syntax
    if (operand.kind === 'literal' && typeof operand.value === 'bigint' && !operand.isUnsigned) {
      return this.#literal({ ...operand, value: -operand.value })
    }
    return compileNegate(this, syntax)
  }

  #list(elements: readonly Syntax[]): Node<Frame> {
    const parts = elements.map((element) => this.compile(element))
    const type = listOf(joinAll(parts.map((part) => part.type)))
    const constants = parts.map((part) => part.constant)
    if (constants.every((constant) => constant !== null)) {
      return constantNode(type, Object.freeze(constants.map((constant) => constant.value)))
    }
    const runs = parts.map((part) => part.run)
    return node(type, (frame) => {
      const list: unknown[] = []
      for (const run of runs) {
        const value = run(frame)
        if (value instanceof CelFailure) return value
        if (value !== leftOut) list.push(value)
      }
      return list
    })
  }

  #map(syntax: Syntax & { kind: 'map' }): Node<Frame> {
    const entries = syntax.entries.map(
      ([key, value]) => [this.compile(key), this.compile(value)] as const,
    )
    for (const [at, [key]] of entries.entries()) {
      const { kind } = key.type
      if (this.isChecked && !['string', 'bool', 'int', 'uint', 'dyn'].includes(kind)) {
        this.report(syntax.entries[at]?.[0] ?? syntax, `Map keys cannot be ${typeName(key.type)}`)
      }
    }
    const keyType = joinAll(entries.map(([key]) => key.type))
    const valueType = joinAll(entries.map(([, value]) => value.type))
    const runs = entries.map(([key, value]) => [key.run, value.run] as const)
    const { meter } = this
    return node(mapOf(keyType, valueType), (frame) => {
      const map = new CelMap()
      for (const [readKey, readValue] of runs) {
        const key = readKey(frame)
        if (key instanceof CelFailure) return key
        const value = readValue(frame)
        if (value instanceof CelFailure) return value
        if (value === leftOut) continue
        if (typeof key === 'string' && !meter.takeText(key.length)) return overBudget
        if (!isMapKey(key)) return new CelFailure(`Map keys cannot be ${kindOf(key)}`)
        if (!map.add(key, value)) return repeatedKey
      }
      return map
    })
  }
}

const repeatedKey = new CelFailure('Map key occurs twice')

function literalType(value: string | number | boolean | null | Uint8Array): Type {
  if (value === null) return nullType
  if (typeof value === 'string') return stringType
  if (typeof value === 'number') return doubleType
  return typeof value === 'boolean' ? boolType : bytesType
}

function joinAll(types: readonly Type[]): Type {
  const [first, ...rest] = types
  let joined = first ?? dynType
  for (const type of rest) joined = joinTypes(joined, type) ?? dynType
  return joined
}
