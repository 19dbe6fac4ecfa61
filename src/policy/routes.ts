import type { RouteSpec, RouteValue } from '../route/route-spec.ts'
import { type Cursor, type Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'
import { stringType } from './expression-types.ts'
import { resolveName } from './names.ts'
import { type Judged, readHost, readOrigin } from './origin.ts'
import type { CompiledResource, CompiledResources } from './resources.ts'
import { resolvePolicy } from './resolve-policy.ts'
import { compileRouteScope } from './route-scope.ts'
import { compileRouteValue, queryNamesIn } from './route-values.ts'
import type { DeclaredScopes } from './scopes.ts'
import type { RouteGroupSyntax, RouteSyntax } from './syntax.ts'
import { readRouteKey, type RouteKey } from './template.ts'
import { readAuthentication } from './route-authentication.ts'
import { readLimits } from './route-limits.ts'
import { readUpgrades } from './upgrades.ts'

export interface CompiledRoute {
  readonly syntax: RouteSyntax
  readonly spec: RouteSpec
}

/** Routes checked against the resources they name and against each other. */
export function compileRoutes(
  groups: readonly RouteGroupSyntax[],
  resources: CompiledResources,
  scopes: DeclaredScopes,
  findings: Findings,
  isIncomplete: boolean,
): readonly CompiledRoute[] {
  const shapes = new Map<string, RouteSyntax>()
  return groups.flatMap((group) => {
    const origin = judge(group.upstream, readOrigin, 'upstream', findings)
    const host = judge(group.host, readHost, 'host', findings)
    return group.routes.flatMap((route): readonly CompiledRoute[] => {
      const key = readKey(route, findings)
      if (key !== null) refuseConflict(key, host, route, shapes, findings)
      const resource = resolveResource(route, resources, findings, isIncomplete)
      const values = compileValues(route, key?.parameters ?? [], resource, findings)
      const scope = compileRouteScope(route, key?.parameters ?? [], scopes, findings)
      if (scope === null && resource?.spec.isScopeRequired === true) {
        reportScopeless(route, resource, findings)
      }
      const version = resource?.spec.version
      const upgrades = readUpgrades(route, key?.method ?? 'GET', findings)
      const authentication = readAuthentication(route, findings)
      if (key === null) return []
      const spec: RouteSpec = {
        id: `${key.method} ${host ?? ''}${key.template}`,
        host,
        method: key.method,
        template: key.template,
        parameters: key.parameters,
        upstream: origin ?? '',
        audience: group.audience?.value ?? origin ?? '',
        resourceType: route.resource?.value ?? '',
        action: route.action?.value ?? '',
        ...values,
        ...(scope === null ? null : { scope }),
        ...(version === undefined ? null : { policyVersion: version }),
        ...(upgrades.length === 0 ? null : { upgrades }),
        ...(authentication === null ? null : { authentication }),
        ...(route.limits.length === 0 ? null : { limits: readLimits(route) }),
        ...(route.passToken === true ? { passToken: true } : null),
        ...(route.identityHeaders === null ? null : { identityHeaders: route.identityHeaders }),
        location: route.location,
      }
      return [{ syntax: route, spec }]
    })
  })
}

function reportScopeless(
  { place, scope }: RouteSyntax,
  { spec }: CompiledResource,
  findings: Findings,
): void {
  findings.errorAtKey(scope ?? place, {
    code: 'scope-required',
    message: `resource ${quote(spec.type)} has to belong to a scope, and the route gives none`,
    hint: 'give it as "scope"',
  })
}

function judge(
  text: Text | null,
  read: (text: string) => Judged,
  what: string,
  findings: Findings,
): string | null {
  if (text === null) return null
  const judged = read(text.value)
  if (judged.ok) return judged.value
  const { message, hint } = judged
  findings.error(text, {
    code: `malformed-${what}`,
    message: `${what} ${shown(text.value)}${message}`,
    hint,
  })
  return null
}

/** A password in a URL would otherwise travel on into the log. */
function shown(text: string): string {
  return text.includes('@') ? '' : `${quote(text)} `
}

function readKey(route: RouteSyntax, findings: Findings): RouteKey | null {
  const key = readRouteKey(route.key)
  if (!('method' in key)) {
    for (const { start, end, message, hint } of key) {
      findings.errorWithinKey(route.place, start, end, { code: 'malformed-route', message, hint })
    }
    return null
  }
  if (/^\/\.well-known\/sallyport(\/|$)/u.test(key.template)) {
    findings.errorAtKey(route.place, {
      code: 'reserved-path',
      message: 'paths below /.well-known/sallyport/ are answered by the gateway itself',
      hint: 'choose another path',
    })
  }
  return key
}

function refuseConflict(
  key: RouteKey,
  host: string | null,
  route: RouteSyntax,
  shapes: Map<string, RouteSyntax>,
  findings: Findings,
): void {
  const shape = `${key.method} ${host ?? ''} ${key.shape}`
  const first = shapes.get(shape)
  if (first === undefined) {
    shapes.set(shape, route)
    return
  }
  findings.errorAtKey(route.place, {
    code: 'route-conflict',
    message: `route ${quote(route.key)} matches the same requests as ${quote(first.key)} at ${first.location}`,
    hint: 'keep one of them',
  })
}

function resolveResource(
  route: RouteSyntax,
  resources: CompiledResources,
  findings: Findings,
  isIncomplete: boolean,
): CompiledResource | null {
  if (route.resource === null) return null
  const { version } = route
  const told = isIncomplete ? null : findings
  const resource = resolvePolicy(route.resource, version, resources, told)
  if (resource === undefined) return null
  if (route.action !== null) {
    const actions = new Map(resource.spec.actions.map((action) => [action, action]))
    const within = ` of resource ${quote(resource.spec.type)}`
    resolveName(route.action, actions, 'action', findings, within)
  }
  return resource
}

type RouteValues = Pick<RouteSpec, 'resourceId' | 'properties' | 'queryNames'>

function compileValues(
  route: RouteSyntax,
  parameters: readonly string[],
  resource: CompiledResource | null,
  findings: Findings,
): RouteValues {
  const references: string[] = []
  const compile = (text: Text, type: typeof stringType, what: string): RouteValue | null => {
    const compiled = compileRouteValue(text, type, what, parameters, findings)
    references.push(...(compiled?.references ?? []))
    return compiled?.value ?? null
  }
  const resourceId = route.id === null ? null : compile(route.id, stringType, '"id"')
  const properties: [string, RouteValue][] = []
  for (const [name, text] of route.attributes) {
    const type = resource?.attributes.get(name)
    if (resource !== null && type === undefined) reportAttribute(name, text, resource, findings)
    const value = compile(text, type ?? { kind: 'dyn' }, `attribute ${quote(name)}`)
    if (value !== null) properties.push([name, value])
  }
  return { resourceId, properties, queryNames: queryNamesIn(references) }
}

function reportAttribute(
  name: string,
  place: Cursor,
  resource: CompiledResource,
  findings: Findings,
): void {
  findings.errorAtKey(place, {
    code: 'unknown-attribute',
    message: `resource ${quote(resource.spec.type)} declares no attribute ${quote(name)}`,
    hint:
      suggest(name, resource.attributes.keys(), 'its attributes') ??
      `declare it under "attributes" of resource ${quote(resource.spec.type)}`,
  })
}
