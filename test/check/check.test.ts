import { afterEach, beforeEach, expect, test } from 'vitest'

import { createCheck } from '../../src/check/check.ts'
import { defaultCheckOptions } from '../../src/check/options.ts'
import { buildPolicySet } from '../../src/decide/policy-set.ts'
import { RouteTable } from '../../src/route/route-table.ts'
import { authenticator, key, post, startCheck } from './fixture.ts'
import type { RunningCheck } from './fixture.ts'

const evaluation = '/access/v1/evaluation'
const evaluations = '/access/v1/evaluations'
const permitted = {
  subject: { type: 'user', id: 'alice' },
  action: { name: 'read' },
  resource: { type: 'record', id: 'record-1' },
}
const denied = { ...permitted, subject: { type: 'user', id: 'bob' }, action: { name: 'write' } }

let running: RunningCheck
let others: RunningCheck[]

beforeEach(async () => {
  others = []
  running = await startCheck()
})

afterEach(async () => {
  for (const { check } of [running, ...others]) await check.close()
})

async function start(options: Parameters<typeof startCheck>[0]): Promise<RunningCheck> {
  const started = await startCheck(options)
  others.push(started)
  return started
}

test('answers a permit and a deny with 200 and a bare decision', async () => {
  const permit = await post(running, evaluation, permitted)
  expect([permit.status, permit.body]).toEqual([200, { decision: true }])
  expect(permit.headers.get('content-type')).toBe('application/json')
  const deny = await post(running, evaluation, denied)
  expect([deny.status, deny.body]).toEqual([200, { decision: false }])
})

test('names every decision in a header, and the record of the decision by the same id', async () => {
  const reply = await post(running, evaluation, denied, { 'X-Request-ID': 'call-7' })
  const id = reply.headers.get('sallyport-decision')
  expect(id).toMatch(/^[0-9a-f-]{36}$/)
  expect(running.entries).toHaveLength(1)
  expect(running.entries[0]).toMatchObject({
    source: 'check',
    id,
    caller: 'orders',
    requestId: 'call-7',
    clientIp: '127.0.0.1',
    timeMs: 1_700_000_000_000,
    request: { subject: { id: 'bob' }, timeMs: 1_700_000_000_000 },
    decision: { effect: 'deny', reason: 'no_applicable_rule' },
    outcome: { kind: 'answered', status: 200 },
    generation: 1,
    policyDigest: 'sha256:test',
  })
  expect(running.entries[0]?.decideMs).toBeGreaterThanOrEqual(0)
})

test('says why when the caller asks why', async () => {
  const explained = { 'Sallyport-Explain': 'true' }
  const reply = await post(running, evaluation, permitted, explained)
  expect(reply.body).toEqual({
    decision: true,
    context: {
      id: reply.headers.get('sallyport-decision'),
      reason: 'permitted_by_rule',
      rules: ['record/read'],
      errors: [],
      policy_digest: 'sha256:test',
    },
  })
  const batch = { ...permitted, evaluations: [{}, { action: { name: 'fly' } }] }
  expect((await post(running, evaluations, batch, explained)).body).toMatchObject({
    evaluations: [
      { decision: true, context: { rules: ['record/read'] } },
      { decision: false, context: { reason: 'unknown_action', rules: [] } },
    ],
  })
})

test('tells the caller the obligations of a permit without being asked', async () => {
  const set = buildPolicySet({ digest: 'sha256:obliged', roles: [], resources: [] })
  const obligation = { id: 'o-1', type: 'notification', properties: { to: 'audit' } }
  const answer = { ...set.answers.unknownAction, effect: 'permit', obligations: [obligation] }
  Object.defineProperty(set.answers, 'unknownResourceType', { value: answer })
  running.holder.swap(set, new RouteTable([]))
  expect((await post(running, evaluation, permitted)).body).toEqual({
    decision: true,
    context: { obligations: [obligation] },
  })
})

test('decides from the set that is current when the question comes in', async () => {
  const empty = buildPolicySet({ digest: 'sha256:empty', roles: [], resources: [] })
  running.holder.swap(empty, new RouteTable([]))
  expect((await post(running, evaluation, permitted)).body).toEqual({ decision: false })
  expect(running.entries[0]).toMatchObject({ generation: 2, policyDigest: 'sha256:empty' })
})

