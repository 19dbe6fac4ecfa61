import { afterEach, describe, expect, it } from 'vitest'
import type { LimitOptions } from '../../src/limit/options.ts'
import { readRate } from '../../src/model/rate-limit.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { type FrontDoor, openFrontDoor, policyText, rolesText } from './front-door.ts'

let door: FrontDoor
let forwarded = 0

afterEach(async () => {
  await door.close()
})

type Limits = Partial<Record<'address' | 'subject' | 'client', string>>

/** So slow to come back that a test never sees it. */
async function open(limits: Limits, routeLimits = ''): Promise<void> {
  forwarded = 0
  const options: Partial<Record<keyof LimitOptions, unknown>> = {}
  for (const [whose, rate] of Object.entries(limits))
    options[whose as keyof Limits] = readRate(rate)
  door = await openFrontDoor(
    (_req, res) => {
      forwarded += 1
      res.end('through')
    },
    { limits: options as Partial<LimitOptions> },
  )
  if (routeLimits === '') return
  const { policies, routes, diagnostics } = compilePolicies([
    { path: 'file.yaml', text: policyText },
    { path: 'roles.yaml', text: rolesText },
    {
      path: 'routes.yaml',
      text: `routes:
  - upstream: ${door.upstreamOrigin}
    paths:
      GET /files/{id}: { action: view, resource: file, id: path.id, limit: { ${routeLimits} } }
      GET /open/{id}: { action: view, resource: file, id: path.id, authentication: optional }
      GET /others/{id}: { action: view, resource: file, id: path.id }
`,
    },
  ])
  if (policies === null || routes === null) throw new Error(JSON.stringify(diagnostics))
  door.holder.swap(policies, routes)
}

async function ask(path: string, who: string | null = 'alice') {
  const headers = who === null ? undefined : { authorization: `Bearer ${who}` }
  const res = await fetch(door.origin + path, headers === undefined ? {} : { headers })
  return { res, status: res.status, text: await res.text() }
}

async function statuses(...asked: readonly (readonly [string, (string | null)?])[]) {
  const all: number[] = []
  for (const [path, who] of asked) all.push((await ask(path, who)).status)
  return all
}

describe('a limit for each subject', () => {
  it('refuses what is beyond it, and says when to come back', async () => {
    await open({ subject: '2/h' })
    expect(await statuses(['/files/a'], ['/files/b'], ['/files/a'])).toEqual([200, 200, 429])
    const { res, text } = await ask('/files/a')
    expect(res.headers.get('content-type')).toBe('application/problem+json')
    expect(Number(res.headers.get('retry-after'))).toBeGreaterThan(1_790)
    expect(res.headers.get('ratelimit-policy')).toBe('"subject";q=2;w=3600')
    expect(res.headers.get('ratelimit')).toMatch(/^"subject";r=0;t=3[56]\d\d$/u)
    expect(JSON.parse(text)).toMatchObject({
      status: 429,
      title: 'Too Many Requests',
      code: 'rate_limited',
      detail: 'Too many requests came from you lately; try again when Retry-After says so.',
    })
    expect(forwarded).toBe(2)
  })

  it('is told on what is let through as well', async () => {
    await open({ subject: '5/h' })
    const { res } = await ask('/files/a')
    expect(res.headers.get('ratelimit-policy')).toBe('"subject";q=5;w=3600')
    expect(res.headers.get('ratelimit')).toMatch(/^"subject";r=4;t=7\d\d$/u)
  })

  it('is of each subject alone', async () => {
    await open({ subject: '1/h' })
    expect(await statuses(['/files/a'], ['/files/a', 'bob'], ['/files/a', 'bob'])).toEqual([
      200, 200, 429,
    ])
  })

  it('leaves a record that says so', async () => {
    await open({ subject: '1/h' })
    await statuses(['/files/a'], ['/files/a'])
    expect(door.records[1]).toMatchObject({
      identity: { subject: { id: 'alice' } },
      decision: null,
      refusal: { code: 'rate_limited', detail: 'The limit "subject" is used up' },
      outcome: { kind: 'refused', status: 429, code: 'rate_limited' },
    })
    expect(await door.registry.metrics()).toContain(
      'sallyport_gateway_refusals_total{code="rate_limited"} 1',
    )
  })

  it('counts what is denied, and answers alike whether it would be permitted or not', async () => {
    await open({ subject: '2/h' })
    expect(await statuses(['/files/vault'], ['/files/vault'])).toEqual([403, 403])
    const [denied, permitted] = [await ask('/files/vault'), await ask('/files/a')]
    expect([denied.status, permitted.status]).toEqual([429, 429])
    const shape = (text: string) => text.replace(/"decision_id":"[^"]*"/u, '')
    expect(shape(denied.text)).toBe(shape(permitted.text))
    expect(forwarded).toBe(0)
  })

  it('is not used up by those who only claim to be the subject', async () => {
    await open({ subject: '1/h' })
    expect(await statuses(['/files/a', 'expired'], ['/files/a', null], ['/files/a'])).toEqual([
      401, 401, 200,
    ])
  })
})

