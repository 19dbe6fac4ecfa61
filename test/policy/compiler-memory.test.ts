import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyFiles, resourceFile } from '../../bench/scale/policy-files.ts'
import { decide } from '../../src/decide/decide.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { runAtOnce } from '../../src/model/steps.ts'
import { compileInSteps, type CompiledPolicies } from '../../src/policy/compile.ts'
import { CompilerMemory } from '../../src/policy/compiler-memory.ts'
import { type Files, sourcesOf } from './samples.ts'

/** By file, the texts it may have; the empty one stands for a file that is not there. */
const variants: Readonly<Record<string, readonly string[]>> = {
  'acl.yaml': [
    '',
    'acl: note\nentries:\n  - { id: a, permit: [read], subjects: [ann], resources: [n1] }\n',
    'acl: note\nentries:\n  - { permit: [write], groups: [staff], resources: ["*"] }\n',
    'acl: memo\nentries:\n  - { deny: [read], subjects: [ann], resources: [m1] }\n',
  ],
  'memo.yaml': [
    '',
    'resource: memo\nactions: [read]\nrules:\n  - { id: all, permit: [read], roles: [staff] }\n',
    'resource: memo\nactions: [read]\nrules:\n  - { id: all, permit: [read], roles: [chief] }\n',
    'resource: note\nactions: [read]\nrules:\n  - { id: all, permit: [read] }\n',
    'resource: memo\nversion: v2\nactions: [read]\nrules:\n  - { id: all, permit: [read] }\n',
  ],
  'note.yaml': [
    'resource: note\nactions: [read, write]\nattributes: { owner: string }\nrules:\n  - { id: own, permit: [read], when: isOwner }\n  - { id: all, permit: [write], roles: [staff] }\n',
    'resource: note\nactions: [read, write]\nattributes: { owner: double }\nrules:\n  - { id: own, permit: [read], when: isOwner }\n',
    'resource: note\nactions: [read, write]\nrules:\n  - { id: none, permit: [raed] }\n',
    'resource: note\nactions: [read, write]\nrules:\n  - { id: all, deny: [write], roles: [writer] }\nderived_roles:\n  writer: { when: subject.id == "ann" }\n',
    'resource: note\n  actions: [read\n',
    '"resource": note\nactions: [read, write]\nrules:\n  - { id: quoted, permit: [read] }\n',
    'resource: note\nroles: {}\n',
  ],
  'roles.yaml': [
    'roles:\n  staff: { when: \'"staff" in subject.groups\' }\n',
    'roles:\n  staff: { when: \'"staff" in subject.groups\' }\n  chief: { inherits: [staff] }\n',
    'roles:\n  staff: {}\nassignments:\n  - { roles: [staff], subjects: [ann] }\n',
    'roles:\n  staff: { inherits: [staff] }\n',
  ],
  'routes.yaml': [
    '',
    'routes:\n  - upstream: http://127.0.0.1:1\n    paths:\n      GET /n/{id}: { resource: note, action: read, id: path.id }\n      PUT /n/{id}: { resource: note, action: write, id: path.id }\n',
    'routes:\n  - upstream: http://127.0.0.1:1\n    paths:\n      GET /m/{id}: { resource: memo, action: read, id: path.id }\n',
  ],
  'scopes.yaml': ['', 'scopes:\n  acme: {}\n'],
  'tenant.yaml': [
    '',
    'resource: note\nscope: acme\nrules:\n  - { id: more, permit: [write], roles: [staff] }\n',
  ],
  'types.yaml': ['', 'types:\n  subject: { groups: list<string>, level: double }\n'],
  'variables.yaml': [
    'variables:\n  isOwner: resource.owner == subject.id\n',
    'variables:\n  isOwner: has(resource.owner) && resource.owner == subject.id\n  unused: subject.id\n',
    '',
  ],
}

const paths = Object.keys(variants)
const edits = fc.array(fc.record({ path: fc.constantFrom(...paths), variant: fc.nat(6) }), {
  minLength: 4,
  maxLength: 12,
})

