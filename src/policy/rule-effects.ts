import type {
  Evaluated,
  ObligationSpec,
  PropertiesSpec,
  Requirement,
  ValueSpec,
} from '../decide/policy-spec.ts'
import { asText, type Cursor } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { compileExpression, isConditionFailure } from './expression.ts'
import { parseDuration } from './expression-time.ts'
import { CelDuration } from './expression-values.ts'
import { placeExpressionErrors } from './place-expression.ts'
import type { ObligationSyntax, PropertiesSyntax, RequirementSyntax } from './syntax.ts'
import { NotJson, toJson } from './to-json.ts'
import type { Variables } from './variables.ts'

const MAX_AGE_S = 31_536_000

export function compileObligations(
  obligations: readonly ObligationSyntax[],
  variables: Variables,
  findings: Findings,
): readonly ObligationSpec[] {
  return obligations.map(({ type, properties }) => {
    if (type.value === 'step_up') {
      findings.error(type, {
        code: 'reserved-obligation',
        message: '"step_up" is the obligation that "require" makes',
        hint: 'write "require:" instead',
      })
    }
    return {
      type: type.value,
      properties: compileProperties(properties, variables, findings),
    }
  })
}

export function compileProperties(
  properties: PropertiesSyntax,
  variables: Variables,
  findings: Findings,
): PropertiesSpec {
  return properties.map(([name, place]) => [name, compileValue(place, variables, findings)])
}

function compileValue(place: Cursor, variables: Variables, findings: Findings): ValueSpec {
  const text = asText(place)
  if (text === null) return { kind: 'constant', value: place.value }
  const compiled = compileExpression(text.value, variables.scope)
  if (!compiled.ok) {
    placeExpressionErrors(text, compiled.errors, findings)
    return { kind: 'constant', value: null }
  }
  const { evaluate } = compiled
  return { kind: 'expression', evaluate: (request) => settle(evaluate(request)) }
}

function settle(value: unknown): Evaluated {
  if (isConditionFailure(value)) return { ok: false, message: value.message }
  const json = toJson(value)
  return json instanceof NotJson ? { ok: false, message: json.message } : { ok: true, value: json }
}

/** Null, with findings, when it requires nothing that could be met. */
export function compileRequirement(
  { place, acr, amr, maxAge }: RequirementSyntax,
  effect: 'permit' | 'deny',
  findings: Findings,
): Requirement | null {
  if (effect === 'deny') {
    findings.errorAtKey(place, {
      code: 'require-of-deny',
      message: 'a deny rule cannot require a sign-in: it would deny less to who signs in worse',
      hint: 'put "require" into the rules that permit, or write "when" over context.acr',
    })
    return null
  }
  if (maxAge === null) return { acr, amr, maxAgeS: null }
  const duration = parseDuration(maxAge.value)
  const maxAgeS = duration instanceof CelDuration ? duration.seconds : null
  if (maxAgeS === null || maxAgeS < 1 || maxAgeS > MAX_AGE_S) {
    findings.error(maxAge, {
      code: 'malformed-duration',
      message: `${quote(maxAge.value)} is not a duration from 1s to ${MAX_AGE_S}s`,
      hint: 'write it as in "15m" or "1h30m"',
    })
  }
  return { acr, amr, maxAgeS }
}
