import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { post } from '../check/fixture.ts'
import type { Reply, RunningCheck } from '../check/fixture.ts'
import { startDecisionPoint } from './authzen-fixture.ts'

const alice = { type: 'user', id: 'alice' }
const bob = { type: 'user', id: 'bob' }
const admin = { ...bob, properties: { role: 'admin' } }
const active = { type: 'record', id: 'record-1' }
const archived = { type: 'record', id: 'record-2', properties: { status: 'archived' } }
const read = { name: 'read' }
const write = { name: 'write' }
const softDelete = { name: 'delete', properties: { soft: true } }
const hardDelete = { name: 'delete', properties: { soft: false } }
const valid = { subject: alice, action: read, resource: active }

let running: RunningCheck

beforeAll(async () => {
  running = await startDecisionPoint()
})

afterAll(async () => {
  await running.check.close()
})

function evaluate(body: unknown, headers?: Record<string, string>): Promise<Reply> {
  return post(running, '/access/v1/evaluation', body, headers)
}

function evaluateAll(body: unknown): Promise<Reply> {
  return post(running, '/access/v1/evaluations', body)
}

async function decisionsOf(body: unknown): Promise<readonly boolean[]> {
  const reply = await evaluateAll(body)
  expect(reply.status).toBe(200)
  const { evaluations, ...others } = reply.body as { evaluations: { decision: boolean }[] }
  expect(others).toEqual({})
  return evaluations.map(({ decision }) => decision)
}

describe('Basic', () => {
  test.each([
    [1, 'alice reads record-1', alice, read, active, true],
    [2, 'alice writes record-1', alice, write, active, true],
    [3, 'bob reads record-1', bob, read, active, true],
    [4, 'bob, of whom nothing is said, writes record-1', bob, write, active, false],
    [5, 'alice writes an archived record', alice, write, archived, false],
    [6, 'an admin writes an archived record', admin, write, archived, true],
    [7, 'alice deletes record-1 softly', alice, softDelete, active, true],
    [8, 'alice deletes record-1 for good', alice, hardDelete, active, false],
  ])('rule %i: %s', async (_, __, subject, action, resource, decision) => {
    for (const context of [undefined, { time: '2025-06-27T18:03-07:00', ip: '192.168.1.1' }]) {
      const reply = await evaluate({ subject, action, resource, context })
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/json'])
      expect(reply.body).toEqual({ decision })
    }
  })

  test('accepts properties the policy does not know', async () => {
    const body = {
      subject: { ...alice, properties: { department: 'Sales', role: 'manager' } },
      action: { ...read, properties: { method: 'GET' } },
      resource: { ...active, properties: { status: 'active', owner: 'bob' } },
    }
    expect((await evaluate(body)).body).toEqual({ decision: true })
  })

  test('ignores members it does not know', async () => {
    const body = { ...valid, foo: 'bar', futureField: { nested: true } }
    expect((await evaluate(body)).body).toEqual({ decision: true })
    const inside = {
      subject: { ...alice, unknown: 1 },
      action: { ...read, unknown: [] },
      resource: { ...active, unknown: {} },
    }
    expect((await evaluate(inside)).body).toEqual({ decision: true })
  })

  test.each([
    ['no subject', { ...valid, subject: undefined }],
    ['no action', { ...valid, action: undefined }],
    ['no resource', { ...valid, resource: undefined }],
    ['a subject without type', { ...valid, subject: { id: 'alice' } }],
    ['a subject without id', { ...valid, subject: { type: 'user' } }],
    ['an action without name', { ...valid, action: {} }],
    ['a resource without type', { ...valid, resource: { id: 'record-1' } }],
    ['a resource without id', { ...valid, resource: { type: 'record' } }],
    ['a subject that is text', { ...valid, subject: 'alice' }],
    ['an action name that is a number', { ...valid, action: { name: 123 } }],
    ['JSON that is broken', '{"subject": {"type": "user"'],
    ['an empty body', ''],
    ['an array', [valid]],
  ])('answers 400 to %s', async (_, body) => {
    const reply = await evaluate(body)
    expect(reply.status).toBe(400)
    expect(reply.body).toBeTypeOf('string')
  })

  test('answers 400 to another content type, and takes one with a charset', async () => {
    const refused = await evaluate(valid, { 'Content-Type': 'text/plain' })
    expect(refused.status).toBe(400)
    const taken = await evaluate(valid, { 'Content-Type': 'application/json; charset=utf-8' })
    expect(taken.status).toBe(200)
  })

  test.each(['GET', 'PUT'])('answers 405 to %s', async (method) => {
    for (const path of ['/access/v1/evaluation', '/access/v1/evaluations']) {
      expect((await fetch(`${running.base}${path}`, { method })).status).toBe(405)
    }
  })

  test('answers 401 with a challenge to bad and to missing credentials', async () => {
    const bad = await evaluate(valid, { Authorization: 'Bearer invalid' })
    const missing = await fetch(`${running.base}/access/v1/evaluation`, { method: 'POST' })
    for (const { status, headers } of [bad, missing]) {
      expect([status, headers.get('www-authenticate')]).toEqual([
        401,
        expect.stringContaining('Bearer'),
      ])
    }
  })

  test('sends X-Request-ID back, and does without', async () => {
    const id = 'bfe9eb29-ab87-4ca3-be83-a1d5d8305716'
    const reply = await evaluate(valid, { 'X-Request-ID': id })
    expect(reply.headers.get('x-request-id')).toBe(id)
    expect((await evaluate(valid)).status).toBe(200)
  })

  test('gives the same decision every time', async () => {
    for (let n = 0; n < 20; n += 1) {
      expect((await evaluate(valid)).body).toEqual({ decision: true })
    }
  })
})

