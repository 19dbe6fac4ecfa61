import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import type { RequestFacts } from '../../src/model/request-facts.ts'
import { buildAccessRequest, matchRoute } from '../../src/route/route.ts'
import { ann, factsOf } from '../route/samples.ts'
import { compile, diagnose, type Files } from './samples.ts'

const files: Files = {
  'scopes.yaml': 'scopes: { acme: {}, acme.hr: {}, globex: {}, shops: { open: true } }',
  'note.yaml': `
    resource: note
    actions: [read]
    attributes: { owner: string }
    rules: [{ id: all, permit: [read] }]
  `,
  'note-acme.yaml': `
    resource: note
    scope: acme
    rules: [{ id: none, deny: [read] }]
  `,
  'note-v2.yaml': `
    resource: note
    version: v2
    actions: [read]
    rules:
      - { id: none, deny: [read], when: context.policy_version == "v2" }
      - { id: all, permit: [read] }
  `,
}

function routed(group: string): Files {
  return { ...files, 'routes.yaml': `routes: [{ upstream: http://127.0.0.1:9500, ${group} }]` }
}

/** Through one route: the rule that decided, else why none did. */
function through(group: string, changes: Partial<RequestFacts>): string {
  const { policies, routes, diagnostics } = compile(routed(group))
  expect(diagnostics).toEqual([])
  if (policies === null || routes === null) throw new Error('no policies')
  const facts = factsOf(changes)
  const match = matchRoute(routes, facts.method, facts.host, facts.path)
  if (match.kind === 'miss') return match.code
  const request = buildAccessRequest(match, facts, ann, 0)
  if ('kind' in request) return `${request.code}: ${request.detail}`
  const { reason, rules } = decide(policies, request)
  return rules[0] ?? reason
}

const read = 'action: read, resource: note'

describe('the scope of a route', () => {
  it('is a constant, a parameter of the path, or made from the host', () => {
    const constant = `paths: { GET /notes: { ${read}, scope: '"acme.hr"' } }`
    expect(through(constant, { path: '/notes' })).toBe('note/acme/none')
    const path = `paths: { 'GET /{tenant}/notes': { ${read}, scope: path.tenant } }`
    expect(through(path, { path: '/acme/notes' })).toBe('note/acme/none')
    expect(through(path, { path: '/globex/notes' })).toBe('note/all')
    const host = `host: '*.example.com', scope: 'request.host.split(".")[0]', paths: { GET /notes: { ${read} } }`
    expect(through(host, { path: '/notes', host: 'acme.example.com' })).toBe('note/acme/none')
    expect(through(host, { path: '/notes', host: 'globex.example.com' })).toBe('note/all')
  })

  it('of a group is that of its routes unless they give their own', () => {
    const group = `scope: '"acme"', paths: { GET /a: { ${read} }, GET /b: { ${read}, scope: '"globex"' } }`
    expect(through(group, { path: '/a' })).toBe('note/acme/none')
    expect(through(group, { path: '/b' })).toBe('note/all')
  })

  it('is never a wider one, however the request spells it', () => {
    const path = `paths: { 'GET /{tenant}/notes': { ${read}, scope: path.tenant } }`
    for (const tenant of ['Acme', 'ACME', 'acme.', '.acme', 'acme.x', 'nobody', 'acm%C3%A9']) {
      expect([tenant, through(path, { path: `/${tenant}/notes` })]).toEqual([
        tenant,
        'unknown_scope',
      ])
    }
    expect(through(path, { path: '/%FF/notes' })).toMatch(/^resource_incomplete/u)
    const shop = `paths: { 'GET /{shop}/notes': { ${read}, scope: '"shops." + path.shop' } }`
    expect(through(shop, { path: '/berlin/notes' })).toBe('note/all')
    expect(through(shop, { path: '/BERLIN/notes' })).toBe('unknown_scope')
  })

  it('that cannot be had, or is empty, is refused before anything is decided', () => {
    const empty = `paths: { 'GET /{tenant}/notes': { ${read}, scope: 'path.tenant.replace("acme", "")' } }`
    expect(through(empty, { path: '/acme/notes' })).toBe(
      'resource_incomplete: GET /{tenant}/notes: no value for "scope": not a text, or empty',
    )
    const part = `host: '*.example.com', scope: 'request.host.split(".")[9]', paths: { GET /notes: { ${read} } }`
    expect(through(part, { path: '/notes', host: 'acme.example.com' })).toMatch(
      /^resource_incomplete: .* no value for "scope"/u,
    )
  })

  it('has no say from the query, headers or body of a request', () => {
    const path = `paths: { 'GET /{tenant}/notes': { ${read}, scope: path.tenant } }`
    const query = 'scope=globex&policy_version=default&tenant=globex'
    const rawHeaders = ['Scope', 'globex', 'Policy-Version', 'default', 'X-Scope', 'globex']
    expect(through(path, { path: '/acme/notes', query, rawHeaders })).toBe('note/acme/none')
  })
})

