import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Authenticator } from '../../src/authenticate/authenticate.ts'
import { reasonCodes } from '../../src/model/decision.ts'
import type { Identity } from '../../src/model/identity.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { type FrontDoor, identityOf, openFrontDoor, policyText, routesText } from './front-door.ts'
import { sendRaw } from './raw-client.ts'

let door: FrontDoor
beforeAll(async () => {
  door = await openFrontDoor((_req, res) => {
    res.end('through')
  })
})
afterAll(() => door.close())
afterEach(() => {
  door.records.length = 0
  door.logs.length = 0
})

async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const res = await fetch(door.origin + path, { method, headers })
  const text = await res.text()
  return { res, text, json: () => JSON.parse(text) as Record<string, unknown> }
}

const alice = { authorization: 'Bearer alice' }

describe('a permit', () => {
  it('forwards, records and counts', async () => {
    const { res, text } = await ask('/files/a', alice)
    expect([res.status, text]).toEqual([200, 'through'])
    expect(door.records).toHaveLength(1)
    expect(door.records[0]).toMatchObject({
      source: 'gateway',
      route: 'GET /files/{id}',
      identity: { subject: { id: 'alice' } },
      request: { action: { name: 'view' }, resource: { type: 'file', id: 'a' } },
      decision: { effect: 'permit', rules: ['file/staff'] },
      refusal: null,
      outcome: { kind: 'forwarded', status: 200, upstream: door.upstreamOrigin },
      generation: 1,
      policyDigest: door.holder.current.policies.digest,
    })
    const metrics = await door.registry.metrics()
    expect(metrics).toContain(
      'sallyport_gateway_decisions_total{route="GET /files/{id}",effect="permit"} 1',
    )
    expect(metrics).toContain('sallyport_gateway_in_flight_requests 0')
    expect(metrics).toMatch(/sallyport_gateway_request_duration_seconds_bucket\{le="\+Inf"\} [1-9]/)
  })
})

