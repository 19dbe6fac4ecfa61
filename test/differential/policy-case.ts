import type { TraceResult } from '../../src/decide/trace.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import type { Condition } from './condition.ts'

/** A small policy in no engine's words: each engine has a printer of its own. */
export interface PolicyCase {
  /** Makes resource types of different cases different. */
  readonly number: number
  readonly roles: readonly RoleCase[]
  readonly resources: readonly ResourceCase[]
}

export interface RoleCase {
  readonly name: string
  readonly inherits: readonly string[]
  readonly when: Condition | null
}

export interface ResourceCase {
  readonly type: string
  readonly rules: readonly RuleCase[]
}

export interface RuleCase {
  readonly id: string
  readonly effect: 'permit' | 'deny'
  readonly actions: readonly string[] | '*'
  readonly roles: readonly string[] | null
  readonly when: Condition | null
}

export interface Pair {
  readonly policy: PolicyCase
  readonly request: AccessRequest
}

export type RuleOutcome = TraceResult

/** What one engine says about one pair. */
export interface Answer {
  readonly effect: 'permit' | 'deny'
  /** Per rule about the action, where the engine can tell. */
  readonly rules: Readonly<Record<string, RuleOutcome>>
}

export interface Difference {
  readonly pair: Pair
  readonly sallyport: Answer
  readonly other: Answer
}

export const actions = ['read', 'write', 'approve'] as const

/** A role and every role that brings it along. */
export function granting(policy: PolicyCase, name: string): ReadonlySet<string> {
  const found = new Set([name])
  for (const granted of found) {
    for (const role of policy.roles) if (role.inherits.includes(granted)) found.add(role.name)
  }
  return found
}
