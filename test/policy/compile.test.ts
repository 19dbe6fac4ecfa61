import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compilePolicies, type CompiledPolicies } from '../../src/policy/compile.ts'
import { buildAccessRequest, matchRoute } from '../../src/route/route.ts'
import { ann, factsOf } from '../route/samples.ts'
import { compile, diagnose, type Files, soundFiles, sourcesOf } from './samples.ts'

const routesFile = `
  routes:
    - host: expenses.example.com
      upstream: http://127.0.0.1:9500
      audience: expenses
      paths:
        GET /people/{owner}/expenses/{id}:
          action: view
          resource: expense
          id: path.id
          attributes: { owner: path.owner, amount: 'has(query.amount) ? double(query.amount) : 0.0' }
        ANY /expenses/{rest...}: { action: approve, resource: expense, id: '"all"' }
`

const files: Files = { ...soundFiles, 'routes.yaml': routesFile }

function sets({ policies, routes, diagnostics }: CompiledPolicies) {
  if (policies === null || routes === null) throw new Error(JSON.stringify(diagnostics))
  return { policies, routes }
}

describe('a compiled folder', () => {
  it('has no findings where there is nothing to find', () => {
    expect(diagnose(files)).toBe('')
  })

  it('decides', () => {
    const { policies } = sets(compile(files))
    const request: AccessRequest = {
      subject: { type: 'user', id: 'ann', properties: { groups: ['staff'] } },
      action: { name: 'view', properties: {} },
      resource: { type: 'expense', id: '7', properties: { owner: 'ann' } },
      context: {},
      timeMs: 0,
    }
    expect(decide(policies, request)).toMatchObject({ effect: 'permit', rules: ['expense/own'] })
    const others = {
      ...request,
      resource: { type: 'expense', id: '7', properties: { owner: 'bob' } },
    }
    expect(decide(policies, others)).toMatchObject({ effect: 'deny', rules: [] })
  })

  it('routes, with values from path and query', () => {
    const { routes } = sets(compile(files))
    const path = '/people/ann/expenses/e%201'
    const match = matchRoute(routes, 'GET', 'expenses.example.com', path)
    if (match.kind === 'miss') throw new Error(match.code)
    expect(match.route).toMatchObject({
      id: 'GET expenses.example.com/people/{owner}/expenses/{id}',
      audience: 'expenses',
      queryNames: ['amount'],
      location: 'routes.yaml:6:7',
    })
    const asked = buildAccessRequest(match, factsOf({ path, query: 'amount=12.5' }), ann, 0)
    expect(asked).toMatchObject({
      action: { name: 'view' },
      resource: { type: 'expense', id: 'e 1', properties: { owner: 'ann', amount: 12.5 } },
    })
    const failing = buildAccessRequest(match, factsOf({ path, query: 'amount=x' }), ann, 0)
    expect(failing).toMatchObject({ kind: 'refusal', code: 'resource_incomplete' })
    const twice = buildAccessRequest(match, factsOf({ path, query: 'amount=1&amount=2' }), ann, 0)
    expect(twice).toMatchObject({ kind: 'refusal', code: 'resource_incomplete' })
  })

  it('reads a parameter without evaluating anything, and a constant as it is', () => {
    const { routes } = sets(compile(files))
    const [first, second] = routes.routes
    expect(first?.resourceId).toEqual({ kind: 'parameter', index: 1 })
    const match = matchRoute(routes, 'PUT', 'expenses.example.com', '/expenses/x/y')
    if (match.kind === 'miss') throw new Error(match.code)
    expect(match.route).toBe(second)
    expect(buildAccessRequest(match, factsOf(), ann, 0)).toMatchObject({ resource: { id: 'all' } })
  })

  it('gives attributes as JSON: whole numbers, lists, maps and instants', () => {
    const text = `
      resource: file
      actions: [read]
      attributes: { n: int, tags: list<string>, at: timestamp, m: dyn }
      rules: [{ id: r, permit: [read] }]
    `
    const routes = `
      routes:
        - upstream: http://127.0.0.1:9500
          paths:
            GET /files/{n}:
              action: read
              resource: file
              attributes:
                n: int(path.n)
                tags: '["a", path.n]'
                at: timestamp("2026-01-01T00:00:00Z")
                m: '{"x": 1, "y": [true, null]}'
    `
    const { routes: table } = sets(compile({ 'file.yaml': text, 'routes.yaml': routes }))
    const ask = (path: string) => {
      const match = matchRoute(table, 'GET', 'h', path)
      if (match.kind === 'miss') throw new Error(match.code)
      return buildAccessRequest(match, factsOf({ path }), ann, 0)
    }
    const asked = ask('/files/7') as AccessRequest
    expect(asked.resource.id).toBe('')
    expect(JSON.parse(JSON.stringify(asked.resource.properties))).toEqual({
      n: 7,
      tags: ['a', '7'],
      at: '2026-01-01T00:00:00Z',
      m: { x: 1, y: [true, null] },
    })
    expect(ask('/files/9007199254740993')).toMatchObject({
      detail: 'GET /files/{n}: no value for "n": an integer too large',
    })
  })

  it('takes "*" for every declared action', () => {
    const text = `
      resource: a
      actions: [x, y]
      rules: [{ id: r, permit: '*' }]
    `
    expect(sets(compile({ 'a.yaml': text })).policies.rules[0]?.actions).toEqual(['x', 'y'])
  })

  it('encodes what a normalised path would have encoded', () => {
    const routes = `
      routes:
        - upstream: http://127.0.0.1:9500
          paths: { GET /café: { action: view, resource: expense, attributes: { owner: '"x"' } } }
    `
    const { routes: table } = sets(compile({ ...soundFiles, 'routes.yaml': routes }))
    expect(matchRoute(table, 'GET', 'h', '/caf%C3%A9').kind).toBe('match')
  })

  it('keeps rule texts for explanations, not for deciding', () => {
    const { policies } = sets(compile(files))
    expect(policies.rules[0]).toMatchObject({
      location: 'expense.yaml:5:9',
      written: {
        text: 'resource.owner == subject.id',
        references: ['resource.owner', 'subject.id'],
      },
    })
  })

  it('is nothing at all when anything is wrong', () => {
    const compiled = compile({ ...files, 'more.yaml': 'roles: { a: { inherits: [b] } }' })
    expect(compiled.policies).toBeNull()
    expect(compiled.routes).toBeNull()
  })

  it('permits nothing when there are no files', () => {
    const { policies, routes } = sets(compile({}))
    expect(policies.ruleCount).toBe(0)
    expect(matchRoute(routes, 'GET', 'h', '/')).toMatchObject({ code: 'route_unknown' })
  })
})

