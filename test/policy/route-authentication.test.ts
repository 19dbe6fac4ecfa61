import { expect, it } from 'vitest'
import { compilePolicies } from '../../src/policy/compile.ts'

const page = { path: 'page.yaml', text: 'resource: page\nactions: [read]\nrules: []\n' }

function compileRoute(route: string, group = ''): ReturnType<typeof compilePolicies> {
  const text = `routes:
  - upstream: http://127.0.0.1:9500
${group}    paths:
      GET /pages: { ${route}action: read, resource: page }
`
  return compilePolicies([page, { path: 'routes.yaml', text }])
}

function authenticationOf(route: string, group?: string): unknown {
  return compileRoute(route, group).routes?.routes[0]?.authentication
}

it('asks every request for a credential where nothing is said', () => {
  expect(authenticationOf('')).toBeUndefined()
  expect(authenticationOf('authentication: required, ')).toBeUndefined()
})

it('keeps what a route says of its own, and else what its group says', () => {
  expect(authenticationOf('authentication: optional, ')).toEqual({
    mode: 'optional',
    credentials: null,
  })
  expect(authenticationOf('', '    authentication: public\n')).toEqual({
    mode: 'public',
    credentials: null,
  })
  const group = '    authentication: optional\n    credentials: [bearer, dpop]\n'
  expect(authenticationOf('', group)).toEqual({ mode: 'optional', credentials: ['bearer', 'dpop'] })
  expect(authenticationOf('authentication: required, credentials: api_key, ', group)).toEqual({
    mode: 'required',
    credentials: ['api_key'],
  })
})

it.each(['none', 'Public', 'false', 'null', '[public]', '""'])(
  'opens nothing for a misspelt mode: %s',
  (mode) => {
    expect(compileRoute(`authentication: ${mode}, `).routes).toBeNull()
  },
)

it.each(['[]', 'cookie', '[bearer, bearer]', 'true'])('refuses credentials %s', (credentials) => {
  expect(compileRoute(`credentials: ${credentials}, `).routes).toBeNull()
})

it('reports credentials of a public route, which nobody would look at', () => {
  const { diagnostics } = compileRoute('authentication: public, credentials: [bearer], ')
  expect(diagnostics.map(({ code, message, hint }) => `${code}: ${message} [${hint}]`)).toEqual([
    'unread-credentials: a public route looks at no credential [say "authentication: optional" to know who comes with one]',
  ])
})
