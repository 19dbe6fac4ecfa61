import type { Combining } from './policy-spec.ts'
import { type CompiledRule, RuleList } from './rule-list.ts'

/**
 * A combining algorithm is an order: the first rule that applies decides. A deny rule that fails has
 * applied and a permit rule that fails has not, so the answer is a permit only if it would be one
 * however the failed conditions had come out.
 */
export function combine(combining: Combining, rules: readonly CompiledRule[]): readonly RuleList[] {
  switch (combining) {
    case 'deny-overrides':
      return [listOf(rules, 'deny'), listOf(rules, 'permit')]
    // Among the rules of one policy these two differ in name only: what no rule permits is denied.
    case 'permit-overrides':
    case 'deny-unless-permit':
      return [listOf(rules, 'permit'), listOf(rules, 'deny')]
    case 'first-applicable':
      return [new RuleList(rules)]
    default:
      return combining satisfies never
  }
}

function listOf(rules: readonly CompiledRule[], effect: 'permit' | 'deny'): RuleList {
  const own = rules.filter(({ spec }) => spec.effect === effect)
  return own.length === 0 ? empty : new RuleList(own)
}

/** Shared, for it is most of the lists. */
const empty = new RuleList([])