describe('the digest', () => {
  const sources = sourcesOf(files)
  const digest = sets(compilePolicies(sources)).policies.digest

  it('does not depend on the order of the files', () => {
    expect(digest).toMatch(/^[0-9a-f]{64}$/u)
    for (const order of [
      [2, 1, 0],
      [1, 0, 2],
      [0, 2, 1],
    ]) {
      const shuffled = order.flatMap((index) => sources[index] ?? [])
      const other = sets(compilePolicies(shuffled)).policies
      expect(other.digest).toBe(digest)
      expect(other.rules.map((rule) => rule.id)).toEqual(['expense/own', 'expense/approve'])
    }
  })

  it('changes with every byte and every name', () => {
    const changed = [
      compile({ ...files, 'roles.yaml': `${files['roles.yaml'] ?? ''}\n# more` }),
      compile({ ...soundFiles, 'routes2.yaml': routesFile }),
      compile(soundFiles),
    ].map((compiled) => sets(compiled).policies.digest)
    expect(new Set([digest, ...changed]).size).toBe(4)
  })

  it('tells apart folders that differ only in where one file ends and the next begins', () => {
    const role = (name: string): string => `roles: { ${name}: { when: "true" } }\n`
    const apart = compile({ 'a.yaml': '# x\n' + role('a'), 'b.yaml': role('b') })
    const moved = compile({ 'a.yaml': role('a'), 'b.yaml': '# x\n' + role('b') })
    expect(sets(apart).policies.digest).not.toBe(sets(moved).policies.digest)
  })

  it('is the same in another process', () => {
    const script = `
      import { compilePolicies } from './src/policy/compile.ts'
      const sources = JSON.parse(process.argv[1])
      process.stdout.write(compilePolicies(sources.reverse()).policies.digest)
    `
    const child = spawnSync(
      process.execPath,
      [
        '--disallow-code-generation-from-strings',
        '--input-type=module',
        '--eval',
        script,
        JSON.stringify(sources),
      ],
      { encoding: 'utf8', timeout: 20_000 },
    )
    expect(child.stderr).toBe('')
    expect(child.stdout).toBe(digest)
  })
})

describe('sizes', () => {
  it('compiles a chain of three thousand roles without exhausting the stack', () => {
    const roles = Array.from({ length: 3_000 }, (_, n) => `  r${n}: { inherits: [r${n + 1}] }`)
    const text = ['roles:', ...roles, '  r3000: { when: "true" }'].join('\n')
    const { diagnostics } = compilePolicies([
      {
        path: 'roles.yaml',
        text: text.replace('{ inherits: [r1] }', '{ inherits: [r1], when: "false" }'),
      },
    ])
    expect(diagnostics.filter((finding) => finding.severity === 'error')).toEqual([])
  }, 60_000)

  it('compiles a thousand routes in little time', () => {
    const paths = Array.from(
      { length: 1_000 },
      (_, n) =>
        `      GET /area${n % 50}/things${n}/{id}: { action: view, resource: expense, id: path.id, attributes: { owner: path.id } }`,
    )
    const text = ['routes:', '  - upstream: http://127.0.0.1:9500', '    paths:', ...paths].join(
      '\n',
    )
    const sources = [...sourcesOf(soundFiles), { path: 'routes.yaml', text }]
    const before = process.threadCpuUsage()
    const { routes } = sets(compilePolicies(sources))
    expect(process.threadCpuUsage(before).user / 1_000).toBeLessThan(10_000)
    expect(matchRoute(routes, 'GET', 'h', '/area7/things57/x')).toMatchObject({ values: ['x'] })
  })
})
