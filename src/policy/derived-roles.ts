import { oncePerDecision } from '../decide/once-per-decision.ts'
import type { Findings } from '../source/findings.ts'
import { compileCondition } from './expression.ts'
import { resolveName } from './names.ts'
import { placeExpressionErrors } from './place-expression.ts'
import type { CompiledRoles } from './roles.ts'
import {
  type CompiledDerivedRole,
  reportSeparated,
  type SeparatedRoles,
} from './separated-roles.ts'
import type { DerivedRoleSyntax } from './syntax.ts'
import type { Variables } from './variables.ts'

/** The derived roles of one resource, each compiled when the first rule names it. */
export class DerivedRoles {
  /** Names that some rule is about. */
  readonly used = new Set<string>()
  readonly #declared: ReadonlyMap<string, DerivedRoleSyntax>
  readonly #roles: CompiledRoles | null
  readonly #separated: SeparatedRoles
  readonly #variables: Variables
  readonly #findings: Findings
  readonly #compiled = new Map<string, CompiledDerivedRole>()

  /** `roles` null: not all of them are known, so that none is called unknown. */
  constructor(
    declared: ReadonlyMap<string, DerivedRoleSyntax>,
    roles: CompiledRoles | null,
    separated: SeparatedRoles,
    variables: Variables,
    findings: Findings,
  ) {
    this.#declared = declared
    this.#roles = roles
    this.#separated = separated
    this.#variables = variables
    this.#findings = findings
  }

  names(): Iterable<string> {
    return this.#declared.keys()
  }

  /** Null: there is no derived role of that name. */
  get(name: string): CompiledDerivedRole | null {
    const known = this.#compiled.get(name)
    if (known !== undefined) return known
    const syntax = this.#declared.get(name)
    if (syntax === undefined) return null
    const compiled = this.#compile(syntax)
    this.#compiled.set(name, compiled)
    this.used.add(name)
    return compiled
  }

  #compile({ name, roles, when }: DerivedRoleSyntax): CompiledDerivedRole {
    if (this.#roles !== null) {
      for (const role of roles ?? []) resolveName(role, this.#roles, 'role', this.#findings)
    }
    for (const role of roles ?? []) {
      if (this.#separated.has(role.value)) reportSeparated(role, 'a derived role', this.#findings)
    }
    const needed = roles?.map((role) => role.value) ?? null
    const condition = when === null ? null : compileCondition(when.value, this.#variables.scope)
    if (when !== null && condition?.ok === false) {
      placeExpressionErrors(when, condition.errors, this.#findings, this.#variables.usedBy(when))
    }
    if (when === null || condition?.ok !== true) {
      return { spec: { name, roles: needed, condition: () => false }, references: [], texts: [] }
    }
    const { evaluate, references } = condition
    this.#variables.checkNames(when, references)
    return {
      spec: { name, roles: needed, condition: oncePerDecision(evaluate) },
      references: this.#variables.expand(references),
      texts: [when.value, ...this.#variables.texts(references)],
    }
  }
}
