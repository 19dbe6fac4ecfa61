import type { AccessRequest } from '../model/access-request.ts'
import { oncePerDecision } from '../decide/once-per-decision.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { compileExpression, isConditionFailure } from './expression.ts'
import type { ExpressionScope, ScopeVariable, VariableLookup } from './expression-scope.ts'
import { dynType } from './expression-types.ts'
import type { KnownNames } from './known-names.ts'
import { placeExpressionErrors } from './place-expression.ts'
import type { VariableSyntax } from './syntax.ts'

/** A variable that reads a variable, and so on: each step is a call on the stack of a decision. */
const MAX_CHAIN = 32

interface CompiledVariable {
  readonly variable: ScopeVariable<AccessRequest>
  /** What it reads in the end: attributes, and `now`. */
  readonly references: readonly string[]
}

let compiledCount = 0

/**
 * The names conditions of one resource may use: those of the request, and variables, each compiled
 * against this resource when the first expression reads it.
 */
export class Variables implements VariableLookup<AccessRequest> {
  readonly scope: ExpressionScope<AccessRequest>
  /** Names that some expression reads. */
  readonly used = new Set<string>()
  readonly #base: ExpressionScope<AccessRequest>
  readonly #declared: ReadonlyMap<string, VariableSyntax>
  readonly #findings: Findings
  /** The resource whose conditions these are, and its file; null: none in particular. */
  readonly #user: Text | null
  readonly #known: KnownNames | null
  readonly #direct = new Map<string, readonly string[]>()
  readonly #compiled = new Map<string, CompiledVariable>()
  /** Being compiled, outermost first. */
  readonly #pending: string[] = []

  constructor(
    base: ExpressionScope<AccessRequest>,
    declared: ReadonlyMap<string, VariableSyntax>,
    user: Text | null,
    findings: Findings,
    known: KnownNames | null,
  ) {
    this.#user = user
    this.#known = known
    this.#base = base
    this.#declared = declared
    this.#findings = findings
    this.scope = declared.size === 0 ? base : { kind: base.kind, variables: this }
  }

  get(name: string): ScopeVariable<AccessRequest> | undefined {
    const syntax = this.#declared.get(name)
    return syntax === undefined ? this.#base.variables.get(name) : this.#compile(syntax).variable
  }

  *keys(): Iterable<string> {
    yield* this.#base.variables.keys()
    yield* this.#declared.keys()
  }

  /** What expressions read when their variables are taken for what these read. */
  expand(references: readonly string[]): readonly string[] {
    if (this.#declared.size === 0) return references
    const expanded = references.flatMap((name) => this.#compiled.get(name)?.references ?? [name])
    return [...new Set(expanded)].sort()
  }

  /** Texts of the variables behind these references, for warnings that look at what is written. */
  texts(references: readonly string[]): readonly string[] {
    const found = new Set(references)
    const texts: string[] = []
    for (const name of found) {
      const syntax = this.#declared.get(name)
      if (syntax === undefined) continue
      texts.push(syntax.text.value)
      for (const inner of this.#direct.get(name) ?? []) found.add(inner)
    }
    return texts
  }

  /** For findings about what stands in another file than the resource that it does not fit. */
  usedBy({ document }: Text): string {
    const user = this.#user
    if (user === null || user.document === document) return ''
    return `, as resource ${quote(user.value)} uses it`
  }

  /** Of what has compiled; what several resources share is not for one of them to judge. */
  checkNames(text: Text, references: readonly string[]): void {
    if (this.#user !== null && this.#user.document !== text.document) return
    this.#known?.check(text, references, this.scope, this.#findings)
  }

  #compile(syntax: VariableSyntax): CompiledVariable {
    const { name } = syntax
    this.used.add(name)
    const known = this.#compiled.get(name)
    if (known !== undefined) return known
    const start = this.#pending.indexOf(name)
    if (start !== -1 || this.#pending.length === MAX_CHAIN) {
      if (start === -1) this.#reportChain(syntax)
      else this.#reportCycle(syntax, this.#pending.slice(start))
      return { variable: faulty(name), references: [] }
    }
    this.#pending.push(name)
    const compiled = this.#compileText(syntax)
    this.#pending.pop()
    this.#compiled.set(name, compiled)
    return compiled
  }

  #compileText({ name, text }: VariableSyntax): CompiledVariable {
    const compiled = compileExpression(text.value, this.scope)
    if (!compiled.ok) {
      placeExpressionErrors(text, compiled.errors, this.#findings, this.usedBy(text))
      return { variable: faulty(name), references: [] }
    }
    const { type, evaluate } = compiled
    this.checkNames(text, compiled.references)
    this.#direct.set(name, compiled.references)
    const references = this.expand(compiled.references)
    compiledCount += 1
    const key = `variable ${compiledCount}`
    const common = { kind: 'value', name, type } as const
    if (references.length > 0) {
      const read = oncePerDecision(evaluate)
      return { variable: { ...common, read, definition: { key, constant: null } }, references }
    }
    const value = evaluate(nobody)
    if (isConditionFailure(value)) {
      this.#findings.error(text, {
        code: 'expression',
        message: `variable ${quote(name)} never has a value: ${value.message}`,
        hint: 'a variable of constants is worked out when it is loaded',
      })
      return { variable: faulty(name), references }
    }
    const definition = { key, constant: { value } }
    return { variable: { ...common, read: () => value, definition }, references }
  }

  #reportCycle({ name, place }: VariableSyntax, cycle: readonly string[]): void {
    this.#findings.errorAtKey(place, {
      code: 'variable-cycle',
      message:
        cycle.length === 1
          ? `variable ${quote(name)} reads itself`
          : `variables read each other in a circle: ${[...cycle, name].join(' → ')}`,
      hint: 'write one of them out',
    })
  }

  #reportChain({ name, place }: VariableSyntax): void {
    this.#findings.errorAtKey(place, {
      code: 'too-deep',
      message: `variable ${quote(name)} is read through more than ${MAX_CHAIN} others`,
      hint: 'write some of them out',
    })
  }
}

/** Stands in for one that is wrong, so that what reads it is not called wrong as well. */
function faulty(name: string): ScopeVariable<AccessRequest> {
  return { kind: 'value', name, type: dynType, read: () => undefined }
}

/** For expressions that read nothing of the request. */
const nobody: AccessRequest = Object.freeze({
  subject: { type: '', id: '', properties: {} },
  action: { name: '', properties: {} },
  resource: { type: '', id: '', properties: {} },
  context: {},
  timeMs: 0,
})
