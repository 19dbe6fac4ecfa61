import { askCerbos, printCerbos } from './cerbos-side.ts'
import { CerbosServer } from './cerbos-server.ts'
import type { Comparison } from './comparison.ts'
import { generateContext, generatePolicy, generateResource, generateSubject } from './generate.ts'
import { actions, type Answer, type Difference, type Pair, type PolicyCase } from './policy-case.ts'
import { Random } from './random.ts'
import { askSallyport, compileCase } from './sallyport-side.ts'

const subjectsPerPolicy = 4
/** Shared between policies, so that one call asks about many of them. */
const subjectsInAll = 60
const pairsPerPolicy = subjectsPerPolicy * 2 * actions.length
/** Its time to start and to answer grows faster than the number of its policies. */
const policiesPerServer = 100

export async function compareWithCerbos(seed: number, pairs: number): Promise<Comparison> {
  const random = new Random(seed)
  const askers = Array.from({ length: subjectsInAll }, () => ({
    subject: generateSubject(random),
    context: generateContext(random),
  }))
  const all = Array.from({ length: Math.ceil(pairs / pairsPerPolicy) }, (_, number) => {
    const policy = generatePolicy(random, number)
    return Array.from({ length: subjectsPerPolicy }, () => random.pick(askers)).flatMap((asker) =>
      policy.resources.flatMap(({ type }) => {
        const resource = generateResource(random, type)
        return actions.map((name): Pair => {
          const action = { name, properties: {} }
          return { policy, request: { ...asker, resource, action, timeMs: 0 } }
        })
      }),
    )
  })
    .flat()
    .slice(0, pairs)
  const step = policiesPerServer * pairsPerPolicy
  const parts: Comparison[] = []
  for (let start = 0; start < all.length; start += step) {
    parts.push(await comparePairs(all.slice(start, start + step)))
  }
  return parts.reduce(add)
}

/** On one server. */
export async function comparePairs(pairs: readonly Pair[]): Promise<Comparison> {
  const policies = new Set(pairs.map(({ policy }) => policy))
  const sets = new Map(Array.from(policies, (policy) => [policy, compileCase(policy)]))
  const files = new Map(Array.from(policies).flatMap((policy) => [...printCerbos(policy)]))
  const server = await CerbosServer.start(files)
  try {
    const answers = await askCerbos(server, pairs)
    const differences: Difference[] = []
    let [rules, permits, failedDenies] = [0, 0, 0]
    for (const [at, pair] of pairs.entries()) {
      const [set, other] = [sets.get(pair.policy), answers[at]]
      if (set === undefined || other === undefined) throw new Error('an answer is missing')
      const sallyport = askSallyport(set, pair.request)
      const isFailedDeny = hasFailedDeny(pair.policy, other, pair.request.resource.type)
      rules += Object.keys(other.rules).length
      if (sallyport.effect === 'permit') permits += 1
      if (isFailedDeny) failedDenies += 1
      if (differs(sallyport, other, isFailedDeny)) differences.push({ pair, sallyport, other })
    }
    return {
      pairs: pairs.length,
      policies: policies.size,
      rules,
      permits,
      failedDenies,
      differences,
    }
  } finally {
    await server.stop()
  }
}

/** Where a deny rule failed the effects may differ, and must be a deny here; the rules may not. */
function differs(sallyport: Answer, other: Answer, isFailedDeny: boolean): boolean {
  if (isFailedDeny ? sallyport.effect !== 'deny' : sallyport.effect !== other.effect) return true
  const names = new Set([...Object.keys(sallyport.rules), ...Object.keys(other.rules)])
  return [...names].some((name) => sallyport.rules[name] !== other.rules[name])
}

function hasFailedDeny(policy: PolicyCase, { rules }: Answer, type: string): boolean {
  const declared = policy.resources.find((resource) => resource.type === type)?.rules ?? []
  return declared.some(({ id, effect }) => effect === 'deny' && rules[id] === 'failed')
}

function add(a: Comparison, b: Comparison): Comparison {
  return {
    pairs: a.pairs + b.pairs,
    policies: a.policies + b.policies,
    rules: a.rules + b.rules,
    permits: a.permits + b.permits,
    failedDenies: a.failedDenies + b.failedDenies,
    differences: [...a.differences, ...b.differences],
  }
}
