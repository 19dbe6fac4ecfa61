import { oncePerDecision } from '../decide/once-per-decision.ts'
import type { DerivedRoleSpec } from '../decide/policy-spec.ts'
import type { AccessRequest } from '../model/access-request.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { compileExpression, isConditionFailure } from './expression.ts'
import { typeName } from './expression-types.ts'
import { CelFailure } from './expression-values.ts'
import { placeExpressionErrors } from './place-expression.ts'
import type { SeparationSyntax } from './syntax.ts'
import type { Variables } from './variables.ts'

/** A role that counts under a condition about the resource. */
export interface CompiledDerivedRole {
  readonly spec: DerivedRoleSpec
  /** `resource.owner`, `subject.department`, ... */
  readonly references: readonly string[]
  /** Of the condition and of the variables behind it. */
  readonly texts: readonly string[]
}

interface Part {
  readonly condition: (request: AccessRequest) => boolean | CelFailure
  readonly references: readonly string[]
  readonly text: string
}

/**
 * Dynamic separation of duty: for one resource, a role that excludes others counts only while the
 * subject has used none of them on it. What has been used is the application's to say.
 */
export class SeparatedRoles {
  readonly #separations: readonly SeparationSyntax[]
  readonly #variables: Variables
  readonly #findings: Findings
  readonly #compiled = new Map<string, CompiledDerivedRole>()

  constructor(separations: readonly SeparationSyntax[], variables: Variables, findings: Findings) {
    this.#separations = separations.filter(({ dynamic }) => dynamic.length > 0)
    this.#variables = variables
    this.#findings = findings
  }

  /** Whether what a role is worth depends on the resource. */
  has(name: string): boolean {
    return this.#separations.some(({ dynamic }) => dynamic.some(({ value }) => value === name))
  }

  /** The role as it counts here; null: it excludes no other. */
  get(name: string): CompiledDerivedRole | null {
    if (this.#separations.length === 0) return null
    const known = this.#compiled.get(name)
    if (known !== undefined) return known
    const parts = this.#separations.flatMap((separation) => this.#part(name, separation))
    if (parts.length === 0) return null
    const conditions = parts.map(({ condition }) => condition)
    const compiled: CompiledDerivedRole = {
      spec: {
        name,
        roles: [name],
        condition: (request) => {
          let failure: CelFailure | null = null
          for (const condition of conditions) {
            const result = condition(request)
            if (result === false) return false
            if (result !== true) failure ??= result
          }
          return failure ?? true
        },
      },
      references: parts.flatMap(({ references }) => references),
      texts: parts.map(({ text }) => text),
    }
    this.#compiled.set(name, compiled)
    return compiled
  }

  #part(name: string, { dynamic, used }: SeparationSyntax): readonly Part[] {
    const names = dynamic.map(({ value }) => value)
    if (used === null || !names.includes(name)) return []
    const others = names.filter((other) => other !== name)
    const compiled = compileExpression(used.value, this.#variables.scope)
    if (!compiled.ok) {
      const suffix = this.#variables.usedBy(used)
      placeExpressionErrors(used, compiled.errors, this.#findings, suffix)
      return []
    }
    const { type, references } = compiled
    if (type.kind !== 'list' && type.kind !== 'dyn') {
      this.#findings.error(used, {
        code: 'wrong-type',
        message: `${quote('used')} must be list<string>, not ${typeName(type)}`,
      })
    }
    const evaluate = oncePerDecision(compiled.evaluate)
    const condition = (request: AccessRequest): boolean | CelFailure => {
      const value = evaluate(request)
      if (isConditionFailure(value)) return value
      if (!Array.isArray(value)) return notList
      return !others.some((other) => value.includes(other))
    }
    return [{ condition, references: this.#variables.expand(references), text: used.value }]
  }
}

const notList = new CelFailure('the roles used are not a list')

/** What looks the role up without asking what has been used would pass the separation by. */
export function reportSeparated(role: Text, what: string, findings: Findings): void {
  findings.error(role, {
    code: 'separated-role-listed',
    message: `${what} cannot rely on ${quote(role.value)}, which counts only while others are not used`,
    hint: 'write a rule instead',
  })
}