function filesOf(chosen: ReadonlyMap<string, number>): Files {
  const files = paths.map((path) => {
    const texts = variants[path] ?? []
    return [path, texts[(chosen.get(path) ?? 0) % texts.length] ?? ''] as const
  })
  return Object.fromEntries(files.filter(([, text]) => text !== ''))
}

const requests: readonly AccessRequest[] = ['note', 'memo'].flatMap((type) =>
  ['read', 'write'].flatMap((action) =>
    ['ann', 'bob'].flatMap((id) =>
      [undefined, 'acme'].map((scope) => ({
        subject: { type: 'user', id, properties: { groups: id === 'bob' ? ['staff'] : [] } },
        action: { name: action, properties: {} },
        resource: {
          type,
          id: type === 'note' ? 'n1' : 'm1',
          properties: { owner: 'ann', ...(scope === undefined ? {} : { scope }) },
        },
        context: {},
        timeMs: 0,
      })),
    ),
  ),
)

/** All that anybody can see of a compilation. */
function seen({ context, diagnostics, policies, resources, routes, subject }: CompiledPolicies) {
  return {
    diagnostics,
    declared: [resources, subject, context],
    digest: policies?.digest,
    // Without what are functions.
    rules: policies?.rules.map((rule) => JSON.stringify(rule)),
    roles: policies?.roleNames,
    routes: routes?.routes.map(({ id, location }) => [id, location]),
    decisions: policies === null ? [] : requests.map((request) => decide(policies, request)),
  }
}

describe('a compilation that remembers the one before', () => {
  it('comes to what one that remembers nothing comes to, edit after edit', () => {
    let compiled = 0
    fc.assert(
      fc.property(edits, (sequence) => {
        const memory = new CompilerMemory()
        const chosen = new Map<string, number>()
        for (const { path, variant } of [{ path: 'note.yaml', variant: 0 }, ...sequence]) {
          chosen.set(path, variant)
          const sources = sourcesOf(filesOf(chosen))
          const remembering = runAtOnce(compileInSteps(sources, memory))
          const fresh = runAtOnce(compileInSteps(sources))
          if (fresh.policies !== null) compiled += 1
          expect(seen(remembering)).toEqual(seen(fresh))
        }
      }),
      { numRuns: 25 },
    )
    expect(compiled).toBeGreaterThan(10)
  })

  it('takes over what has not changed and nothing else', () => {
    const memory = new CompilerMemory()
    const sources = policyFiles(40)
    const before = runAtOnce(compileInSteps(sources, memory)).policies
    const changed = sources.map((source) =>
      source.path.endsWith('service-7.yaml') ? { ...source, text: resourceFile(7, 1) } : source,
    )
    const after = runAtOnce(compileInSteps(changed, memory)).policies
    const kept = after?.resources.filter((resource) => before?.resources.includes(resource))
    expect(kept).toHaveLength(38)
    expect(after?.resources.find(({ type }) => type === 'service-7')?.rules[2]?.written?.text).toBe(
      'resource.department == subject.department && resource.amount <= 1.0',
    )
    const roles = changed.map((source) =>
      source.path === 'roles.yaml' ? { ...source, text: `${source.text}# later\n` } : source,
    )
    const last = runAtOnce(compileInSteps(roles, memory)).policies
    expect(last?.resources.filter((resource) => after?.resources.includes(resource))).toEqual([])
  })

  it('is as it was when a compilation is given up', () => {
    const memory = new CompilerMemory()
    const sources = policyFiles(20)
    const before = runAtOnce(compileInSteps(sources, memory)).policies
    const given = compileInSteps(policyFiles(10), memory)
    for (let step = 0; step < 15; step += 1) given.next()
    const after = runAtOnce(compileInSteps(sources, memory)).policies
    expect(after?.resources).toEqual(before?.resources)
    expect(after?.resources.every((each, at) => each === before?.resources[at])).toBe(true)
  })
})
