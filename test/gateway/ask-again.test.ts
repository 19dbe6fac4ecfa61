import { expect, it } from 'vitest'
import { askAgain } from '../../src/gateway/ask-again.ts'
import type { OpenStream } from '../../src/gateway/open-stream.ts'
import { type Snapshot, SnapshotHolder } from '../../src/gateway/snapshot.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { buildAccessRequest, matchRoute } from '../../src/route/route.ts'
import { factsOf } from '../route/samples.ts'
import { identityOf } from './front-door.ts'

const facts = factsOf({ path: '/notes/1' })
const alice = identityOf('alice')

/** Notes may be read by all, and drafts until half past. */
function snapshotOf(routeTo: 'note' | 'draft'): Snapshot {
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
    paths: { 'GET /notes/{id}': { action: read, resource: ${routeTo}, id: path.id } }
`,
    },
  ])
  if (policies === null || routes === null) throw new Error(JSON.stringify(diagnostics))
  return new SnapshotHolder(policies, routes).current
}

function openedWith(snapshot: Snapshot): OpenStream {
  const match = matchRoute(snapshot.routes, 'GET', facts.host, facts.path)
  if (match.kind === 'miss') throw new Error('no match')
  const request = buildAccessRequest(match, facts, alice, early)
  if ('kind' in request) throw new Error(request.detail)
  return {
    facts,
    identity: alice,
    request,
    protocol: null,
    decidedAtMs: 0,
    asked: snapshot,
    question: null,
    list: null,
    previous: null,
    next: null,
    cut: () => {},
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
