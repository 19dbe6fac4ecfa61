import type { Effect } from '../model/decision.ts'
import { AclIndex } from './acl-index.ts'
import type { Combining } from './policy-spec.ts'
import { type CompiledRule, RuleList } from './rule-list.ts'

/**
 * A combining algorithm is an order: the first rule that applies decides. A deny rule that fails has
 * applied and a permit rule that fails has not, so the answer is a permit only if it would be one
 * however the failed conditions had come out.
 *
 * The rules of one policy as lists, of which there are as many whatever the rules; those of access
 * control lists come after the others.
 */
export function combine(combining: Combining, rules: readonly CompiledRule[]): readonly RuleList[] {
  const plain = rules.filter(({ spec }) => spec.acl === undefined)
  const of = (effect: Effect): readonly RuleList[] => [
    listOf(plain.filter(({ spec }) => spec.effect === effect)),
    entriesOf(rules, effect),
  ]
  switch (combining) {
    case 'deny-overrides':
      return [...of('deny'), ...of('permit')]
    // Among the rules of one policy these two differ in name only: what no rule permits is denied.
    case 'permit-overrides':
    case 'deny-unless-permit':
      return [...of('permit'), ...of('deny')]
    case 'first-applicable':
      return [listOf(plain), entriesOf(rules, 'deny'), entriesOf(rules, 'permit')]
    default:
      return combining satisfies never
  }
}

/** Lists of several policies: of those of one place that of the first policy is asked first. */
export function inTurn(policies: readonly (readonly RuleList[])[]): readonly RuleList[] {
  const [first = []] = policies
  return first.flatMap((_, place) =>
    policies.flatMap((lists) => lists[place] ?? []).filter(({ all }) => all.length > 0),
  )
}

function listOf(rules: readonly CompiledRule[]): RuleList {
  return rules.length === 0 ? empty : new RuleList(rules)
}

/** All of one effect at once. */
function entriesOf(rules: readonly CompiledRule[], effect: Effect): RuleList {
  const own = rules.filter(({ spec }) => spec.acl !== undefined && spec.effect === effect)
  const [first] = own
  if (first === undefined) return empty
  return new RuleList([{ ...first, roles: null, derivedRoles: [], acl: new AclIndex(own) }])
}

/** Shared, for it is most of the lists. */
const empty = new RuleList([])
