import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type IntrospectionServer,
  startIntrospectionServer,
} from '../authenticate/introspection-server.ts'
import { createSigningKey, type SigningKey } from '../authenticate/signing-key.ts'
import { ask, type Reply } from '../support/ask.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

const issuer = 'https://login.example.com'
const host = 'pages.test'
let endpoint: IntrospectionServer
let upstream: Upstream
let key: SigningKey
let sallyport: Sallyport

beforeAll(async () => {
  endpoint = await startIntrospectionServer()
  upstream = await startUpstream((_, res) => void res.end('ok'))
  key = await createSigningKey('one')
  sallyport = await startSallyport({
    upstream: upstream.origin,
    config: {
      gateway: { workers: 2 },
      authentication: { max_failures_per_address: 2 },
      issuers: [
        {
          issuer,
          audiences: ['api'],
          jwks: { keys: [key.publicJwk] },
          introspection: {
            url: endpoint.url,
            client_id: 'gateway',
            client_secret_file: 'introspection-secret',
          },
        },
      ],
    },
    prepare: async (dir) => {
      await writeFile(join(dir, 'introspection-secret'), 'the secret of the gateway\n')
      await writeFile(
        join(dir, 'policies/page.yaml'),
        `resource: page
actions: [view, edit]
rules:
  - { id: all, permit: [view] }
  - { id: known, permit: [edit], when: subject.type == "user" }
`,
      )
      await writeFile(
        join(dir, 'policies/pages.yaml'),
        `routes:
  - host: ${host}
    upstream: ${upstream.origin}
    paths:
      GET /pages/{id}: { authentication: public, action: view, resource: page, id: path.id }
      PUT /pages/{id}: { authentication: optional, action: edit, resource: page, id: path.id }
`,
      )
    },
  })
})

afterAll(async () => {
  await sallyport.remove()
  await upstream.close()
  await endpoint.close()
})

function request(method: string, token: string | null): Promise<Reply> {
  const headers = { host, ...(token === null ? null : { authorization: `Bearer ${token}` }) }
  return ask(sallyport.gateway, '/pages/1', { method, headers })
}

it('knows who comes with an opaque token, in every worker', async () => {
  const exp = Math.floor(Date.now() / 1_000) + 600
  endpoint.active.set('opaque', { active: true, sub: 'alice', aud: 'api', exp })
  for (let count = 0; count < 10; count += 1) {
    expect((await request('PUT', 'opaque')).status).toBe(200)
  }
  expect(upstream.seen.at(-1)?.headers['sallyport-subject']).toBe('alice')
  // One question for each worker that was asked.
  expect(endpoint.asked.length).toBeLessThanOrEqual(2)
})

it('knows who comes with a signed one, by keys that are in the configuration', async () => {
  const nowS = Math.floor(Date.now() / 1_000)
  const token = await key.sign({}, { iss: issuer, aud: 'api', sub: 'bob', exp: nowS + 600 })
  expect((await request('PUT', token)).status).toBe(200)
  expect(upstream.seen.at(-1)?.headers['sallyport-subject']).toBe('bob')
})

it('takes whoever brings none for nobody, and records it', async () => {
  const reply = await request('GET', null)
  expect(reply.status).toBe(200)
  expect(upstream.seen.at(-1)?.headers).toMatchObject({
    'sallyport-subject': '',
    'sallyport-issuer': '',
    'sallyport-roles': '',
    'sallyport-identity': '',
  })
  const record = await sallyport.recordOf(String(reply.headers['sallyport-decision']))
  expect(record).toMatchObject({
    subject: { type: 'anonymous', id: 'anonymous' },
    effect: 'permit',
  })
  expect(record).not.toHaveProperty('issuer')
  expect((await request('PUT', null)).status).toBe(403)
})

it('hears an address no longer that tries tokens, and tells nobody what they were', async () => {
  const replies: Reply[] = []
  for (let count = 0; count < 60; count += 1) replies.push(await request('PUT', `guess-${count}`))
  const codes = replies.map((reply) => (reply.json() as { code: string }).code)
  expect(new Set(codes)).toEqual(new Set(['token_inactive', 'attempts_exhausted']))
  const spent = replies.find(({ status }) => status === 429)
  expect(spent?.headers['retry-after']).toBe('1')
  expect(sallyport.output()).not.toMatch(/guess-|the secret of the gateway/)
})