test.each(['Bearer %', 'bearer %', 'BEARER   %', '%'])('takes a key sent as "%s"', async (form) => {
  const headers = { Authorization: form.replace('%', key) }
  for (const _ of ['unknown so far', 'known by now']) {
    expect((await post(running, evaluation, permitted, headers)).status).toBe(200)
  }
  expect(running.entries[1]).toMatchObject({ caller: 'orders' })
})

test.each([
  'Bearer wrong',
  `Bearer ${key}x`,
  `${key} `.repeat(2),
  'Basic b3JkZXJzOng=',
  'Bearer',
  '',
])('refuses the credential "%s" with a challenge', async (credential) => {
  const reply = await post(running, evaluation, permitted, { Authorization: credential })
  expect(reply.status).toBe(401)
  expect(reply.headers.get('www-authenticate')).toBe(
    'Bearer realm="sallyport", error="invalid_token"',
  )
  expect(reply.body).toBe('The key or token in Authorization is not accepted')
  expect(running.entries[0]).toMatchObject({
    caller: null,
    request: null,
    decision: null,
    refusal: { code: 'caller_unknown' },
    outcome: { kind: 'refused', status: 401 },
  })
})

test('challenges a caller that sends no credential, before it reads the body', async () => {
  const response = await fetch(`${running.base}${evaluation}`, { method: 'POST', body: '{' })
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer realm="sallyport"')
  expect(running.entries[0]).toMatchObject({ refusal: { code: 'credential_missing' } })
})

test('takes a verified token of a subject that may ask, and records the subject', async () => {
  const withTokens = await start({ tokenSubjects: ['pep'] })
  const token = { Authorization: 'Bearer token-of-pep' }
  expect((await post(withTokens, evaluation, permitted, token)).status).toBe(200)
  expect(withTokens.entries[0]).toMatchObject({ caller: 'pep', identity: null })
  const forged = await post(withTokens, evaluation, permitted, { Authorization: 'Bearer a.b.c' })
  expect(forged.status).toBe(401)
  expect(withTokens.entries[1]).toMatchObject({ refusal: { code: 'token_malformed' } })
})

test('refuses a verified token of a subject that may not ask with 403', async () => {
  const withTokens = await start({ tokenSubjects: ['somebody-else'] })
  const reply = await post(withTokens, evaluation, permitted, {
    Authorization: 'Bearer token-of-pep',
  })
  expect([reply.status, reply.body]).toEqual([403, 'This caller may not ask for decisions'])
  expect(withTokens.entries[0]).toMatchObject({ refusal: { code: 'caller_not_allowed' } })
})

test('answers without authentication only when told to, and still not to a wrong key', async () => {
  const open = await start({ keys: [], allowUnauthenticated: true })
  const init = { method: 'POST', body: JSON.stringify(permitted) }
  const headers = { 'Content-Type': 'application/json' }
  const reply = await fetch(`${open.base}${evaluation}`, { ...init, headers })
  expect(reply.status).toBe(200)
  expect(open.entries[0]).toMatchObject({ caller: 'unauthenticated' })
  expect((await post(open, evaluation, permitted)).status).toBe(401)
})

test('does not start without authentication where others can reach it', () => {
  expect(() =>
    createCheck({
      options: { ...defaultCheckOptions, host: '0.0.0.0', allowUnauthenticated: true },
      holder: running.holder,
      authenticator,
      registry: running.registry,
      recorder: { record: () => {}, reopen: () => {}, close: () => Promise.resolve() },
      log: {
        isLevelEnabled: () => false,
        debug: () => {},
        info: () => {},
        warn: () => {},
        error: () => {},
      },
      failures: { maxFailuresPerAddress: 2, maxFailures: 1_000 },
      limiter: null,
      clock: { nowMs: () => 0 },
    }),
  ).toThrow(
    'Cannot start the decision API on 0.0.0.0: "check.allow_unauthenticated" needs a loopback address',
  )
})

test('sends X-Request-ID back with decisions, errors, and everything else', async () => {
  const headers = { 'X-Request-ID': 'id \t with \u00e9 and "quotes"' }
  const replies = [
    await post(running, evaluation, permitted, headers),
    await post(running, evaluations, { ...permitted, evaluations: [{}] }, headers),
    await post(running, evaluation, '{', headers),
    await post(running, evaluation, permitted, { ...headers, Authorization: 'wrong' }),
  ]
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 400, 401])
  const ascii = { 'X-Request-ID': 'call-9' }
  const unknown = await post(running, '/access/v1/search/subject', permitted, ascii)
  expect([unknown.status, unknown.headers.get('x-request-id')]).toEqual([404, 'call-9'])
  for (const reply of replies) {
    expect(reply.headers.get('x-request-id')).toBe(headers['X-Request-ID'])
  }
  expect((await post(running, evaluation, permitted)).headers.has('x-request-id')).toBe(false)
})

