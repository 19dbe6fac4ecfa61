import { expect, it } from 'vitest'
import { askAgain } from '../../src/gateway/ask-again.ts'
import type { OpenStream } from '../../src/gateway/open-stream.ts'
import { type Snapshot, SnapshotHolder } from '../../src/gateway/snapshot.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { anonymous, type Identity, unidentified } from '../../src/model/identity.ts'
import { buildAccessRequest, matchRoute } from '../../src/route/route.ts'
import { factsOf } from '../route/samples.ts'
import { identityOf } from './front-door.ts'

const facts = factsOf({ path: '/notes/1' })
const alice = identityOf('alice')

/** Notes may be read by all, and drafts until half past. */
function snapshotOf(routeTo: 'note' | 'draft', asks = ''): Snapshot {
  const { policies, routes, diagnostics } = compilePolicies([
    {
      path: 'note.yaml',
      text: 'resource: note\nactions: [read]\nrules: [{ id: all, permit: [read] }]\n',
    },
    {
      path: 'draft.yaml',
      text: `resource: draft
actions: [read]
rules: [{ id: early, permit: [read], when: 'now < timestamp("2026-01-01T00:30:00Z")' }]
`,
    },
    {
      path: 'routes.yaml',
      text: `routes:
  - upstream: http://127.0.0.1:9
    paths: { 'GET /notes/{id}': { ${asks}action: read, resource: ${routeTo}, id: path.id } }
`,
    },
  ])
  if (policies === null || routes === null) throw new Error(JSON.stringify(diagnostics))
  return new SnapshotHolder(policies, routes).current
}

function openedWith(snapshot: Snapshot, identity: Identity = alice): OpenStream {
  const match = matchRoute(snapshot.routes, 'GET', facts.host, facts.path)
  if (match.kind === 'miss') throw new Error('no match')
  const request = buildAccessRequest(match, facts, identity, early)
  if ('kind' in request) throw new Error(request.detail)
  return {
    facts,
    identity,
    request,
    upload: null,
    protocol: null,
    decidedAtMs: 0,
    asked: snapshot,
    question: null,
    list: null,
    previous: null,
    next: null,
    cut: () => {},
    release: () => {},
  }
}

const early = Date.parse('2026-01-01T00:29:00Z')
const late = Date.parse('2026-01-01T00:31:00Z')

it('asks what the routes of now make of the request, however often it was asked before', () => {
  const stream = openedWith(snapshotOf('note'))
  const changed = snapshotOf('draft')
  expect(askAgain(stream, changed, early, 0)).toBeNull()
  expect(askAgain(stream, changed, early, 0)).toBeNull()
  expect(askAgain(stream, changed, late, 0)).toMatchObject({ reason: 'no_applicable_rule' })
})

const expired: Identity = { ...alice, expiresAtS: 1 }
const machine: Identity = { ...alice, credential: 'api_key' }

it.each([
  ['nobody', anonymous, 'optional', null],
  ['nobody', anonymous, 'required', 'credential_missing'],
  ['nobody', anonymous, 'public', null],
  // Whether what it brought would have been accepted was never looked at.
  ['somebody or nobody', unidentified, 'optional', 'credential_missing'],
  ['somebody or nobody', unidentified, 'required', 'credential_missing'],
  ['alice', alice, 'optional', null],
  ['alice', alice, 'public', null],
  ['one whose token has expired', expired, 'required', 'token_expired'],
  ['one whose token has expired', expired, 'optional', 'token_expired'],
  ['one whose token has expired', expired, 'public', null],
])('asks about %s as the route of now would', (_, identity, mode, code) => {
  const stream = openedWith(snapshotOf('note', 'authentication: public, '), identity)
  const changed = snapshotOf('note', `authentication: ${mode}, `)
  for (const nowMs of [early, late]) {
    const answer = askAgain(stream, changed, nowMs, 0)
    expect(answer === null || !('code' in answer) ? answer : answer.code).toBe(code)
  }
})

it('cuts what came with a credential that the route accepts no longer', () => {
  const changed = snapshotOf('note', 'credentials: bearer, ')
  expect(askAgain(openedWith(snapshotOf('note')), changed, early, 0)).toBeNull()
  expect(askAgain(openedWith(snapshotOf('note'), machine), changed, early, 0)).toMatchObject({
    code: 'credential_not_accepted',
    detail: 'The route accepts no api_key',
  })
})
