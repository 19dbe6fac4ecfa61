import { RouteFrame } from '../route/route-frame.ts'
import { type RouteValue } from '../route/route-spec.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'
import { stringType } from './expression-types.ts'
import { compileRouteValue } from './route-values.ts'
import type { DeclaredScopes } from './scopes.ts'
import type { RouteSyntax } from './syntax.ts'

/**
 * The scope of what a route leads to: a constant, or taken from what the upstream tells tenants
 * apart by. Null: the root.
 */
export function compileRouteScope(
  { attributes, scope }: RouteSyntax,
  parameters: readonly string[],
  scopes: DeclaredScopes,
  findings: Findings,
): RouteValue | null {
  for (const [name, text] of attributes) {
    if (name !== 'scope' || scopes.isEmpty) continue
    findings.errorAtKey(text, {
      code: 'reserved-attribute',
      message: '"scope" decides which policies are asked, and is no attribute that a route gives',
      hint: 'write "scope:" beside "attributes"',
    })
  }
  if (scope === null) return null
  if (scopes.isEmpty) {
    findings.error(scope, {
      code: 'unknown-scope',
      message: 'the route names a scope, and no file declares any',
      hint: 'declare it under "scopes", or remove it',
    })
    return null
  }
  if (scopes.has(scope.value)) {
    findings.error(scope, {
      code: 'expression',
      message: `scope ${quote(scope.value)} is written as an expression, not as a text`,
      hint: `write '${quote(scope.value)}'`,
    })
    return null
  }
  const compiled = compileRouteValue(scope, stringType, '"scope"', parameters, findings)
  if (compiled === null) return null
  const { references, value } = compiled
  const chosen = references.find((name) => !isTenantsPlace(name))
  if (chosen !== undefined) {
    findings.error(scope, {
      code: 'scope-from-request',
      message: `the scope is read from ${quote(chosen)}, which whoever asks may set freely`,
      hint: 'read it from what tells the upstream which tenant it is: "path.NAME" or "request.host"',
    })
  }
  if (value.kind !== 'expression' || references.length > 0) return value
  const constant = value.evaluate(nothing)
  if (typeof constant !== 'string') return value
  if (constant === '') return null
  if (!scopes.has(constant)) {
    findings.error(scope, {
      code: 'unknown-scope',
      message: `unknown scope ${quote(constant)}`,
      hint: suggest(
        constant,
        scopes.specs.map(({ name }) => name),
        'known scopes',
      ),
    })
  }
  return { kind: 'constant', value: constant }
}

/** The path and the host name the resource; a query stands beside it and says anything. */
function isTenantsPlace(reference: string): boolean {
  return (
    reference === 'path' ||
    reference.startsWith('path.') ||
    ['request.host', 'request.path'].includes(reference)
  )
}

/** For expressions that read nothing of the request. */
const nothing = new RouteFrame(
  {
    id: '',
    requestId: '',
    receivedAtMs: 0,
    startedAtMs: 0,
    method: '',
    scheme: 'http',
    host: '',
    authority: '',
    path: '',
    query: '',
    rawHeaders: [],
    authorization: null,
    authorizationCount: 0,
    dpop: null,
    dpopCount: 0,
    apiKey: null,
    apiKeyCount: 0,
    client: { ip: '', peerIp: '', viaTrustedProxy: false },
    hasBody: false,
    contentLength: null,
  },
  [],
  [],
)