test('refuses an X-Request-ID it would not send back', async () => {
  const reply = await post(running, evaluation, permitted, { 'X-Request-ID': 'x'.repeat(1_025) })
  expect([reply.status, reply.body]).toEqual([400, 'X-Request-ID is longer than 1024 characters'])
  expect(reply.headers.has('x-request-id')).toBe(false)
})

test.each([
  ['nothing', '', 'The body is empty'],
  ['half an object', '{"subject":', 'The body is not valid JSON'],
  ['something behind the object', `${JSON.stringify(permitted)}]`, 'The body is not valid JSON'],
  ['an array', [permitted], 'The body is not a JSON object'],
  ['a member twice', '{"subject":1,"subject":2}', 'The body has a member twice in one object'],
  [
    'an id that would be rounded',
    '{"subject":{"type":"user","id":"a","properties":{"uid":9007199254740993}}}',
    '"subject.properties.uid" is a number too large to be kept exactly; send it as a string',
  ],
  ['no subject', { ...permitted, subject: undefined }, '"subject" is missing'],
  ['no action', { ...permitted, action: undefined }, '"action" is missing'],
  ['no resource', { ...permitted, resource: undefined }, '"resource" is missing'],
  ['a null subject', { ...permitted, subject: null }, '"subject" is missing'],
  ['a subject of text', { ...permitted, subject: 'alice' }, '"subject" is not an object'],
  ['a subject that is a list', { ...permitted, subject: [] }, '"subject" is not an object'],
  ['no subject type', { ...permitted, subject: { id: 'alice' } }, '"subject.type" is missing'],
  ['no subject id', { ...permitted, subject: { type: 'user' } }, '"subject.id" is missing'],
  ['no resource id', { ...permitted, resource: { type: 'a' } }, '"resource.id" is missing'],
  [
    'a numeric id',
    { ...permitted, resource: { type: 'a', id: 1 } },
    '"resource.id" is not a string',
  ],
  ['no action name', { ...permitted, action: {} }, '"action.name" is missing'],
  ['a numeric action', { ...permitted, action: { name: 123 } }, '"action.name" is not a string'],
  ['a context of text', { ...permitted, context: 'x' }, '"context" is not an object'],
  [
    'properties that are a list',
    { ...permitted, action: { name: 'read', properties: [] } },
    '"action.properties" is not an object',
  ],
])('answers 400 to a body with %s', async (_, body, problem) => {
  for (const path of [evaluation, evaluations]) {
    const reply = await post(running, path, body)
    expect([reply.status, reply.body]).toEqual([400, problem])
  }
  expect(running.entries[0]).toMatchObject({
    caller: 'orders',
    refusal: { code: 'request_malformed', detail: problem },
    outcome: { kind: 'refused', status: 400 },
  })
})

test('ignores members it does not know, wherever they are', async () => {
  const body = {
    subject: { ...permitted.subject, tenant: 1, properties: { a: 1 } },
    action: { ...permitted.action, extra: [] },
    resource: { ...permitted.resource, owner: { x: 1 } },
    context: { time: 'now' },
    evaluations: 'not read here',
    foo: null,
  }
  expect((await post(running, evaluation, body)).body).toEqual({ decision: true })
})

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/json; charset=latin1',
  'application/jsonx',
])('answers 400 to the content type %s', async (type) => {
  const reply = await post(running, evaluation, permitted, { 'Content-Type': type })
  expect([reply.status, reply.body]).toEqual([400, 'Content-Type is not application/json'])
})

test.each([
  'application/json; charset=utf-8',
  'Application/JSON',
  'application/json;charset="UTF-8"',
])('takes the content type %s', async (type) => {
  expect((await post(running, evaluation, permitted, { 'Content-Type': type })).status).toBe(200)
})

test('answers 400 to a compressed body rather than inflating it', async () => {
  const reply = await post(running, evaluation, permitted, { 'Content-Encoding': 'gzip' })
  expect([reply.status, reply.body]).toEqual([400, 'Content-Encoding is not supported'])
})

