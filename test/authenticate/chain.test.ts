import { expect, test } from 'vitest'
import { createChain } from '../../src/authenticate/chain.ts'
import type { Credentials } from '../../src/authenticate/credentials.ts'
import type { Authenticated, AuthenticationMethod } from '../../src/authenticate/method.ts'
import type { CredentialKind, RouteAuthentication } from '../../src/model/authentication.ts'
import { anonymous, unidentified } from '../../src/model/identity.ts'
import { refuse } from '../../src/model/refusal.ts'
import { identityOf } from '../gateway/front-door.ts'
import { credentialsOf } from './guarded-door.ts'

const alice = identityOf('alice')
const robot = identityOf('robot')
const peer = identityOf('peer')

const optional: RouteAuthentication = { mode: 'optional', credentials: null }
const open: RouteAuthentication = { mode: 'public', credentials: null }

function method(
  kind: CredentialKind,
  finds: (credentials: Credentials) => boolean,
  answer: () => Authenticated,
): AuthenticationMethod {
  return { kind, isOfConnection: kind === 'client_certificate', finds, authenticate: answer }
}

const bad = refuse('token_signature_invalid', 'not signed')
const certificate = { subject: 'CN=peer', issuer: '', san: [], fingerprint: '', serial: '' }

/** `Bearer` is alice, or refused when it says `bad`; any API key is the robot's. */
function openChain() {
  let field = ''
  const refused: string[] = []
  const chain = createChain(
    [
      method(
        'client_certificate',
        ({ client }) => client.certificate !== undefined,
        () => peer,
      ),
      method(
        'bearer',
        ({ authorization }) => authorization?.startsWith('Bearer') === true,
        () => (field.endsWith('bad') ? bad : alice),
      ),
      method(
        'api_key',
        ({ apiKey }) => apiKey !== null,
        () => robot,
      ),
    ],
    { refused: ({ code }) => refused.push(code) },
  )
  function ask(
    { authorization = null, apiKey = null, certified = false, count, query }: Sent,
    route?: RouteAuthentication,
  ) {
    field = authorization ?? ''
    const credentials = credentialsOf(authorization)
    const { client } = credentials
    return chain.authenticate(
      {
        ...credentials,
        apiKey,
        client: certified ? { ...client, certificate } : client,
        authorizationCount: count ?? credentials.authorizationCount,
        query: query ?? '',
      },
      route,
    )
  }
  return { ask, refused }
}

interface Sent {
  authorization?: string | null
  apiKey?: string | null
  certified?: boolean
  count?: number
  query?: string
}

test('asks the one method whose credential the request brings', () => {
  const { ask } = openChain()
  expect(ask({ authorization: 'Bearer a' })).toBe(alice)
  expect(ask({ apiKey: 'k' })).toBe(robot)
})

test('takes the certificate of the connection only where the request brings nothing', () => {
  const { ask } = openChain()
  expect(ask({ certified: true })).toBe(peer)
  expect(ask({ certified: true, authorization: 'Bearer a' })).toBe(alice)
  expect(ask({ certified: true, apiKey: 'k' })).toBe(robot)
})

test('lets a bad credential fall through to nothing else', () => {
  const { ask } = openChain()
  expect(ask({ certified: true, authorization: 'Bearer bad' }, optional)).toBe(bad)
  expect(ask({ certified: true, authorization: 'Basic x' }, optional)).toMatchObject({
    code: 'credential_missing',
    detail: 'Authorization scheme "basic" is not accepted here',
  })
})

test('refuses two credentials of different kinds', () => {
  const { ask } = openChain()
  for (const authorization of ['Bearer a', 'Bearer bad']) {
    expect(ask({ authorization, apiKey: 'k' }, optional)).toMatchObject({
      code: 'credentials_multiple',
      detail: 'A credential of bearer and of api_key',
    })
  }
})

test('is about nobody only where the route says so and nothing was sent', () => {
  const { ask, refused } = openChain()
  expect(ask({}, optional)).toBe(anonymous)
  expect(ask({})).toMatchObject({ code: 'credential_missing', detail: 'No credential' })
  expect(ask({ authorization: 'Basic x' }, optional)).toMatchObject({ code: 'credential_missing' })
  expect(ask({ authorization: '' }, optional)).toMatchObject({ code: 'credential_missing' })
  expect(ask({ authorization: 'Bearer a', count: 2 }, optional)).toMatchObject({
    code: 'credentials_multiple',
  })
  expect(ask({ query: 'access_token=a' }, optional)).toMatchObject({ code: 'credential_malformed' })
  expect(refused).toEqual([
    'credential_missing',
    'credential_missing',
    'credential_missing',
    'credentials_multiple',
    'credential_malformed',
  ])
})

test('looks at no credential where the route is public', () => {
  const { ask } = openChain()
  for (const sent of [
    {},
    { authorization: 'Bearer a' },
    { authorization: 'Bearer bad', apiKey: 'k', certified: true },
    { authorization: 'Bearer a', count: 2 },
  ]) {
    expect(ask(sent, open)).toBe(unidentified)
  }
})

test('refuses a kind of credential that the route does not accept, before it is verified', () => {
  const { ask } = openChain()
  for (const mode of ['required', 'optional'] as const) {
    const route: RouteAuthentication = { mode, credentials: ['api_key'] }
    expect(ask({ apiKey: 'k' }, route)).toBe(robot)
    expect(ask({ authorization: 'Bearer bad' }, route)).toMatchObject({
      code: 'credential_not_accepted',
      detail: 'The route accepts no bearer',
    })
    expect(ask({ certified: true }, route)).toMatchObject({ code: 'credential_not_accepted' })
  }
})
