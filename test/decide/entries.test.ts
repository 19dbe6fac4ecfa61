import { describe, expect, it } from 'vitest'
import { decide } from '../../src/decide/decide.ts'
import { buildPolicySet } from '../../src/decide/policy-set.ts'
import type { Combining, RoleSpec, RuleSpec } from '../../src/decide/policy-spec.ts'
import { TraceRecorder } from '../../src/decide/trace.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import type { Decision, Effect } from '../../src/model/decision.ts'
import { request, role, rule, specOf } from './samples.ts'

interface Listed {
  readonly resources?: readonly string[]
  readonly subjects?: readonly string[]
  readonly groups?: readonly string[]
  readonly roles?: readonly string[]
}

function entry(id: string, effect: Effect, listed: Listed): RuleSpec {
  const { groups = [], resources = ['1'], roles = [], subjects = [] } = listed
  const acl = { resources, subjects, groups, expiresMs: null }
  return rule(id, effect, { roles, acl })
}

function ask(
  rules: readonly RuleSpec[],
  asked: AccessRequest = request(),
  roles: readonly RoleSpec[] = [role('reader', true)],
  combining: Combining = 'deny-overrides',
): Decision {
  const spec = specOf(rules, roles)
  const resources = spec.resources.map((resource) => ({ ...resource, combining }))
  return decide(buildPolicySet({ ...spec, resources }), asked)
}

describe('entries of lists', () => {
  it('that deny come before those that permit where the first one counts', () => {
    const rules = [
      entry('p/permit', 'permit', { subjects: ['alice'] }),
      entry('p/deny', 'deny', { subjects: ['alice'] }),
      rule('p/never', 'permit', { roles: ['reader'], says: false }),
    ]
    expect(ask(rules, request(), [role('reader', true)], 'first-applicable')).toMatchObject({
      effect: 'deny',
      rules: ['p/deny'],
    })
  })

  it('come after all rules, wherever they stand', () => {
    const rules = [
      entry('p/listed', 'deny', { subjects: ['alice'] }),
      rule('p/ruled', 'permit', { roles: ['reader'] }),
    ]
    expect(ask(rules, request(), [role('reader', true)], 'first-applicable')).toMatchObject({
      effect: 'permit',
      rules: ['p/ruled'],
    })
  })

  it('deny, and permit nothing, where the groups of the subject are no list', () => {
    const message = 'subject.groups is not a list that can be searched'
    expect(ask([entry('p/a', 'permit', { groups: ['staff'] })])).toMatchObject({
      effect: 'deny',
      reason: 'no_applicable_rule',
      errors: [{ rule: 'p/a', message }],
    })
    const denied = [rule('p/b', 'permit'), entry('p/a', 'deny', { groups: ['staff'] })]
    expect(ask(denied)).toMatchObject({ reason: 'deny_rule_failed', errors: [{ message }] })
  })

  it('deny, and permit nothing, where one of their roles could not be determined', () => {
    const message = 'a role of the entry could not be determined'
    const open = [role('reader', 'failure')]
    expect(ask([entry('p/a', 'permit', { roles: ['reader'] })], request(), open)).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'p/a', message }],
    })
    const denied = [rule('p/b', 'permit'), entry('p/a', 'deny', { roles: ['reader'] })]
    expect(ask(denied, request(), open)).toMatchObject({ reason: 'deny_rule_failed' })
  })

  it('deny, and permit nothing, where an id is too long to be compared with a pattern', () => {
    const message = 'the id of the resource is longer than 1024 characters'
    const resource = { type: 'doc', id: 'x'.repeat(1_025), properties: {} }
    const listed = { resources: ['a*'], subjects: ['alice'] }
    expect(ask([entry('p/a', 'permit', listed)], request({ resource }))).toMatchObject({
      effect: 'deny',
      errors: [{ rule: 'p/a', message }],
    })
    const denied = [rule('p/b', 'permit'), entry('p/a', 'deny', listed)]
    expect(ask(denied, request({ resource }))).toMatchObject({ reason: 'deny_rule_failed' })
  })

  it('that apply are found beside those that cannot be told', () => {
    const rules = [
      entry('p/open', 'permit', { groups: ['staff'] }),
      entry('p/sure', 'permit', { subjects: ['alice'] }),
    ]
    expect(ask(rules)).toMatchObject({ effect: 'permit', rules: ['p/sure'], errors: [] })
  })

  it('are traced each by itself', () => {
    const rules = [
      entry('p/mine', 'permit', { subjects: ['alice'] }),
      entry('p/theirs', 'permit', { subjects: ['bob'] }),
      entry('p/open', 'permit', { groups: ['staff'] }),
      entry('p/elsewhere', 'permit', { resources: ['2'], subjects: ['alice'] }),
    ]
    const trace = new TraceRecorder()
    decide(buildPolicySet(specOf(rules)), request(), trace)
    expect(trace.steps.map((step) => [step.rule, step.result])).toEqual([
      ['p/mine', 'matched'],
      ['p/theirs', 'not_listed'],
      ['p/open', 'failed'],
    ])
  })

  it('end permits and not denials at an instant that is none', () => {
    const until = (effect: Effect): RuleSpec => {
      const acl = { resources: ['1'], subjects: ['alice'], groups: [], expiresMs: 1 }
      return rule(`p/${effect}`, effect, { acl })
    }
    const never = request({ timeMs: Number.NaN })
    expect(ask([until('permit')], never)).toMatchObject({ effect: 'deny', rules: [] })
    const both = [until('deny'), rule('p/ruled', 'permit', { roles: ['reader'] })]
    expect(ask(both, never)).toMatchObject({ effect: 'deny', rules: ['p/deny'] })
  })
})
