import { afterEach, beforeEach, expect, test } from 'vitest'
import { compilePolicies } from '../../src/policy/compile.ts'
import { type RunningCheck, post, startCheck } from './fixture.ts'

const evaluation = '/access/v1/evaluation'
const explained = { 'Sallyport-Explain': 'true' }

let running: RunningCheck
beforeEach(async () => {
  running = await startCheck()
  const { policies, routes } = compilePolicies([
    { path: 'scopes.yaml', text: 'scopes: { acme: {}, acme.hr: {} }' },
    {
      path: 'note.yaml',
      text: 'resource: note\nactions: [read]\nrules: [{ id: all, permit: [read] }]',
    },
    {
      path: 'acme.yaml',
      text: 'resource: note\nscope: acme\nrules: [{ id: none, deny: [read] }]',
    },
    {
      path: 'v2.yaml',
      text: 'resource: note\nversion: v2\nactions: [read]\nrules: [{ id: all, permit: [read], when: resource.scope == "acme" }]',
    },
  ])
  if (policies === null || routes === null) throw new Error('no policies')
  running.holder.swap(policies, routes)
})
afterEach(() => running.check.close())

function question(properties?: object, context?: object): object {
  return {
    subject: { type: 'user', id: 'ann' },
    action: { name: 'read' },
    resource: { type: 'note', id: '1', ...(properties === undefined ? {} : { properties }) },
    ...(context === undefined ? {} : { context }),
  }
}

async function why(asked: object): Promise<unknown> {
  const { status, body } = await post(running, evaluation, asked, explained)
  const { context } = body as { context: { reason: string; rules: readonly string[] } }
  return [status, context.rules[0] ?? context.reason]
}

test('takes the scope from the resource and the version from the context', async () => {
  expect(await why(question())).toEqual([200, 'note/all'])
  expect(await why(question({ scope: '' }))).toEqual([200, 'note/all'])
  expect(await why(question({ scope: 'acme' }))).toEqual([200, 'note/acme/none'])
  expect(await why(question({ scope: 'acme.hr' }))).toEqual([200, 'note/acme/none'])
  const v2 = { policy_version: 'v2' }
  expect(await why(question({ scope: 'acme' }, v2))).toEqual([200, 'note@v2/all'])
  expect(await why(question({ scope: 'acme' }, { policy_version: 'default' }))).toEqual([
    200,
    'note/acme/none',
  ])
})

test('denies what names a scope or version that there is not, whatever its type', async () => {
  for (const scope of ['acmee', 'ACME', 'acme.x', null, 0, false, [], ['acme'], { name: 'acme' }]) {
    expect([scope, await why(question({ scope }))]).toEqual([scope, [200, 'unknown_scope']])
  }
  for (const version of ['v3', 'V2', '', null, 2, ['v2'], {}]) {
    const asked = question({ scope: 'acme' }, { policy_version: version })
    expect([version, await why(asked)]).toEqual([version, [200, 'unknown_policy_version']])
  }
})

test('does not take them from anywhere else', async () => {
  const elsewhere = {
    ...question({ scope: 'acme' }),
    policy_version: 'v2',
    scope: '',
    subject: { type: 'user', id: 'ann', properties: { scope: '', policy_version: 'v2' } },
    action: { name: 'read', properties: { scope: '', policy_version: 'v2' } },
    context: { scope: '', resource: { scope: '' } },
  }
  expect(await why(elsewhere)).toEqual([200, 'note/acme/none'])
  const text = JSON.stringify(question({ scope: 'acme' })).replace(
    '"properties":{',
    '"properties":{"__proto__":{"scope":""},',
  )
  const { body } = await post(running, evaluation, text, explained)
  expect(body).toMatchObject({ context: { rules: ['note/acme/none'] } })
})

test('takes them for each evaluation, whose context replaces the default as a whole', async () => {
  const v2 = { policy_version: 'v2' }
  const batch = {
    ...question({ scope: 'acme' }, v2),
    evaluations: [{}, { context: { channel: 'web' } }, { resource: { id: '2' } }],
  }
  const { body } = await post(running, '/access/v1/evaluations', batch, explained)
  const { evaluations } = body as { evaluations: { context: { rules: string[] } }[] }
  expect(evaluations.map(({ context }) => context.rules)).toEqual([
    ['note@v2/all'],
    ['note/acme/none'],
    [],
  ])
  expect(running.entries.map((entry) => entry.request?.context)).toEqual([
    v2,
    { channel: 'web' },
    v2,
  ])
})
