import type { AccessRequest } from '../model/access-request.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { compileExpression } from './expression.ts'
import type { ExpressionScope, KnownValues, ScopeVariable } from './expression-scope.ts'
import { placeExpressionErrors } from './place-expression.ts'

/** What `action.name` and `resource.type` can be where a condition stands. */
export class KnownNames {
  readonly #action: KnownValues
  readonly #type: KnownValues

  private constructor(action: KnownValues, type: KnownValues) {
    this.#action = action
    this.#type = type
  }

  /** In the policy of one resource, of whatever version. */
  static of(resource: string, type: string, actions: Iterable<string>): KnownNames {
    return new KnownNames(
      {
        what: 'action',
        values: new Set(actions),
        describe: (value) => `unknown action ${quote(value)} of resource ${quote(resource)}`,
      },
      {
        what: 'resource',
        values: new Set([type]),
        describe: (value) => `"resource.type" is ${quote(type)} here, and never ${quote(value)}`,
      },
    )
  }

  /** Where all resources can be meant. */
  static ofAll(types: Iterable<string>, actions: Iterable<string>): KnownNames {
    const known = (what: string, values: Iterable<string>): KnownValues => ({
      what,
      values: new Set(values),
      describe: (value) => `unknown ${what} ${quote(value)}`,
    })
    return new KnownNames(known('action', actions), known('resource', types))
  }

  /**
   * Reports comparisons with anything else. The text has compiled; it is compiled once more, apart
   * from what resources share, and only where it reads one of the two.
   */
  check(
    text: Text,
    references: readonly string[],
    scope: ExpressionScope<AccessRequest>,
    findings: Findings,
  ): void {
    if (!references.includes('action.name') && !references.includes('resource.type')) return
    const { variables } = scope
    const checked: ExpressionScope<AccessRequest> = {
      kind: null,
      variables: {
        get: (name) => this.#restrict(variables.get(name)),
        keys: () => variables.keys(),
      },
    }
    const compiled = compileExpression(text.value, checked)
    if (!compiled.ok) placeExpressionErrors(text, compiled.errors, findings, '', 'never-equal')
  }

  #restrict(
    variable: ScopeVariable<AccessRequest> | undefined,
  ): ScopeVariable<AccessRequest> | undefined {
    if (variable?.kind !== 'object') return variable
    if (variable.name === 'action') return { ...variable, known: new Map([['name', this.#action]]) }
    if (variable.name !== 'resource') return variable
    return { ...variable, known: new Map([['type', this.#type]]) }
  }
}