test.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('answers 405 to %s', async (method) => {
  for (const path of [evaluation, evaluations]) {
    const response = await fetch(`${running.base}${path}`, { method })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect(response.headers.has('access-control-allow-origin')).toBe(false)
  }
})

test('answers the same behind a query string', async () => {
  expect((await post(running, `${evaluation}?x=1`, permitted)).body).toEqual({ decision: true })
  expect((await post(running, `${evaluation}?x=1`, '{')).status).toBe(400)
})

test('describes itself, leaving out what it does not offer', async () => {
  const response = await fetch(`${running.base}/.well-known/authzen-configuration`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  expect(response.headers.get('cache-control')).toBe('public, max-age=300')
  expect(await response.json()).toEqual({
    policy_decision_point: running.base,
    access_evaluation_endpoint: `${running.base}${evaluation}`,
    access_evaluations_endpoint: `${running.base}${evaluations}`,
  })
})

test('describes itself under its public address, with the path after the well-known part', async () => {
  const published = await start({ publicUrl: 'https://pdp.example.test/tenant/' })
  const response = await fetch(`${published.base}/.well-known/authzen-configuration/tenant`)
  expect(await response.json()).toMatchObject({
    policy_decision_point: 'https://pdp.example.test/tenant',
    access_evaluation_endpoint: 'https://pdp.example.test/tenant/access/v1/evaluation',
  })
})

test('leaves an incomplete entity incomplete when told to', async () => {
  const strict = await start({ completeEntities: false })
  const body = {
    ...permitted,
    evaluations: [
      { resource: { id: 'record-2' } },
      { resource: { type: 'record', id: 'record-2' } },
    ],
  }
  expect((await post(running, evaluations, body)).body).toEqual({
    evaluations: [{ decision: true }, { decision: true }],
  })
  expect((await post(strict, evaluations, body)).body).toMatchObject({
    evaluations: [
      { decision: false, context: { error: { message: '"resource.type" is missing' } } },
      { decision: true },
    ],
  })
})

test('counts decisions, refusals and time', async () => {
  await post(running, evaluation, permitted)
  await post(running, evaluations, {
    ...permitted,
    evaluations: [{}, denied, {}, { subject: 'x' }],
  })
  await post(running, evaluation, '{')
  const text = await running.registry.metrics()
  for (const line of [
    'sallyport_check_decisions_total{effect="permit",reason="permitted_by_rule"} 3',
    'sallyport_check_decisions_total{effect="deny",reason="no_applicable_rule"} 1',
    'sallyport_check_refusals_total{code="request_malformed"} 1',
    'sallyport_check_failed_evaluations_total 1',
    'sallyport_check_evaluation_duration_seconds_count 1',
    'sallyport_check_evaluations_duration_seconds_count 1',
  ]) {
    expect(text).toContain(line)
  }
})

test('answers 500 and never a permit when something is wrong here, and goes on', async () => {
  running.entries.push = () => {
    Reflect.deleteProperty(running.entries, 'push')
    throw new Error('a defect with internal detail')
  }
  const reply = await post(running, evaluation, permitted)
  expect(reply.status).toBe(500)
  expect(reply.body).toMatch(/^Internal error [0-9a-f-]{36}$/)
  expect(running.entries).toHaveLength(1)
  expect(running.entries[0]).toMatchObject({
    id: String(reply.body).slice(-36),
    decision: null,
    refusal: null,
    outcome: { kind: 'failed', status: 500, code: 'ERR_INTERNAL' },
  })
  expect(running.errors).toEqual(['Cannot answer a call of the decision API'])
  expect((await post(running, evaluation, permitted)).status).toBe(200)
})

test('survives a defect that shows only after a token was verified, and records it', async () => {
  const { entries, errors, ...asked } = await start({ tokenSubjects: ['somebody-else'] })
  entries.push = () => {
    Reflect.deleteProperty(entries, 'push')
    throw new Error('a defect')
  }
  const headers = { Authorization: 'Bearer token-of-pep' }
  const reply = await post({ entries, errors, ...asked }, evaluation, permitted, headers)
  expect(reply.status).toBe(403)
  expect(errors).toEqual(['Cannot answer a call of the decision API'])
  expect(entries.map(({ outcome }) => outcome.kind)).toEqual(['failed'])
})