describe('the anonymous', () => {
  it('are not counted as one subject, but by their addresses', async () => {
    await open({ subject: '1/h' }, 'subject: 1/h')
    const asked = [
      ['/open/a', null],
      ['/open/a', null],
      ['/open/a', null],
    ] as const
    expect(await statuses(...asked)).toEqual([403, 403, 403])
  })
})

describe('a limit for each address', () => {
  it('comes before authentication and before the route is known', async () => {
    await open({ address: '3/h' })
    expect(
      await statuses(['/files/a', null], ['/nowhere', null], ['/files/a', 'expired'], ['/files/a']),
    ).toEqual([401, 404, 401, 429])
    expect((await ask('/nowhere', null)).status).toBe(429)
    expect(door.records.at(-1)).toMatchObject({ identity: null, route: null })
  })
})

describe('limits of a route', () => {
  it('are its own, beside those of the configuration', async () => {
    await open({ subject: '3/h' }, 'subject: 1/h')
    expect(await statuses(['/files/a'], ['/files/a'], ['/others/a'], ['/others/a'])).toEqual([
      200, 429, 200, 200,
    ])
    expect((await ask('/others/a')).res.headers.get('ratelimit-policy')).toContain('"subject";q=3')
  })

  it('hold for an address before anybody is known', async () => {
    await open({}, 'address: 1/h')
    expect(await statuses(['/files/a', null], ['/files/a', null], ['/others/a'])).toEqual([
      401, 429, 200,
    ])
  })

  it('hold for everybody together, and are used up by what is permitted alone', async () => {
    await open({}, 'all: 2/h')
    const asked = [
      ['/files/vault'],
      ['/files/a', 'guest'],
      ['/files/a'],
      ['/files/a', 'bob'],
    ] as const
    expect(await statuses(...asked)).toEqual([403, 403, 200, 200])
    const { res, status } = await ask('/files/a', 'carol')
    expect([status, res.headers.get('ratelimit')]).toEqual([429, null])
    // Nobody learns from the limit what they were not permitted anyway.
    expect(await statuses(['/files/vault'], ['/files/a', 'guest'])).toEqual([403, 403])
    expect(forwarded).toBe(2)
  })
})

describe('a rate that is written wrongly', () => {
  it('is found with the policies', () => {
    const { diagnostics } = compilePolicies([
      { path: 'file.yaml', text: policyText },
      { path: 'roles.yaml', text: rolesText },
      {
        path: 'routes.yaml',
        text: `routes:
  - upstream: http://127.0.0.1:9
    paths:
      GET /a: { action: view, resource: file, limit: { subject: 10 per minute } }
`,
      },
    ])
    expect(diagnostics.map(({ line, message }) => `${line}: ${message}`)).toContain(
      '4: "subject" must be a rate such as 100/m or "100/m burst 20", not "10 per minute"',
    )
  })
})
