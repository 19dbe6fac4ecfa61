import type { AccessRequest, Subject } from '../../src/model/access-request.ts'
import { noAttributes } from '../../src/model/attributes.ts'
import type { Effect } from '../../src/model/decision.ts'
import type { Condition, PolicySpec, RoleSpec, RuleSpec } from '../../src/decide/policy-spec.ts'

/** What a condition says whatever it is asked; null: there is no condition. */
export type Says = boolean | 'failure' | null

function condition<Frame>(says: Says): Condition<Frame> | null {
  if (says === null) return null
  return () => (says === 'failure' ? { kind: 'failure', message: 'No attribute "x"' } : says)
}

export function rule(
  id: string,
  effect: Effect,
  parts: Partial<Omit<RuleSpec, 'id' | 'effect' | 'condition'>> & { says?: Says } = {},
): RuleSpec {
  const { says = null, ...rest } = parts
  return {
    id,
    effect,
    actions: ['read'],
    roles: null,
    location: `${id}.yaml:1:1`,
    ...rest,
    condition: condition(says),
  }
}

export function role(name: string, says: Says, inherits: readonly string[] = []): RoleSpec {
  return { name, inherits, condition: condition(says) }
}

export function specOf(
  rules: readonly RuleSpec[],
  roles: readonly RoleSpec[] = [],
  actions: readonly string[] = ['read', 'write'],
): PolicySpec {
  return { digest: 'sha256:test', roles, resources: [{ type: 'doc', actions, rules }] }
}

export const alice: Subject = Object.freeze({
  type: 'user',
  id: 'alice',
  properties: noAttributes,
})

export function request(parts: Partial<AccessRequest> = {}): AccessRequest {
  return {
    subject: alice,
    action: { name: 'read', properties: noAttributes },
    resource: { type: 'doc', id: '1', properties: noAttributes },
    context: noAttributes,
    timeMs: 0,
    ...parts,
  }
}