describe('a denial', () => {
  it('is a 403 that says little and names the decision', async () => {
    const { res, json } = await ask('/files/vault', alice)
    expect(res.status).toBe(403)
    expect(res.headers.get('content-type')).toBe('application/problem+json')
    expect(res.headers.get('cache-control')).toBe('no-store')
    expect(res.headers.get('www-authenticate')).toBeNull()
    const id = door.records[0]?.id
    expect(res.headers.get('sallyport-decision')).toBe(id)
    expect(json()).toEqual({
      type: 'about:blank',
      title: 'Forbidden',
      status: 403,
      detail: expect.stringContaining('policy does not allow') as string,
      code: 'denied_by_rule',
      decision_id: id,
    })
    expect(door.records[0]).toMatchObject({
      decision: { effect: 'deny', rules: ['file/not-the-vault'] },
      outcome: { kind: 'denied', status: 403, code: 'denied_by_rule' },
    })
    expect(door.logs).toMatchObject([
      { fields: { decision: id, rules: ['file/not-the-vault'], subject: 'alice' } },
    ])
  })

  it('is the default', async () => {
    const { res, json } = await ask('/files/a', { authorization: 'Bearer guest' })
    expect(res.status).toBe(403)
    expect(json()['code']).toBe('no_applicable_rule')
  })

  it('shows a person a page that runs nothing', async () => {
    const { res, text } = await ask('/files/vault', {
      ...alice,
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
    })
    expect(res.status).toBe(403)
    expect(res.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(res.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(text).toContain('<h1>Forbidden</h1>')
    expect(text).toContain(door.records[0]?.id)
    expect(text).not.toMatch(/<script|onload|file\/not-the-vault/)
  })

  it('has no body when asked by HEAD', async () => {
    const answer = await sendRaw(
      door.port,
      'HEAD /files/vault HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer alice\r\n\r\n',
    )
    expect(answer.text).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/)
    expect(answer.text).toMatch(/\r\n\r\n$/)
    expect(answer.text).toMatch(/Content-Length: [1-9]/)
  })
})

describe('a refusal', () => {
  it('asks for a credential without an error code when there was none', async () => {
    const { res, json } = await ask('/files/a')
    expect(res.status).toBe(401)
    expect(res.headers.get('www-authenticate')).toBe('Bearer')
    expect(json()['code']).toBe('credential_missing')
  })

  it('tells that a token is invalid, and only the log why', async () => {
    const { res, text } = await ask('/files/a', { authorization: 'Bearer expired' })
    expect(res.status).toBe(401)
    expect(res.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
    expect(text).not.toContain('exp has passed')
    expect(door.logs[0]?.fields).toMatchObject({ code: 'token_expired', reason: 'exp has passed' })
    expect(JSON.stringify(door.logs)).not.toContain('Bearer')
  })

  it('names the nearest routes in the log, not to the client', async () => {
    const { res, text } = await ask('/file/a', alice)
    expect(res.status).toBe(404)
    expect(text).not.toContain('{id}')
    expect(door.logs[0]?.fields['nearest']).toContain('GET /files/{id}')
    expect(door.records[0]).toMatchObject({ identity: null, outcome: { code: 'route_unknown' } })
  })

  it('lists the methods an address has', async () => {
    const { res } = await ask('/files/a', alice, 'PATCH')
    expect(res.status).toBe(405)
    expect(res.headers.get('allow')?.split(', ').sort()).toEqual([
      'DELETE',
      'GET',
      'HEAD',
      'OPTIONS',
      'POST',
      'PUT',
    ])
  })

  it('never logs or records a query', async () => {
    await ask('/file/a?secret=1', alice)
    expect(JSON.stringify(door.logs)).not.toContain('secret')
  })

  const jwt = 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln-_A'

  it('logs no token that stands in a path', async () => {
    await ask(`/nothing/${jwt}`, alice)
    await ask(`/files/vault-${jwt}`, alice)
    expect(door.logs.map(({ fields }) => fields['code'])).toEqual([
      'route_unknown',
      'denied_by_rule',
    ])
    expect(door.logs[0]?.fields['path']).toBe('/nothing/[redacted]')
    expect(door.logs[1]?.fields['resource']).toBe('file/vault-[redacted]')
    expect(JSON.stringify(door.logs)).not.toMatch(/eyJ|c2ln/)
  })

  it('logs the beginning of a path that is too long, and no part of a token at its cut', async () => {
    await ask(`/nothing/${'x'.repeat(2_000)}/${jwt}/${'y'.repeat(2_000)}`, alice)
    expect(String(door.logs[0]?.fields['path']).length).toBeLessThan(2_100)
    expect(JSON.stringify(door.logs)).not.toMatch(/eyJ|c2ln/)
  })

  it('writes no more log lines a second than a disk can take', async () => {
    const stopped = await openFrontDoor(() => {}, { clock: { nowMs: () => 1_800_000_000_000 } })
    const url = `${stopped.origin}/nope`
    await Promise.all(
      Array.from({ length: 120 }, async () => (await fetch(url, { headers: alice })).text()),
    )
    expect(stopped.logs).toHaveLength(50)
    expect(stopped.records).toHaveLength(120)
    await stopped.close()
  })
})

describe('reserved paths', () => {
  it('never reach an upstream', async () => {
    const { res } = await ask('/.well-known/sallyport/other', alice)
    expect(res.status).toBe(404)
    const post = await ask('/.well-known/sallyport/jwks.json', alice, 'POST')
    expect(post.res.status).toBe(405)
    expect(post.res.headers.get('allow')).toBe('GET, HEAD')
  })

  it('let nobody send a body without end behind a request for the keys', async () => {
    const socket = connect(door.port, '127.0.0.1')
    socket.on('error', () => {}).resume()
    socket.write('GET /.well-known/sallyport/jwks.json HTTP/1.1\r\nHost: app.test\r\n')
    socket.write('Transfer-Encoding: chunked\r\n\r\n')
    const trickle = setInterval(() => socket.write('1\r\na\r\n'), 100)
    await once(socket, 'close', { signal: AbortSignal.timeout(30_000) })
    clearInterval(trickle)
  })

  it('need no credential to read the keys', async () => {
    const { res, json } = await ask('/.well-known/sallyport/jwks.json')
    expect(res.status).toBe(200)
    expect(json()['keys']).toHaveLength(1)
    expect(JSON.stringify(json())).not.toContain('"d"')
  })
})

describe('a defect', () => {
  it('in a stage is a 500, forwards nothing, and leaves the process serving', async () => {
    const { res, json } = await ask('/files/a', { authorization: 'Bearer throws' })
    expect(res.status).toBe(500)
    expect(res.headers.get('connection')).toBe('close')
    expect(json()).toMatchObject({ code: 'ERR_INTERNAL' })
    expect(json()['detail']).not.toContain('broke')
    expect(door.records[0]?.outcome).toMatchObject({ kind: 'failed', code: 'ERR_INTERNAL' })
    expect(door.logs[0]).toMatchObject({ level: 'error', fields: { code: 'ERR_INTERNAL' } })
    expect((await ask('/files/a', alice)).res.status).toBe(200)
  })

  it('in a stage that waits is a 500 as well', async () => {
    const rejecting: Authenticator = { authenticate: () => Promise.reject(new Error('broke')) }
    const broken = await openFrontDoor(() => {}, { authenticator: rejecting })
    const res = await fetch(`${broken.origin}/files/a`, { headers: alice })
    expect(res.status).toBe(500)
    expect(broken.records).toHaveLength(1)
    await broken.close()
  })
})

describe('a policy change', () => {
  it('holds for the next request and not for the one under way', async () => {
    const asked = Promise.withResolvers<void>()
    const identified = Promise.withResolvers<Identity>()
    const slow: Authenticator = {
      authenticate: () => {
        asked.resolve()
        return identified.promise
      },
    }
    const changing = await openFrontDoor((_req, res) => void res.end(), { authenticator: slow })
    const underWay = fetch(`${changing.origin}/files/a`, { headers: alice })
    await asked.promise
    const { policies, routes } = compilePolicies([
      { path: 'file.yaml', text: policyText.replace('permit: [view, edit]', 'permit: [edit]') },
      { path: 'roles.yaml', text: `roles:\n  staff: { when: '"staff" in subject.groups' }\n` },
      { path: 'routes.yaml', text: routesText(changing.upstreamOrigin) },
    ])
    if (policies === null || routes === null) throw new Error('the policy does not compile')
    changing.holder.swap(policies, routes)
    identified.resolve(identityOf('alice'))
    expect((await underWay).status).toBe(200)
    expect((await fetch(`${changing.origin}/files/a`, { headers: alice })).status).toBe(403)
    expect(changing.records.map((record) => record.generation)).toEqual([1, 2])
    await changing.close()
  })
})

it('explains every reason nobody can do anything about alike, so that rules stay unknown', async () => {
  const { explainDenial } = await import('../../src/enforce/explanations.ts')
  const reasons = reasonCodes.filter((code) => code !== 'step_up_required')
  expect(new Set(reasons.map((code) => explainDenial(code))).size).toBe(1)
})
