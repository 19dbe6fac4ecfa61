import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { maxLineBytes, writeLossLine, writeRecordLine } from '../../src/audit/record-line.ts'
import type { RecordEntry } from '../../src/audit/record.ts'
import type { Attributes } from '../../src/model/attributes.ts'
import { checkEntry, gatewayEntry, timeMs } from './entries.ts'

interface Line {
  readonly [name: string]: unknown
  readonly request?: {
    readonly subject: { readonly id: string; readonly properties?: Attributes }
    readonly resource: { readonly id: string; readonly properties?: Attributes }
    readonly context: Attributes
  }
}

function read(entry: RecordEntry): Line {
  return JSON.parse(writeRecordLine(entry)) as Line
}

function withContext(context: Attributes): RecordEntry {
  const { request } = checkEntry
  return { ...checkEntry, request: request === null ? null : { ...request, context } }
}

function contextOf(context: Attributes): Attributes | undefined {
  return read(withContext(context)).request?.context
}

test('writes every documented field of a forwarded request', () => {
  expect(read(gatewayEntry)).toEqual({
    kind: 'decision',
    time: '2026-01-02T03:04:05.006Z',
    id: 'd-1',
    source: 'gateway',
    generation: 3,
    policy_digest: 'sha256:abc',
    effect: 'permit',
    reason: 'permitted_by_rule',
    rules: ['expense/own'],
    subject: { type: 'user', id: 'alice' },
    issuer: 'https://id.example.test',
    action: 'view',
    resource: { type: 'expense', id: '12' },
    route: 'expenses GET /expenses/{id}',
    request_id: 'client-chosen',
    method: 'GET',
    host: 'expenses.localhost',
    path: '/expenses/12',
    client_ip: '192.0.2.7',
    outcome: { kind: 'forwarded', status: 200, upstream: 'http://127.0.0.1:9500' },
    decide_us: 2,
    total_ms: 12.346,
    request: {
      subject: { type: 'user', id: 'alice', properties: { department: 'accounting' } },
      action: { name: 'view' },
      resource: { type: 'expense', id: '12' },
      context: { method: 'GET', path: '/expenses/12' },
      time: '2026-01-02T03:04:05.006Z',
    },
  })
})

test('writes who asked and under which request id for the decision API', () => {
  const line = read(checkEntry)
  expect(line).toMatchObject({
    source: 'check',
    caller: 'orders-service',
    request_id: 'call-1',
    client_ip: '127.0.0.1',
    outcome: { kind: 'answered', status: 200 },
  })
  expect(line).not.toHaveProperty('issuer')
})

test('writes a refusal with its detail and without a request', () => {
  const line = read({
    ...gatewayEntry,
    identity: null,
    request: null,
    decision: null,
    refusal: { kind: 'refusal', code: 'token_expired', detail: 'expired 12 s ago' },
    outcome: { kind: 'refused', status: 401, code: 'token_expired' },
    decideMs: null,
  })
  expect(line).toMatchObject({
    policy_digest: 'sha256:abc',
    refusal: { code: 'token_expired', detail: 'expired 12 s ago' },
    outcome: { kind: 'refused', status: 401, code: 'token_expired' },
  })
  for (const name of ['effect', 'subject', 'request', 'decide_us']) {
    expect(line).not.toHaveProperty(name)
  }
})

test('writes the errors of conditions beside the decision', () => {
  const decision = {
    ...gatewayEntry.decision,
    effect: 'deny',
    reason: 'deny_rule_failed',
    rules: ['expense/never'],
    errors: [{ rule: 'expense/never', message: 'no such key: amount' }],
    obligations: [],
    policyDigest: 'sha256:abc',
  } as const
  expect(read({ ...gatewayEntry, decision })).toMatchObject({
    effect: 'deny',
    errors: [{ rule: 'expense/never', message: 'no such key: amount' }],
  })
})

test('never writes a header, a cookie or the query string of the request', () => {
  const line = writeRecordLine(gatewayEntry)
  for (const secret of ['in-the-header', 'in-the-cookie', 'in-the-query']) {
    expect(line).not.toContain(secret)
  }
})

test('redacts values whose names look secret, at any depth and in any spelling', () => {
  const context = contextOf({
    Password: 'a',
    'api-key': 'b',
    API_KEY: 'c',
    'set.cookie': 'd',
    refreshToken: { nested: 'e' },
    list: [{ client_secret: 'f', safe: 'kept' }],
    authorization: ['g'],
  })
  expect(context).toEqual({
    Password: '[redacted]',
    'api-key': '[redacted]',
    API_KEY: '[redacted]',
    'set.cookie': '[redacted]',
    refreshToken: '[redacted]',
    list: [{ client_secret: '[redacted]', safe: 'kept' }],
    authorization: '[redacted]',
  })
})

test('keeps the names of query parameters and none of their values', () => {
  expect(contextOf({ query: { page: '2', reset: 'abc' } })).toEqual({
    query: { page: '[redacted]', reset: '[redacted]' },
  })
  expect(contextOf({ query: 'page=2&reset=abc', after: 1 })).toEqual({
    after: 1,
    query: '[redacted]',
  })
})

