import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { compilePolicies } from '../../src/policy/compile.ts'
import { ask } from '../support/ask.ts'
import { eventually, type FrontDoor, openFrontDoor, rolesText } from './front-door.ts'

let door: FrontDoor | null = null

afterEach(async () => {
  await door?.close()
  door = null
})

const policy = `resource: file
actions: [view, edit]
rules:
  - id: anybody
    permit: [view]
  - id: known
    permit: [edit]
    when: subject.type != "anonymous"
  - id: not-the-vault
    deny: [view, edit]
    when: resource.id == "vault"
`

/** The same files three ways; `/files` as `mode` says. */
function routesWith(mode: string): (upstream: string) => string {
  return (upstream) => `routes:
  - upstream: ${upstream}
    paths:
      GET /private/{id}: { action: view, resource: file, id: path.id }
      GET /public/{id}: { authentication: public, action: view, resource: file, id: path.id }
      POST /public/{id}: { authentication: public, action: edit, resource: file, id: path.id }
      GET /machines/{id}:
        credentials: api_key
        action: view
        resource: file
        id: path.id
      GET /files/{id}: { authentication: ${mode}, action: view, resource: file, id: path.id }
      POST /files/{id}: { authentication: ${mode}, action: edit, resource: file, id: path.id }
`
}

interface Arrived {
  readonly headers: IncomingMessage['headers']
  readonly names: readonly string[]
}

async function open(mode = 'optional'): Promise<{ opened: FrontDoor; arrived: Arrived[] }> {
  const arrived: Arrived[] = []
  const opened = await openFrontDoor(
    (req, res) => {
      arrived.push({ headers: req.headers, names: req.rawHeaders.filter((_, at) => at % 2 === 0) })
      if (req.url?.endsWith('/stream') !== true) return void res.end('ok')
      res.writeHead(200)
      res.write('begin')
    },
    { policy, routes: routesWith(mode) },
  )
  door = opened
  return { opened, arrived }
}

const identityFields = [
  'sallyport-subject',
  'sallyport-issuer',
  'sallyport-roles',
  'sallyport-identity',
]

describe('a route on which a credential is optional', () => {
  it('asks the policy about nobody when there is none, and tells the upstream so', async () => {
    const { opened, arrived } = await open()
    const headers = Object.fromEntries(identityFields.map((name) => [name, 'admin']))
    const answer = await ask(opened.origin, '/files/a', { headers })
    expect(answer.status).toBe(200)
    for (const name of identityFields) {
      expect(arrived[0]?.headers[name]).toBe('')
      expect(arrived[0]?.names.filter((one) => one.toLowerCase() === name)).toHaveLength(1)
    }
    expect(opened.records[0]?.request?.subject).toMatchObject({ type: 'anonymous', properties: {} })
    expect((await ask(opened.origin, '/files/vault')).status).toBe(403)
    expect((await ask(opened.origin, '/files/a', { method: 'POST' })).status).toBe(403)
  })

  it('knows who comes with one', async () => {
    const { opened, arrived } = await open()
    const headers = { authorization: 'Bearer alice' }
    expect((await ask(opened.origin, '/files/a', { method: 'POST', headers })).status).toBe(200)
    expect(arrived[0]?.headers['sallyport-subject']).toBe('alice')
  })

  it.each([
    ['an expired token', 'Bearer expired', 401, 'token_expired'],
    ['another scheme', 'Basic YWxpY2U6cHc=', 401, 'credential_missing'],
    ['an empty field', '', 401, 'credential_missing'],
  ])(
    'refuses %s rather than take its sender for nobody',
    async (_, authorization, status, code) => {
      const { opened, arrived } = await open()
      const answer = await ask(opened.origin, '/files/a', { headers: { authorization } })
      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([status, { code }])
      expect(arrived).toHaveLength(0)
    },
  )
})

describe('a public route', () => {
  it('looks at no credential, and passes none on', async () => {
    const { opened, arrived } = await open()
    for (const name of ['alice', 'expired', 'throws']) {
      const headers = { authorization: `Bearer ${name}` }
      expect((await ask(opened.origin, '/public/a', { headers })).status).toBe(200)
    }
    for (const { headers } of arrived) {
      expect(headers.authorization).toBeUndefined()
      for (const name of identityFields) expect(headers[name]).toBe('')
    }
  })

  it('still needs a rule that permits', async () => {
    const { opened, arrived } = await open()
    const headers = { authorization: 'Bearer alice' }
    expect((await ask(opened.origin, '/public/vault')).status).toBe(403)
    expect((await ask(opened.origin, '/public/a', { method: 'POST', headers })).status).toBe(403)
    expect(arrived).toHaveLength(0)
  })
})

it('asks for a credential where the route says nothing, whoever the rules permit', async () => {
  const { opened, arrived } = await open()
  const answer = await ask(opened.origin, '/private/a')
  expect(answer.status).toBe(401)
  expect(JSON.parse(answer.text)).toMatchObject({ code: 'credential_missing' })
  expect(arrived).toHaveLength(0)
})

it('refuses a kind of credential that the route does not accept', async () => {
  const { opened } = await open()
  const headers = { authorization: 'Bearer alice' }
  const answer = await ask(opened.origin, '/machines/a', { headers })
  expect(answer.status).toBe(401)
  expect(JSON.parse(answer.text)).toMatchObject({
    code: 'credential_not_accepted',
    detail: 'This kind of credential is not accepted here.',
  })
})

it('cuts what is open when its route asks for a credential now', async () => {
  const { opened } = await open('public')
  const req = request({ port: opened.port, path: '/files/stream' })
  req.on('error', () => {})
  req.end()
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  let isCut = false
  res.on('error', () => {}).on('close', () => (isCut = true))
  res.resume()
  await eventually(() => opened.gateway.openStreams > 0, 'a stream')
  const { policies, routes } = compilePolicies([
    { path: 'file.yaml', text: policy },
    { path: 'roles.yaml', text: rolesText },
    { path: 'routes.yaml', text: routesWith('required')(opened.upstreamOrigin) },
  ])
  if (policies === null || routes === null) throw new Error('the routes are wrong')
  opened.holder.swap(policies, routes)
  await eventually(() => isCut, 'the end of the stream')
  expect(opened.records[0]?.outcome).toMatchObject({ kind: 'cut', code: 'credential_missing' })
})