describe('the version of a route', () => {
  it('is a constant of the folder: no request chooses it', () => {
    const version = `paths: { GET /notes: { ${read}, version: v2, scope: '""' } }`
    const query = 'policy_version=default'
    const rawHeaders = ['Policy-Version', 'default', 'Context', '{"policy_version":"default"}']
    expect(through(version, { path: '/notes', query, rawHeaders })).toBe('note@v2/none')
    const plain = `version: v2, paths: { GET /notes: { ${read}, version: default, scope: '""' } }`
    expect(through(plain, { path: '/notes', query: 'policy_version=v2' })).toBe('note/all')
  })
})

describe('what is said about scopes and versions of routes', () => {
  const said = (group: string): string => diagnose(routed(group))

  it('what does not exist', () => {
    expect(said(`version: v3, paths: { GET /notes: { ${read} } }`)).toMatchInlineSnapshot(
      `"routes.yaml:1:54 error unknown-version: unknown version "v3" of resource "note" [its versions: "default", "v2"]"`,
    )
    expect(said(`paths: { GET /notes: { ${read}, scope: '"acmee"' } }`)).toMatchInlineSnapshot(
      `"routes.yaml:1:105 error unknown-scope: unknown scope "acmee" [did you mean "acme"?]"`,
    )
    expect(said(`paths: { GET /notes: { ${read}, scope: nobody } }`)).toMatchInlineSnapshot(
      `"routes.yaml:1:105 error expression: unknown name "nobody" [known names: "path", "query", "request"]"`,
    )
    expect(said(`paths: { GET /notes: { ${read}, scope: acme } }`)).toMatchInlineSnapshot(
      `"routes.yaml:1:105 error expression: scope "acme" is written as an expression, not as a text [write '"acme"']"`,
    )
    expect(said(`paths: { GET /notes: { ${read}, scope: '5' } }`)).toMatchInlineSnapshot(
      `"routes.yaml:1:105 error wrong-type: "scope" must be string, not int [write string(5)]"`,
    )
  })

  it('what whoever asks may set freely', () => {
    expect(said(`paths: { GET /notes: { ${read}, scope: query.tenant } }`)).toMatchInlineSnapshot(
      `"routes.yaml:1:105 error scope-from-request: the scope is read from "query.tenant", which whoever asks may set freely [read it from what tells the upstream which tenant it is: "path.NAME" or "request.host"]"`,
    )
    expect(said(`paths: { GET /n: { ${read}, scope: request.query } }`)).toMatchInlineSnapshot(
      `"routes.yaml:1:101 error scope-from-request: the scope is read from "request.query", which whoever asks may set freely [read it from what tells the upstream which tenant it is: "path.NAME" or "request.host"]"`,
    )
    expect(said(`paths: { GET /n: { ${read}, scope: request.method } }`)).toMatchInlineSnapshot(
      `"routes.yaml:1:101 error scope-from-request: the scope is read from "request.method", which whoever asks may set freely [read it from what tells the upstream which tenant it is: "path.NAME" or "request.host"]"`,
    )
    expect(
      said(`paths: { GET /n: { ${read}, scope: '"acme"', attributes: { scope: query.x } } }`),
    ).toMatchInlineSnapshot(
      `"routes.yaml:1:125 error reserved-attribute: "scope" decides which policies are asked, and is no attribute that a route gives [write "scope:" beside "attributes"]"`,
    )
  })

  it('a route that would pass the rules of scopes by', () => {
    expect(said(`paths: { GET /notes: { ${read} } }`)).toMatchInlineSnapshot(
      `"routes.yaml:1:54 warning route-lacks-scope: scopes have rules about "read" of resource "note", and the route gives no scope: they do not apply through it [add "scope", which is '""' where the resources belong to none]"`,
    )
    expect(said(`paths: { GET /notes: { ${read}, scope: '""' } }`)).toBe('')
  })

  it('attributes that rules of the scope read', () => {
    const more = `
      resource: note
      scope: globex
      rules: [{ id: own, deny: [read], when: resource.owner == "x" && resource.scope != "" }]
    `
    const withMore = (scope: string): string =>
      diagnose({
        ...routed(`paths: { GET /notes: { ${read}, scope: '${scope}' } }`),
        'm.yaml': more,
      })
    expect(withMore('"globex"')).toMatchInlineSnapshot(
      `"routes.yaml:1:54 warning route-lacks-attribute: rule "note/globex/own" reads resource.owner, which the route does not give: a deny rule that cannot be evaluated denies [give it under "attributes", or test it first with has(resource.owner)]"`,
    )
    expect(withMore('"acme"')).toBe('')
    expect(withMore('request.host')).toContain('note/globex/own')
  })

  it('a scope where none is declared', () => {
    expect(
      diagnose({
        'note.yaml': files['note.yaml'] ?? '',
        'routes.yaml': `routes: [{ upstream: http://127.0.0.1:9500, paths: { GET /n: { ${read}, scope: '"a"' } } }]`,
      }),
    ).toMatchInlineSnapshot(
      `"routes.yaml:1:101 error unknown-scope: the route names a scope, and no file declares any [declare it under "scopes", or remove it]"`,
    )
  })
})
