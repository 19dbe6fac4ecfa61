import { oncePerDecision } from '../decide/once-per-decision.ts'
import type { DerivedRoleSpec } from '../decide/policy-spec.ts'
import type { AccessRequest } from '../model/access-request.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { compileExpression, isConditionFailure } from './expression.ts'
import type { DynamicSeparation } from './dynamic-separation.ts'
import { typeName } from './expression-types.ts'
import { CelFailure } from './expression-values.ts'
import { placeExpressionErrors } from './place-expression.ts'
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
 * Dynamic separation of duty: for one resource, permit rules about a role that excludes others count
 * only while the subject has used none of them on it. What has been used is the application's to say.
 */
export class SeparatedRoles {
  readonly #separations: readonly DynamicSeparation[]
  readonly #variables: Variables
  readonly #findings: Findings
  readonly #compiled = new Map<string, CompiledDerivedRole>()

  constructor(separations: readonly DynamicSeparation[], variables: Variables, findings: Findings) {
    this.#separations = separations
    this.#variables = variables
    this.#findings = findings
  }

  /** Whether what a role is worth depends on the resource. */
  has(name: string): boolean {
    return this.#separations.some(({ standsFor }) => standsFor.has(name))
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

  #part(name: string, { standsFor, used }: DynamicSeparation): readonly Part[] {
    const own = standsFor.get(name)
    if (own === undefined) return []
    // One that stands for two excludes itself once it has been used.
    const [only = name] = own.size === 1 ? own : []
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
        hint: 'name an attribute that lists roles, such as resource.roles_used',
      })
    }
    const evaluate = oncePerDecision(compiled.evaluate)
    const condition = (request: AccessRequest): boolean | CelFailure => {
      const value = evaluate(request)
      if (isConditionFailure(value)) return value
      if (!Array.isArray(value)) return notList
      const roles: readonly unknown[] = value
      let isUsable = true
      for (const role of roles) {
        if (typeof role !== 'string') return notList
        for (const each of standsFor.get(role) ?? []) if (each !== only) isUsable = false
      }
      return isUsable
    }
    return [{ condition, references: this.#variables.expand(references), text: used.value }]
  }
}

const notList = new CelFailure('the roles used are not a list of names')

/** What looks the role up without asking what has been used would pass the separation by. */
export function reportSeparated(role: Text, what: string, findings: Findings): void {
  findings.error(role, {
    code: 'separated-role-listed',
    message: `${what} cannot rely on ${quote(role.value)}, which counts only while others are not used`,
    hint: 'write a rule instead',
  })
}
