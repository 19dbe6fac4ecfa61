import assert from 'node:assert/strict'
import { describe, expect, it } from 'vitest'
import { cloudPolicies, cloudShape, makeCloud } from '../../bench/scale/cloud-roles.ts'
import { decide } from '../../src/decide/decide.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { Random } from '../differential/random.ts'

describe('roles of a large cloud', () => {
  it('are made in the size and shape of the real ones', () => {
    const { roles, permissions } = makeCloud(cloudShape)
    const sizes = roles.map((role) => role.permissions.length)
    expect(roles).toHaveLength(2_461)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(165_179)
    expect(Math.max(...sizes)).toBe(13_568)
    expect(new Set(permissions.map(({ resource, action }) => `${resource} ${action}`)).size).toBe(
      13_568,
    )
  })

  it('permit what one of the roles held has, as a search of the lists says', () => {
    const cloud = makeCloud({ roles: 200, permissions: 9_000, largest: 1_000 }, 7)
    const { policies, diagnostics } = compilePolicies(cloudPolicies(cloud))
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([])
    assert.ok(policies !== null)
    const random = new Random(3)
    const seen = { permit: 0, deny: 0 }
    for (let time = 0; time < 20_000; time += 1) {
      const held = [random.pick(cloud.roles), random.pick(cloud.roles)]
      const at = random.happens(50)
        ? random.pick(random.pick(held).permissions)
        : random.below(cloud.permissions.length)
      const asked = cloud.permissions[at]
      assert.ok(asked !== undefined)
      const groups = held.map(({ name }) => name)
      const { effect } = decide(policies, {
        subject: Object.freeze({ type: 'user', id: 'ann', properties: Object.freeze({ groups }) }),
        action: { name: asked.action, properties: {} },
        resource: { type: asked.resource, id: '1', properties: {} },
        context: {},
        timeMs: 0,
      })
      const isGranted = held.some(({ permissions }) => permissions.includes(at))
      assert.equal(effect, isGranted ? 'permit' : 'deny')
      seen[effect] += 1
    }
    expect(Math.min(seen.permit, seen.deny)).toBeGreaterThan(5_000)
  })
})
