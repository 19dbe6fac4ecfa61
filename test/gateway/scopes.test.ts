import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { compilePolicies } from '../../src/policy/compile.ts'
import { type FrontDoor, openFrontDoor } from './front-door.ts'
import { sendRaw } from './raw-client.ts'

let door: FrontDoor
const seen: string[] = []

beforeAll(async () => {
  door = await openFrontDoor((req, res) => {
    seen.push(`${req.url ?? ''} ${String(req.headers['sallyport-roles'])}`)
    res.end('through')
  })
  const { diagnostics, policies, routes } = compilePolicies([
    { path: 'scopes.yaml', text: 'scopes: { acme: {}, globex: {} }' },
    {
      path: 'roles.yaml',
      text: `roles: { steward: {}, staff: { when: '"staff" in subject.groups' } }
assignments:
  - { roles: steward, subjects: alice, scope: globex }`,
    },
    {
      path: 'file.yaml',
      text: `resource: file
actions: [view, edit]
rules:
  - { id: view, permit: [view], roles: [staff] }
  - { id: edit, permit: [edit], roles: [steward] }`,
    },
    {
      path: 'file-acme.yaml',
      text: 'resource: file\nscope: acme\nrules: [{ id: closed, deny: [view, edit] }]',
    },
    {
      path: 'file-strict.yaml',
      text: 'resource: file\nversion: strict\nactions: [view]\nrules: [{ id: no, deny: [view] }, { id: yes, permit: [view] }]',
    },
    {
      path: 'routes.yaml',
      text: `routes:
  - upstream: ${door.upstreamOrigin}
    paths:
      GET /t/{tenant}/files/{id}: { action: view, resource: file, id: path.id, scope: path.tenant }
      POST /t/{tenant}/files/{id}: { action: edit, resource: file, id: path.id, scope: path.tenant }
      GET /strict/{id}: { action: view, resource: file, id: path.id, version: strict, scope: '""' }`,
    },
  ])
  if (policies === null || routes === null) throw new Error(JSON.stringify(diagnostics))
  door.holder.swap(policies, routes)
})
afterAll(() => door.close())
afterEach(() => {
  door.records.length = 0
  seen.length = 0
})

interface Sent {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

async function ask(path: string, sent: Sent = {}) {
  const headers = { authorization: 'Bearer alice', accept: 'application/json', ...sent.headers }
  const res = await fetch(door.origin + path, { ...sent, headers })
  return { status: res.status, text: await res.text() }
}

describe('the scope of a request', () => {
  it('is what its path says, and the roles passed on are those held there', async () => {
    expect((await ask('/t/globex/files/a')).status).toBe(200)
    expect((await ask('/t/globex/files/a', { method: 'POST' })).status).toBe(200)
    expect((await ask('/t/acme/files/a')).status).toBe(403)
    expect(seen).toEqual(['/t/globex/files/a steward,staff', '/t/globex/files/a steward,staff'])
    expect(door.records.map(({ decision }) => decision?.rules[0])).toEqual([
      'file/view',
      'file/edit',
      'file/acme/closed',
    ])
    expect(door.records[0]?.request?.resource.properties).toEqual({ scope: 'globex' })
  })

  it('is not to be changed by anything else that a client sends', async () => {
    const headers = {
      scope: 'globex',
      'policy-version': 'default',
      'x-scope': 'globex',
      context: '{"policy_version":"default"}',
      'content-type': 'application/json',
    }
    const body = '{"resource":{"properties":{"scope":"globex"}},"context":{"policy_version":"v2"}}'
    const query = '?scope=globex&tenant=globex&resource.scope=globex&policy_version=default'
    expect((await ask(`/t/acme/files/a${query}`, { headers })).status).toBe(403)
    expect((await ask(`/t/acme/files/a${query}`, { method: 'POST', headers, body })).status).toBe(
      403,
    )
    expect((await ask(`/strict/a${query}`, { headers })).status).toBe(403)
    expect(seen).toEqual([])
    expect(door.records.map(({ decision }) => decision?.rules[0])).toEqual([
      'file/acme/closed',
      'file/acme/closed',
      'file@strict/no',
    ])
  })

  it('is never wider for being spelt in another way', async () => {
    const spellings = [
      'ACME',
      'Acme',
      'acme.',
      'acme.x',
      'acme%20',
      'acm%C9%9B',
      '%61cme',
      'acme;v=1',
    ]
    for (const tenant of spellings) {
      const { status } = await sendRaw(
        door.port,
        `GET /t/${tenant}/files/a HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\nConnection: close\r\n\r\n`,
      )
      expect([tenant, [400, 403, 404].includes(status)]).toEqual([tenant, true])
    }
    expect(seen).toEqual([])
  })

  it('that nobody declares does not tell whoever tries names', async () => {
    const told = async (path: string): Promise<unknown> => {
      const { status, text } = await ask(path, { method: 'POST' })
      const { code, title, detail } = JSON.parse(text) as Record<string, unknown>
      return { status, code, title, detail }
    }
    const bob = await told('/t/nobody/files/a')
    expect(door.records[0]?.decision?.reason).toBe('unknown_scope')
    expect(door.records[0]?.outcome).toMatchObject({ code: 'unknown_scope' })
    const { records } = door
    records.length = 0
    const headers = { authorization: 'Bearer bob' }
    const res = await ask('/t/globex/files/a', { method: 'POST', headers })
    const { code, title, detail } = JSON.parse(res.text) as Record<string, unknown>
    expect({ status: res.status, code, title, detail }).toEqual(bob)
  })
})
