import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { createRemoteJWKSet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { people } from '../../src/demo/people.ts'
import { startProvider } from '../../src/demo/provider.ts'
import type { RunningProvider } from '../../src/demo/provider.ts'
import { obtainToken } from '../../src/demo/token.ts'

let provider: RunningProvider

beforeAll(async () => {
  provider = await startProvider({
    host: '127.0.0.1',
    port: 0,
    browserUrl: null,
    browserRedirectUris: [],
    accessTokenLifetimeS: 600,
  })
})

afterAll(() => provider.close())

describe('a token by the authorization code flow', () => {
  it.each(people.map((person) => [person.id, person] as const))(
    'is an RFC 9068 access token that says who %s is',
    async (id, person) => {
      const answer = await obtainToken(provider.issuer, id)
      expect(answer).toMatchObject({ tokenType: 'Bearer', expiresInS: 600 })
      const keys = createRemoteJWKSet(new URL(`${provider.issuer}/jwks`))
      const { payload } = await jwtVerify(answer.accessToken, keys, {
        issuer: provider.issuer,
        audience: 'sallyport-demo',
        algorithms: ['RS256'],
        typ: 'at+jwt',
      })
      expect(payload).toMatchObject({
        sub: id,
        name: person.name,
        email: person.email,
        department: person.department,
        groups: person.groups,
        client_id: 'sallyport-command',
      })
    },
  )

  it('says where nobody answers', async () => {
    const nobody = 'http://127.0.0.1:1'
    await expect(obtainToken(nobody, 'emil')).rejects.toMatchObject({
      code: 'ERR_ISSUER_UNAVAILABLE',
      message:
        "The demo's identity provider does not answer at http://127.0.0.1:1: start the demo in another terminal first (npm start)",
    })
  })

  it.each([
    ['text', 'hello'],
    ['a list', '[]'],
    ['another issuer', '{"issuer":"http://127.0.0.1:2"}'],
  ])('does not take %s for a provider', async (_what, text) => {
    const server = createServer((_request, response) => response.end(text))
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as AddressInfo
    await expect(obtainToken(`http://127.0.0.1:${port}`, 'emil')).rejects.toThrow(
      "The demo's identity provider is not as expected",
    )
    server.close()
    server.closeAllConnections()
  })
})

describe('the provider', () => {
  it('says on its login page that it is for development only', async () => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'sallyport-command',
      redirect_uri: 'http://127.0.0.1/callback',
      scope: 'openid',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    })
    const begun = await fetch(`${provider.issuer}/auth?${query.toString()}`, { redirect: 'manual' })
    const cookie = begun.headers
      .getSetCookie()
      .map((field) => field.split(';', 1)[0])
      .join('; ')
    const login = new URL(begun.headers.get('location') ?? '', provider.issuer)
    const page = await (await fetch(login, { headers: { cookie } })).text()
    expect(page).toContain('For development only')
    const stranger = await fetch(login, {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams({ person: 'mallory' }),
    })
    expect(stranger.status).toBe(400)
    const withoutCookie = await fetch(login)
    expect(withoutCookie.status).toBe(400)
  })

  it('insists on PKCE', async () => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: 'sallyport-command',
      redirect_uri: 'http://127.0.0.1:7777/callback',
      scope: 'openid',
    })
    const answer = await fetch(`${provider.issuer}/auth?${query.toString()}`, {
      redirect: 'manual',
    })
    expect(answer.headers.get('location')).toContain('error=invalid_request')
  })

  it('refuses a name that was pointed at its address', async () => {
    const answer = await fetch(`http://localhost:${provider.port}/.well-known/openid-configuration`)
    expect(answer.status).toBe(421)
  })
})
