import { afterEach, expect, it } from 'vitest'
import { ask } from '../support/ask.ts'
import { type FrontDoor, type FrontDoorOptions, openFrontDoor } from './front-door.ts'

let door: FrontDoor | null = null

afterEach(async () => {
  await door?.close()
  door = null
})

const metadata = { authorizationServers: ['https://a.test', 'https://b.test'] }
const path = '/.well-known/oauth-protected-resource'

async function open(options: FrontDoorOptions = {}): Promise<FrontDoor> {
  door = await openFrontDoor((_, res) => void res.end('the application'), { metadata, ...options })
  return door
}

/** On one host, with a route for everything. */
const catchAll = (upstream: string): string => `routes:
  - upstream: ${upstream}
    host: app.test
    paths:
      GET /{path...}: { action: view, resource: file, id: path.path }
`

it('tells clients on every host of ours where tokens come from', async () => {
  const opened = await open({ routes: catchAll })
  const headers = { host: 'app.test:8443' }
  const answer = await ask(opened.origin, path, { headers })
  expect(answer.status).toBe(200)
  expect(answer.headers['content-type']).toBe('application/json')
  expect(answer.json()).toEqual({
    resource: 'http://app.test:8443',
    authorization_servers: ['https://a.test', 'https://b.test'],
    bearer_methods_supported: ['header'],
  })
  const below = await ask(opened.origin, `${path}/files/7`, { headers })
  expect(below.json()).toMatchObject({ resource: 'http://app.test:8443/files/7' })
  expect(opened.records.map(({ outcome }) => outcome)).toEqual([
    { kind: 'answered', status: 200 },
    { kind: 'answered', status: 200 },
  ])
})

it('says nothing of hosts that are not ours, nor to anything but a question', async () => {
  const opened = await open({ routes: catchAll })
  const ours = { host: 'app.test' }
  expect((await ask(opened.origin, path, { headers: { host: 'evil.test' } })).status).toBe(404)
  const posted = await ask(opened.origin, path, { method: 'POST', headers: ours })
  expect([posted.status, posted.headers['allow']]).toEqual([405, 'GET, HEAD'])
  expect((await ask(opened.origin, `${path}x`, { headers: ours })).status).toBe(401)
})

it('leaves the path to an application whose route names it', async () => {
  const routes = (upstream: string): string => `routes:
  - upstream: ${upstream}
    authentication: public
    paths:
      GET ${path}: { action: view, resource: file }
`
  const policy = 'resource: file\nactions: [view]\nrules: [{ id: all, permit: [view] }]\n'
  const opened = await open({ routes, policy })
  expect((await ask(opened.origin, path)).text).toBe('the application')
})

it.each([
  [{}, 'Bearer resource_metadata='],
  [{ authorization: 'Bearer expired' }, 'Bearer error="invalid_token", resource_metadata='],
  [{ authorization: 'Basic x' }, 'Bearer resource_metadata='],
])('names the metadata in the challenge to %j', async (credentials, challenge) => {
  const opened = await open()
  const headers = { host: 'app.test', ...credentials }
  const answer = await ask(opened.origin, '/files/a', { headers })
  expect(answer.status).toBe(401)
  expect(answer.headers['www-authenticate']).toBe(`${challenge}"http://app.test${path}"`)
})

it('names it beside what a step-up asks for', async () => {
  const policy = `resource: file
actions: [view, edit]
rules: [{ id: all, permit: [view], require: { acr: mfa } }]
`
  const opened = await open({ policy })
  const headers = { authorization: 'Bearer alice' }
  const answer = await ask(opened.origin, '/files/a', { headers })
  expect(answer.headers['www-authenticate']).toMatch(
    /^Bearer error="insufficient_user_authentication", .*, resource_metadata="http:.*"$/,
  )
})

it('repeats no host that could end the parameter', async () => {
  const opened = await open()
  for (const host of ['a"b', 'a\\b', 'a b', 'a,b']) {
    const answer = await ask(opened.origin, '/files/a', { headers: { host } })
    expect([answer.status, answer.headers['www-authenticate']]).toEqual([400, undefined])
  }
})

it('says nothing where no issuer is trusted', async () => {
  door = await openFrontDoor((_, res) => void res.end())
  expect((await ask(door.origin, path)).status).toBe(404)
  expect((await ask(door.origin, '/files/a')).headers['www-authenticate']).toBe('Bearer')
})
