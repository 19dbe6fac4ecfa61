import { createHash } from 'node:crypto'
import { decide } from '../../src/decide/decide.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { generateContext, generatePolicy, generateResource, generateSubject } from './generate.ts'
import { actions } from './policy-case.ts'
import { Random } from './random.ts'
import { printSallyport } from './sallyport-side.ts'

const policies = 40
const requestsPerPolicy = 20

/** One hash over the digests and whole decisions of many random policies, files in `order`. */
export function hashOfDecisions(seed: number, order: 'as-is' | 'reversed' | 'shuffled'): string {
  const random = new Random(seed)
  const shuffle = new Random(seed + 1)
  const hash = createHash('sha256')
  for (let number = 0; number < policies; number += 1) {
    const policy = generatePolicy(random, number)
    const sources = [...printSallyport(policy)]
    if (order === 'reversed') sources.reverse()
    if (order === 'shuffled') sources.sort(() => shuffle.below(3) - 1)
    const { policies: set } = compilePolicies(sources)
    if (set === null) throw new Error('the policy does not compile')
    hash.update(set.digest)
    for (let asked = 0; asked < requestsPerPolicy; asked += 1) {
      const resource = generateResource(random, random.pick(policy.resources).type)
      const request = {
        subject: generateSubject(random),
        context: generateContext(random),
        resource,
        action: { name: random.pick(actions), properties: {} },
        timeMs: 0,
      }
      hash.update(JSON.stringify(decide(set, request)))
    }
  }
  return hash.digest('hex')
}

const [seed, order] = process.argv.slice(2)
if (process.argv[1] === import.meta.filename) {
  process.stdout.write(hashOfDecisions(Number(seed), order === 'reversed' ? 'reversed' : 'as-is'))
}
