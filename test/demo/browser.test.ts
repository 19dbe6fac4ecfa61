import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import type { AddressInfo } from 'node:net'

import { decodeJwt } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { browserRedirectUris, startBrowserClient } from '../../src/demo/browser.ts'
import type { Listener } from '../../src/demo/listener.ts'
import { startProvider } from '../../src/demo/provider.ts'
import type { RunningProvider } from '../../src/demo/provider.ts'
import { Visitor } from './visitor.ts'

const applications = ['accounting.localhost', 'git.localhost']

let gateway: Server
let provider: RunningProvider
let client: Listener
let visitor: Visitor
let home = ''
let accounting = ''
let git = ''

beforeAll(async () => {
  gateway = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { host, authorization = '', cookie } = request.headers
      const person = decodeJwt(authorization.replace('Bearer ', '')).sub
      const body = Buffer.concat(chunks).toString('utf8')
      const { method, url: path } = request
      response.statusCode = path === '/refused' ? 403 : 200
      response.setHeader('x-internal', 'not for browsers')
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ host, person, method, path, body, cookie }))
    })
  })
  await new Promise<void>((resolve) => {
    gateway.listen(0, '127.0.0.1', resolve)
  })
  const port = await findFreePort()
  provider = await startProvider({
    host: '127.0.0.1',
    port: 0,
    browserUrl: null,
    browserRedirectUris: browserRedirectUris(port, applications),
    accessTokenLifetimeS: 600,
  })
  client = await startBrowserClient({
    host: '127.0.0.1',
    port,
    providerIssuer: provider.issuer,
    gatewayHost: '127.0.0.1',
    gatewayPort: (gateway.address() as AddressInfo).port,
    applications,
  })
  home = `http://localhost:${port}`
  accounting = `http://accounting.localhost:${port}`
  git = `http://git.localhost:${port}`
})

afterAll(async () => {
  await client.close()
  await provider.close()
  gateway.closeAllConnections()
  gateway.close()
})

beforeEach(() => {
  visitor = new Visitor()
})

async function signIn(person: string, address: string) {
  const login = await visitor.visit(address)
  expect(login.text).toContain('For development only')
  return visitor.visit(login.url.href, { method: 'POST', form: { person } })
}

describe('the browser client', () => {
  it('signs in first, then sends the request with the token of who signed in', async () => {
    const seen = await signIn('amara', `${accounting}/invoices?open=1`)
    expect(seen.url.href).toBe(`${accounting}/invoices?open=1`)
    const { port } = gateway.address() as AddressInfo
    expect(JSON.parse(seen.text)).toEqual({
      host: `accounting.localhost:${port}`,
      person: 'amara',
      method: 'GET',
      path: '/invoices?open=1',
      body: '',
    })
  })

  it('does not ask again for the other application', async () => {
    await signIn('emil', `${accounting}/`)
    const seen = await visitor.visit(`${git}/repositories`)
    expect(JSON.parse(seen.text)).toMatchObject({ person: 'emil', path: '/repositories' })
  })

  it('sends forms on, passes a denial back, and keeps other headers to itself', async () => {
    await signIn('mona', `${accounting}/`)
    const sent = await visitor.visit(`${accounting}/refused`, {
      method: 'POST',
      form: { amount: '5' },
      headers: { origin: accounting, authorization: 'Bearer forged' },
    })
    expect(sent.status).toBe(403)
    expect(JSON.parse(sent.text)).toMatchObject({
      person: 'mona',
      method: 'POST',
      body: 'amount=5',
    })
    expect(sent.headers).not.toHaveProperty('x-internal')
  })

  it('refuses a form that another site sends', async () => {
    await signIn('mona', `${accounting}/`)
    const sent = await visitor.visit(`${accounting}/approval`, {
      method: 'POST',
      form: {},
      headers: { origin: 'http://evil.example' },
    })
    expect(sent.status).toBe(403)
    expect(sent.text).toContain('Not from here')
  })

  it('ends the sessions under every name when somebody becomes somebody else', async () => {
    await signIn('emil', `${git}/`)
    await visitor.visit(`${home}/`)
    const options = { method: 'POST', form: {}, headers: { origin: home } }
    const started = await visitor.visit(`${home}/`, options)
    expect(started.text).toContain('For development only')
    await visitor.visit(started.url.href, { method: 'POST', form: { person: 'cora' } })
    const seen = await visitor.visit(`${git}/repositories/handbook`)
    expect(JSON.parse(seen.text)).toMatchObject({ person: 'cora' })
  })

  it('takes no sign-in that this browser did not begin', async () => {
    const login = await visitor.visit(`${accounting}/`)
    const returned = await visitor.visit(login.url.href, {
      method: 'POST',
      form: { person: 'mona' },
      follow: false,
    })
    const resumed = await visitor.visit(returned.headers.location ?? '', { follow: false })
    const link = resumed.headers.location ?? ''
    expect(link).toContain('code=')
    const victim = await new Visitor().visit(link)
    expect(victim.status).toBe(400)
    expect(victim.headers['set-cookie']).toBeUndefined()
  })

  it.each(['evil.example', 'localhost.evil.example', 'git.localhost.evil.example'])(
    'refuses to be called %s',
    async (name) => {
      const { port } = new URL(home)
      expect((await visitor.visit(`http://${name}:${port}/`)).status).toBe(421)
    },
  )

  it('never redirects to another site after a sign-in', async () => {
    const seen = await visitor.visit(`${accounting}//evil.example/`)
    expect(seen.status).toBe(400)
    expect(seen.text).toContain('Wrong address')
  })

  it('says so when the provider is away', async () => {
    const lonely = await startBrowserClient({
      host: '127.0.0.1',
      port: 0,
      providerIssuer: 'http://127.0.0.1:1',
      gatewayHost: '127.0.0.1',
      gatewayPort: 1,
      applications,
    })
    const answer = await visitor.visit(`http://git.localhost:${lonely.port}/`)
    expect(answer.status).toBe(502)
    expect(answer.text).toContain('does not answer at http://127.0.0.1:1')
    await lonely.close()
  })
})

async function findFreePort(): Promise<number> {
  const server = createSocketServer()
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}
