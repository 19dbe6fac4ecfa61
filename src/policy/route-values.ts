import type { RouteFrame } from '../route/route-frame.ts'
import { type RouteValue, RouteValueFailure } from '../route/route-spec.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { compileExpression, isConditionFailure } from './expression.ts'
import {
  type ExpressionScope,
  expressionScope,
  noDeclarations,
  objectVariable,
  openDeclarations,
} from './expression-scope.ts'
import { stringType, type Type, typeName } from './expression-types.ts'
import { placeExpressionErrors } from './place-expression.ts'
import { NotJson, toJson } from './to-json.ts'

export interface CompiledRouteValue {
  readonly value: RouteValue
  readonly references: readonly string[]
}

/** What a route's expressions see: its own path parameters, the query and the request line. */
function routeScope(parameters: readonly string[]): ExpressionScope<RouteFrame> {
  const members = new Map(parameters.map((name) => [name, stringType]))
  return expressionScope<RouteFrame>([
    objectVariable('path', { members, open: false }, (frame) => frame.path, {}),
    objectVariable('query', openDeclarations, (frame) => frame.query, {}),
    objectVariable('request', noDeclarations, null, {
      method: (frame) => frame.facts.method,
      scheme: (frame) => frame.facts.scheme,
      host: (frame) => frame.facts.host,
      path: (frame) => frame.facts.path,
      query: (frame) => frame.facts.query,
      client_ip: (frame) => frame.facts.client.ip,
    }),
  ])
}

/** Null, with findings, when the expression is wrong or yields another type than is wanted. */
export function compileRouteValue(
  text: Text,
  wanted: Type,
  what: string,
  parameters: readonly string[],
  findings: Findings,
): CompiledRouteValue | null {
  const compiled = compileExpression(text.value, routeScope(parameters))
  if (!compiled.ok) {
    placeExpressionErrors(text, compiled.errors, findings)
    return null
  }
  if (!fits(compiled.type, wanted)) {
    findings.error(text, {
      code: 'wrong-type',
      message: `${what} must be ${typeName(wanted)}, not ${typeName(compiled.type)}`,
      hint: conversionHint(wanted, text.value),
    })
    return null
  }
  const { references, evaluate } = compiled
  const parameter = parameters.indexOf(text.value.trim().slice('path.'.length))
  if (parameter !== -1 && text.value.trim().startsWith('path.')) {
    return { value: { kind: 'parameter', index: parameter }, references }
  }
  return { value: { kind: 'expression', evaluate: (frame) => settle(evaluate(frame)) }, references }
}

/** Query parameters read by name; null: some expression reads the query as a whole. */
export function queryNamesIn(references: readonly string[]): readonly string[] | null {
  const names = new Set<string>()
  for (const reference of references) {
    if (reference !== 'query' && !reference.startsWith('query.')) continue
    const name = reference.slice('query.'.length).split('.', 1)[0] ?? ''
    if (name === '') return null
    names.add(name)
  }
  return [...names]
}

function fits(given: Type, wanted: Type): boolean {
  if (given.kind === 'dyn' || wanted.kind === 'dyn') return true
  if (given.kind === 'list' && wanted.kind === 'list') return fits(given.element, wanted.element)
  if (given.kind === 'map' && wanted.kind === 'map') return fits(given.value, wanted.value)
  return given.kind === wanted.kind
}

function conversionHint(wanted: Type, text: string): string | null {
  const convertible = ['int', 'double', 'bool', 'string', 'timestamp', 'duration']
  return convertible.includes(wanted.kind) ? `write ${wanted.kind}(${text.trim()})` : null
}

/** Access requests hold JSON, so that they are recorded and replayed as they were decided. */
function settle(value: unknown): unknown {
  if (isConditionFailure(value)) return new RouteValueFailure(value.message)
  const json = toJson(value)
  return json instanceof NotJson ? new RouteValueFailure(json.message) : json
}
