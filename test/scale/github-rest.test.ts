import assert from 'node:assert/strict'
import { describe, expect, it } from 'vitest'
import {
  githubHost,
  githubOperations,
  githubPolicies,
  githubRights,
} from '../../bench/scale/github-rest.ts'
import { decide } from '../../src/decide/decide.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { matchRoute } from '../../src/route/route.ts'

const operations = githubOperations()
const { policies, routes, diagnostics } = compilePolicies(githubPolicies(operations))

const described = operations.map(({ method, template }) => ({
  method,
  template,
  parts: template.split('/'),
  rank: template.replaceAll(/\{\w+\}/gu, '\uffff'),
}))

/** The route that an obvious search finds: literals before parameters, from the left. */
function search(method: string, path: string): string | undefined {
  const segments = path.split('/')
  const fits = described.filter(
    ({ parts, method: own }) =>
      own === method &&
      parts.length === segments.length &&
      parts.every((part, at) => part.startsWith('{') || part === segments[at]),
  )
  return fits.sort((a, b) => (a.rank < b.rank ? -1 : 1))[0]?.template
}

describe("GitHub's REST API as a policy", () => {
  it('compiles, but for two operations that are the same requests', () => {
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(routes?.routes).toHaveLength(1_222)
    const whole = githubOperations(true)
    expect(whole).toHaveLength(1_223)
    const found = compilePolicies(githubPolicies(whole)).diagnostics
    const errors = found.filter(({ severity }) => severity === 'error')
    expect(errors.map(({ message }) => message)).toEqual([
      'route "GET /repos/{owner}/{repo}/compare/{range}" matches the same requests as "GET /repos/{owner}/{repo}/compare/{basehead}" at routes.yaml:741:7',
    ])
  })

  it('routes each operation to itself, and names that look like others as a search does', () => {
    assert.ok(routes !== null)
    const wrong: string[] = []
    for (const { method, template } of operations) {
      for (const filling of ['x-1', 'search', 'repos', 'issues']) {
        const path = template.replaceAll(/\{\w+\}/gu, filling)
        const match = matchRoute(routes, method, githubHost, path)
        const found = match.kind === 'match' ? match.route.template : undefined
        const expected = search(method, path)
        if (found !== expected) wrong.push(`${path}: ${found ?? ''}, not ${expected ?? ''}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('permits what the rights of a role say, and nothing else', () => {
    assert.ok(policies !== null)
    const rights = Object.keys(githubRights)
    const wrong: string[] = []
    for (const { resource, action, area } of operations) {
      for (const [at, right] of rights.entries()) {
        const request: AccessRequest = {
          subject: { type: 'user', id: 'ann', properties: { groups: [`${area}-${right}`] } },
          action: { name: action, properties: {} },
          resource: { type: resource, id: '1', properties: {} },
          context: {},
          timeMs: 0,
        }
        const allowed = rights.slice(0, at + 1).some((each) => githubRights[each]?.includes(action))
        const expected = allowed ? 'permit' : 'deny'
        const { effect } = decide(policies, request)
        if (effect !== expected) wrong.push(`${right} of ${area}: ${action} ${resource}`)
      }
    }
    expect(wrong).toEqual([])
  })
})
