import type { AccessRequest } from '../model/access-request.ts'
import type { Attributes } from '../model/attributes.ts'
import type { Obligation } from '../model/decision.ts'
import type { PropertiesSpec, RuleSpec, ValueSpec } from './policy-spec.ts'

/** What comes with a decision besides its effect. */
export interface Effects {
  readonly obligations: readonly Obligation[]
  readonly output: Attributes | null
}

export interface EvaluatedEffects extends Effects {
  /** An obligation that cannot be stated cannot be met. */
  readonly obligationFailure: string | null
  readonly outputFailure: string | null
}

export function hasDynamicEffects({ obligations = [], output = [] }: RuleSpec): boolean {
  const isDynamic = ([, { kind }]: readonly [string, ValueSpec]): boolean => kind === 'expression'
  return output.some(isDynamic) || obligations.some(({ properties }) => properties.some(isDynamic))
}

export function evaluateEffects(rule: RuleSpec, request: AccessRequest | null): EvaluatedEffects {
  let obligationFailure: string | null = null
  const obligations: Obligation[] = []
  for (const [at, { type, properties }] of (rule.obligations ?? []).entries()) {
    const evaluated = evaluateProperties(properties, request)
    if (typeof evaluated === 'string') obligationFailure ??= `obligation "${type}": ${evaluated}`
    else
      obligations.push(Object.freeze({ id: `${rule.id}#${at + 1}`, type, properties: evaluated }))
  }
  if (rule.output === undefined) {
    return { obligations, obligationFailure, output: null, outputFailure: null }
  }
  const output = evaluateProperties(rule.output, request)
  if (typeof output !== 'string') {
    return { obligations, obligationFailure, output, outputFailure: null }
  }
  return { obligations, obligationFailure, output: null, outputFailure: `output: ${output}` }
}

/** A text says why they could not be had. */
function evaluateProperties(
  properties: PropertiesSpec,
  request: AccessRequest | null,
): Attributes | string {
  const values = Object.create(null) as Record<string, unknown>
  for (const [name, spec] of properties) {
    if (spec.kind === 'constant') {
      values[name] = spec.value
      continue
    }
    if (request === null) return 'no request'
    const evaluated = spec.evaluate(request)
    if (!evaluated.ok) return `"${name}": ${evaluated.message}`
    values[name] = evaluated.value
  }
  return Object.freeze(values)
}