describe('Batch', () => {
  test('shares defaults among the evaluations', async () => {
    const body = {
      subject: bob,
      resource: active,
      evaluations: [{ action: read }, { action: write }],
    }
    expect(await decisionsOf(body)).toEqual([true, false])
  })

  test('reads the properties of each evaluation', async () => {
    const resources = {
      subject: alice,
      action: write,
      evaluations: [
        { resource: { ...active, properties: { status: 'active' } } },
        { resource: archived },
      ],
    }
    expect(await decisionsOf(resources)).toEqual([true, false])
    const subjects = {
      action: write,
      resource: archived,
      evaluations: [{ subject: alice }, { subject: admin }],
    }
    expect(await decisionsOf(subjects)).toEqual([false, true])
  })

  test('takes evaluations that say everything themselves', async () => {
    const body = { evaluations: [valid, { subject: bob, action: write, resource: active }] }
    expect(await decisionsOf(body)).toEqual([true, false])
  })

  test('inherits the context, or replaces it', async () => {
    const context = { time: '2025-06-27T18:03-07:00' }
    const other = { time: '2025-06-27T19:00-07:00', source: 'batch-override' }
    const body = { ...valid, context, evaluations: [{}, { context: other }] }
    running.entries.length = 0
    expect(await decisionsOf(body)).toEqual([true, true])
    const contexts = running.entries.map(({ request }) => request?.context)
    expect(contexts).toEqual([context, other])
  })

  test('replaces an entity as a whole: properties are never merged', async () => {
    const body = {
      subject: alice,
      action: write,
      resource: { ...active, properties: { status: 'active' } },
      evaluations: [{}, { resource: archived }],
    }
    expect(await decisionsOf(body)).toEqual([true, false])
    const bare = {
      subject: alice,
      action: write,
      resource: archived,
      evaluations: [{ resource: { type: 'record', id: 'record-2' } }],
    }
    expect(await decisionsOf(bare)).toEqual([true])
  })

  test('takes only a missing required member from the default', async () => {
    const body = {
      subject: alice,
      action: write,
      resource: { type: 'record', properties: { status: 'archived' } },
      evaluations: [
        { resource: { id: 'record-1', properties: { status: 'active' } } },
        { resource: { id: 'record-1' } },
      ],
    }
    expect(await decisionsOf(body)).toEqual([true, true])
  })

  test('answers a deny with the error for an incomplete evaluation, and goes on', async () => {
    const body = {
      subject: alice,
      action: read,
      options: { evaluations_semantic: 'execute_all' },
      evaluations: [
        { resource: active },
        {},
        { resource: { type: 'record', id: 7 } },
        'x',
        { resource: active },
      ],
    }
    const failed = (message: string): object => ({
      decision: false,
      context: { error: { status: 400, message } },
    })
    expect((await evaluateAll(body)).body).toEqual({
      evaluations: [
        { decision: true },
        failed('"resource" is missing'),
        failed('"resource.id" is not a string'),
        failed('The evaluation is not an object'),
        { decision: true },
      ],
    })
  })

  test('answers 200 to a lone evaluation without subject', async () => {
    expect(await decisionsOf({ evaluations: [{ action: read, resource: active }] })).toEqual([
      false,
    ])
  })

  test.each([undefined, []])('answers as for one when evaluations is %j', async (evaluations) => {
    const reply = await evaluateAll({ ...valid, evaluations })
    expect([reply.status, reply.body]).toEqual([200, { decision: true }])
    expect((await evaluateAll({ ...valid, subject: undefined, evaluations })).status).toBe(400)
  })

  test('tolerates an empty default', async () => {
    const body = { subject: alice, action: read, resource: {}, evaluations: [{ resource: active }] }
    expect(await decisionsOf(body)).toEqual([true])
  })

  const three = [{ action: read }, { action: write }, { action: read }]

  test.each([
    ['execute_all', [true, false, true]],
    ['deny_on_first_deny', [true, false]],
    ['permit_on_first_permit', [true]],
    [undefined, [true, false, true]],
  ])('stops where %s says', async (semantic, decisions) => {
    const options = semantic === undefined ? undefined : { evaluations_semantic: semantic }
    const body = { subject: bob, resource: active, options, evaluations: three }
    expect(await decisionsOf(body)).toEqual(decisions)
  })

  test('goes on to the first permit, and stops at the first failure', async () => {
    const body = (semantic: string): object => ({
      subject: bob,
      resource: active,
      options: { evaluations_semantic: semantic, unknown_option: 1 },
      evaluations: [{ action: write }, { action: 'x' }, { action: read }, { action: write }],
    })
    expect(await decisionsOf(body('permit_on_first_permit'))).toEqual([false, false, true])
    expect(await decisionsOf(body('deny_on_first_deny'))).toEqual([false])
    const failing = {
      ...body('deny_on_first_deny'),
      evaluations: [{ action: read }, {}, { action: read }],
    }
    expect(await decisionsOf(failing)).toEqual([true, false])
  })

  test.each([
    ['an unknown semantic', { options: { evaluations_semantic: 'majority' } }],
    ['a semantic that is not text', { options: { evaluations_semantic: 1 } }],
    ['options that are not an object', { options: [] }],
    ['evaluations that are not an array', { evaluations: {} }],
    ['a default that is not an object', { subject: 'alice' }],
    ['a default with a member of another type', { action: { name: 1 } }],
    ['a default context that is text', { context: 'x' }],
  ])('answers 400 to %s', async (_, change) => {
    const reply = await evaluateAll({ ...valid, evaluations: [valid], ...change })
    expect([reply.status, typeof reply.body]).toEqual([400, 'string'])
  })

  test('names and records each evaluation', async () => {
    running.entries.length = 0
    const reply = await evaluateAll({ subject: bob, resource: active, evaluations: [...three, {}] })
    const id = reply.headers.get('sallyport-decision')
    expect(running.entries.map((entry) => [entry.id, entry.decision?.effect])).toEqual([
      [`${id}.0`, 'permit'],
      [`${id}.1`, 'deny'],
      [`${id}.2`, 'permit'],
      [`${id}.3`, undefined],
    ])
    expect(running.entries[3]).toMatchObject({
      request: null,
      refusal: { code: 'request_malformed', detail: '"action" is missing' },
      outcome: { kind: 'answered', status: 200 },
    })
  })
})
