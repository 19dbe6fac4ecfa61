import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { key, post, type Reply, type RunningCheck, startCheck } from './fixture.ts'

const question = {
  subject: { type: 'user', id: 'alice' },
  action: { name: 'read' },
  resource: { type: 'record', id: 'record-1' },
}
let running: RunningCheck

afterEach(() => running.check.close())

async function open(count: number, burst = count): Promise<void> {
  running = await startCheck(
    { tokenSubjects: ['pep'] },
    { caller: { count, windowS: 60, burst }, address: { count: 1, windowS: 60, burst: 1 } },
  )
}

function ask(Authorization = `Bearer ${key}`): Promise<Reply> {
  return post(running, '/access/v1/evaluation', question, { Authorization })
}

/** Sends a call but for the end of its body, once it has been let in; what follows ends it. */
async function begin(text: string) {
  const call = request(`${running.base}/access/v1/evaluations`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/json',
      'Content-Length': text.length,
      Expect: '100-continue',
    },
  })
  call.flushHeaders()
  await once(call, 'continue')
  const answered = once(call, 'response') as Promise<[IncomingMessage]>
  return async () => {
    call.end(text)
    const [response] = await answered
    response.resume()
    return {
      status: response.statusCode,
      retryAfterS: Number(response.headers['retry-after'] ?? 0),
    }
  }
}

function askMany(count: number, more: object = {}): Promise<Reply> {
  const evaluations = Array.from({ length: count }, () => ({}))
  return post(running, '/access/v1/evaluations', { ...question, evaluations, ...more })
}

test('answers a caller as often as its limit says, and then when to come back', async () => {
  await open(2)
  const first = await ask()
  expect(first.status).toBe(200)
  expect(first.headers.get('ratelimit-policy')).toBe('"caller";q=2;w=60')
  expect(first.headers.get('ratelimit')).toBe('"caller";r=1;t=30')
  expect((await ask()).status).toBe(200)
  const refused = await ask()
  expect(refused.status).toBe(429)
  expect(refused.body).toBe(
    'This caller has asked too much lately: try again when Retry-After says so',
  )
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(25)
  expect(running.entries.at(-1)).toMatchObject({
    caller: 'orders',
    decision: null,
    refusal: { code: 'rate_limited', detail: 'The limit "caller" is used up' },
    outcome: { kind: 'refused', status: 429, code: 'rate_limited' },
  })
})

test('counts each caller for itself, and nobody who is none', async () => {
  await open(1)
  for (let count = 0; count < 5; count += 1) {
    expect((await ask('Bearer somebody')).status).toBe(401)
  }
  expect((await ask()).status).toBe(200)
  expect((await ask()).status).toBe(429)
  expect((await ask('Bearer token-of-pep')).status).toBe(200)
  expect((await ask('Bearer token-of-pep')).status).toBe(429)
})

test.each<[string, string, readonly string[]]>([
  ['as tokens', 'Bearer ', []],
  ['as they are', '', []],
  ['as they are, beside tokens', '', ['pep']],
])(
  'hears an address no longer that guesses keys, and good keys all the same: %s',
  async (...how) => {
    const [, scheme, tokenSubjects] = how
    running = await startCheck({ tokenSubjects })
    for (let count = 0; count < 10; count += 1) {
      expect((await ask(`${scheme}guess-${count}`)).status).toBe(401)
    }
    const refused = await ask(`${scheme}one-more`)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(running.entries.at(-1)).toMatchObject({ refusal: { code: 'attempts_exhausted' } })
    expect((await ask()).status).toBe(200)
  },
)

test('counts every evaluation of a call, and answers the whole of one that has begun', async () => {
  await open(10)
  const all = await askMany(9)
  expect(all.status).toBe(200)
  expect(all.headers.get('ratelimit')).toBe('"caller";r=1;t=54')
  expect((await askMany(8)).body).toMatchObject({ evaluations: { length: 8 } })
  const refused = await ask()
  expect(refused.status).toBe(429)
  // Seven that were not left have to come back first, and one to be asked.
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(40)
})

test('lets no calls that come together ask for what another one has taken', async () => {
  await open(10)
  const evaluations = Array.from({ length: 10 }, () => ({}))
  const text = JSON.stringify({ ...question, evaluations })
  const calls = await Promise.all(Array.from({ length: 5 }, () => begin(text)))
  // All are let in before any of them has said what it asks.
  const replies = await Promise.all(calls.map((finish) => finish()))
  const refused = replies.filter(({ status }) => status === 429)
  expect(refused).toHaveLength(4)
  for (const { retryAfterS } of refused) expect(retryAfterS).toBeGreaterThan(25)
  expect(running.entries.filter(({ decision }) => decision !== null)).toHaveLength(10)
})

test('counts what was evaluated, and not what was left out after the first denial', async () => {
  await open(10)
  const options = { evaluations_semantic: 'deny_on_first_deny' }
  const action = { name: 'write' }
  const subject = { type: 'user', id: 'bob' }
  const reply = await askMany(9, { options, action, subject })
  expect(reply.body).toMatchObject({ evaluations: { length: 1 } })
  expect(reply.headers.get('ratelimit')).toBe('"caller";r=9;t=6')
})

test('says nothing of limits where there are none, and knows no other limit', async () => {
  running = await startCheck({}, { address: { count: 1, windowS: 60, burst: 1 } })
  for (let count = 0; count < 5; count += 1) {
    const reply = await ask()
    expect(reply.status).toBe(200)
    expect(reply.headers.has('ratelimit')).toBe(false)
  }
})
