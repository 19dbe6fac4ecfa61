import { askCedar, loadCedar } from './cedar-side.ts'
import type { Comparison } from './comparison.ts'
import { generatePolicy } from './generate.ts'
import { totalAttributeTypes, totalCondition, totalRequest } from './generate-total.ts'
import { actions, type Difference, type Pair } from './policy-case.ts'
import { Random } from './random.ts'
import { askSallyport, compileCase } from './sallyport-side.ts'

const pairsPerPolicy = 25

/** Effects alone: Cedar tells which policies decided, and not what became of the others. */
export function compareWithCedar(seed: number, pairs: number): Comparison {
  const random = new Random(seed)
  const differences: Difference[] = []
  let [asked, policies, permits] = [0, 0, 0]
  while (asked < pairs) {
    const policy = generatePolicy(random, 0, totalCondition)
    const types = policy.resources.map(({ type }) => type)
    const requests = Array.from({ length: Math.min(pairsPerPolicy, pairs - asked) }, () =>
      totalRequest(random, random.pick(types), random.pick(actions)),
    )
    const found = comparePairsWithCedar(requests.map((request) => ({ policy, request })))
    policies += 1
    asked += requests.length
    permits += found.permits
    differences.push(...found.differences)
  }
  return { pairs: asked, policies, rules: 0, permits, failedDenies: 0, differences }
}

/** All of one policy. */
export function comparePairsWithCedar(
  pairs: readonly Pair[],
): Pick<Comparison, 'permits' | 'differences'> {
  const [first] = pairs
  if (first === undefined) return { permits: 0, differences: [] }
  const set = compileCase(first.policy, totalAttributeTypes)
  loadCedar('case', first.policy)
  const differences: Difference[] = []
  let permits = 0
  for (const pair of pairs) {
    const sallyport = askSallyport(set, pair.request)
    const other = { effect: askCedar('case', pair), rules: {} }
    if (sallyport.effect === 'permit') permits += 1
    if (sallyport.effect !== other.effect) differences.push({ pair, sallyport, other })
  }
  return { permits, differences }
}