test('takes tokens and credentials out of text that is not secret by its name', () => {
  const jwt = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl'
  expect(
    contextOf({
      note: `seen ${jwt} twice`,
      header: `Bearer ${'x'.repeat(20)}`,
      uri: 'https://alice:hunter2@files.test/a?access_token=abc&page=2#id_token=def',
    }),
  ).toEqual({
    note: 'seen [redacted] twice',
    header: '[redacted]',
    uri: 'https://[redacted]@files.test/a?access_token=[redacted]&page=2#id_token=[redacted]',
  })
  const entry = { ...gatewayEntry, facts: gatewayEntry.facts && { ...gatewayEntry.facts } }
  const path = `/reset/${jwt}`
  const withPath = { ...entry, facts: entry.facts && { ...entry.facts, path } }
  expect(read(withPath)['path']).toBe('/reset/[redacted]')
})

test.each([
  ['line feed', 'x\n{"kind":"decision","effect":"permit"}'],
  ['carriage return', 'x\r{"forged":true}'],
  ['line separator', 'x\u2028y'],
  ['next line', 'x\u0085y'],
  ['terminal escape', '\u001b[2J\u009b2J'],
  ['right-to-left override', 'x\u202ey'],
  ['lone surrogate', 'x\ud800y'],
  ['quote', '","effect":"permit","x":"'],
  ['NUL', 'x\u0000y'],
])('writes an id with a %s as one line of plain text', (_, id) => {
  const request = checkEntry.request && {
    ...checkEntry.request,
    subject: { type: 'user', id, properties: { [id]: id } },
  }
  const line = writeRecordLine({ ...checkEntry, request, caller: id, requestId: id })
  expect(line.match(/\n/g)).toHaveLength(1)
  expect(line).toMatch(/^[ -~]*\n$/)
  const parsed = JSON.parse(line) as Line
  expect(parsed.request?.subject.id).toBe(id)
  expect(parsed['effect']).toBe('permit')
  expect(Object.keys(parsed)).not.toContain('forged')
})

test('writes any entry as one parseable line of bounded length', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 5_000 }),
      fc.string({ unit: 'binary' }),
      fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
      (long, short, properties) => {
        const request = checkEntry.request && {
          ...checkEntry.request,
          subject: { type: short, id: long, properties },
          context: { [short]: long },
        }
        const entry: RecordEntry = { ...checkEntry, request, caller: long, requestId: short }
        const line = writeRecordLine(entry)
        expect(line.indexOf('\n')).toBe(line.length - 1)
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(maxLineBytes)
        expect(JSON.parse(line)).toMatchObject({ kind: 'decision', id: 'd-1' })
      },
    ),
  )
})

test('cuts a request that is too large and says so, and keeps the decision', () => {
  const line = writeRecordLine(withContext({ blob: 'é'.repeat(40_000) }))
  expect(Buffer.byteLength(line)).toBeLessThan(2_000)
  expect(JSON.parse(line)).toMatchObject({ effect: 'permit', request_cut: true })
})

test('cuts a subject whose claims are too large, at every request of that token', () => {
  const subject = { type: 'user', id: 'a', properties: { groups: Array(9_000).fill('group') } }
  const request = gatewayEntry.request && { ...gatewayEntry.request, subject }
  const entry = { ...gatewayEntry, request, identity: { ...gatewayEntry.identity, subject } }
  for (const _ of [1, 2]) {
    const line = writeRecordLine(entry as RecordEntry)
    expect(JSON.parse(line)).toMatchObject({ subject: { id: 'a' }, request_cut: true })
  }
})

test('marks values nested too deeply and does not overflow the stack', () => {
  let deep: unknown = 'bottom'
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep]
  const line = writeRecordLine(withContext({ deep }))
  expect(line).toContain('[too deep]')
  expect(line).not.toContain('bottom')
})

test('tells texts apart that share a place in the table of known texts', () => {
  // Same length, first, middle and last character.
  const one = contextOf({ a: 'a1b2c' })
  const other = contextOf({ a: 'a9b8c' })
  expect([one, other]).toEqual([{ a: 'a1b2c' }, { a: 'a9b8c' }])
})

test('keeps a member named __proto__ a member', () => {
  const context = JSON.parse('{"__proto__":{"effect":"permit"}}') as Attributes
  const line = writeRecordLine(withContext(context))
  expect(line).toContain('"context":{"__proto__":{"effect":"permit"}}')
})

test('announces a loss with its number and its time', () => {
  expect(JSON.parse(writeLossLine(12, timeMs, timeMs + 1_500))).toEqual({
    kind: 'loss',
    time: '2026-01-02T03:04:06.506Z',
    lost: 12,
    since: '2026-01-02T03:04:05.006Z',
    until: '2026-01-02T03:04:06.506Z',
  })
})

test('says which version and scope were asked for, also when the question is too large', () => {
  const asked = checkEntry.request
  if (asked === null) throw new Error('no request')
  const properties = { scope: 'acme.hr', text: 'x'.repeat(40_000) }
  const request = {
    ...asked,
    resource: { ...asked.resource, properties },
    context: { policy_version: 'v2' },
  }
  expect(read({ ...checkEntry, request })).toMatchObject({
    resource: { type: asked.resource.type, id: asked.resource.id, scope: 'acme.hr' },
    policy_version: 'v2',
    request_cut: true,
  })
  const odd = { ...request, resource: { ...asked.resource, properties: { scope: ['acme'] } } }
  const line = read({ ...checkEntry, request: { ...odd, context: { policy_version: 2 } } })
  expect(line).not.toHaveProperty('policy_version')
  expect(line).not.toHaveProperty('resource.scope')
})
