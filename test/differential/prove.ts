import { parseArgs } from 'node:util'
import { printCedar } from './cedar-side.ts'
import { printCerbos } from './cerbos-side.ts'
import { comparePairsWithCedar, compareWithCedar } from './compare-cedar.ts'
import { comparePairs, compareWithCerbos } from './compare-cerbos.ts'
import { compareWithReference } from './compare-reference.ts'
import { compareWritten } from './compare-written.ts'
import type { Comparison } from './comparison.ts'
import { totalAttributeTypes } from './generate-total.ts'
import type { Difference, Pair } from './policy-case.ts'
import { printSallyport } from './sallyport-side.ts'
import { shrink, type StillDiffers } from './shrink.ts'

const help = `Usage: npm run prove -- [options]

Asks random questions about random policies here and elsewhere, and compares the answers:
the reference evaluator of test/property, the Cerbos server and Cedar. The same seed asks the
same questions. Ends with 1 if an answer differs, after cutting the first such case down.

  --seed N              default 1
  --pairs N             (policy, request) pairs for each foreign engine (default 10000)
  --reference-pairs N   for the reference evaluator (default 100000)
  --written-pairs N     for the same of policies written as files (default 20000)
  --only NAME           reference, written, cerbos or cedar
`

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    pairs: { type: 'string', default: '10000' },
    'reference-pairs': { type: 'string', default: '100000' },
    'written-pairs': { type: 'string', default: '20000' },
    only: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const seed = Number(values.seed)
const pairs = Number(values.pairs)
const isWanted = (name: string): boolean => values.only === undefined || values.only === name
const out = (line: string): void => void process.stdout.write(`${line}\n`)

if (values.help) out(help)
else {
  out(`seed ${seed}`)
  if (isWanted('reference')) {
    proveReference('reference', compareWithReference, values['reference-pairs'])
  }
  if (isWanted('written')) {
    proveReference('reference, policies as files', compareWritten, values['written-pairs'])
  }
  if (isWanted('cedar'))
    await report('Cedar', compareWithCedar(seed, pairs), cedarDiffers, printForCedar)
  if (isWanted('cerbos')) {
    await report('Cerbos', await compareWithCerbos(seed, pairs), cerbosDiffers, printForCerbos)
  }
}

function proveReference(name: string, compare: typeof compareWithReference, wanted: string): void {
  const startedAtMs = performance.now()
  const found = compare(seed, Number(wanted))
  const tookS = ((performance.now() - startedAtMs) / 1000).toFixed(1)
  const count = found.difference === null ? 0 : 1
  out(
    `${name}: ${found.pairs} pairs, ${found.policies} policies, ${found.permits} permits, ${count} differences, ${tookS} s`,
  )
  if (found.difference === null) return
  process.exitCode = 1
  out(JSON.stringify(found.difference, null, 2))
}

async function report(
  name: string,
  found: Comparison,
  differs: StillDiffers,
  print: (pair: Pair) => string,
): Promise<void> {
  const { differences } = found
  const details = [
    `${found.pairs} pairs`,
    `${found.policies} policies`,
    `${found.permits} permits`,
    ...(found.rules > 0 ? [`${found.rules} rules compared one by one`] : []),
    ...(found.failedDenies > 0 ? [`${found.failedDenies} with a deny rule that fails`] : []),
    `${differences.length} differences`,
  ]
  out(`${name}: ${details.join(', ')}`)
  const [first] = differences
  if (first === undefined) return
  process.exitCode = 1
  const smallest = await shrink(first.pair, differs)
  const [answers] = await answersFor(name, smallest)
  out(`\nThe first difference, cut down:\n\n${print(smallest)}`)
  out(`request: ${JSON.stringify(smallest.request)}`)
  out(`Sallyport: ${JSON.stringify(answers?.sallyport)}`)
  out(`${name}: ${JSON.stringify(answers?.other)}`)
}

async function answersFor(name: string, pair: Pair): Promise<readonly Difference[]> {
  return name === 'Cedar'
    ? comparePairsWithCedar([pair]).differences
    : (await comparePairs([pair])).differences
}

async function cerbosDiffers(candidates: readonly Pair[]): Promise<readonly boolean[]> {
  const { differences } = await comparePairs(candidates)
  return candidates.map((pair) => differences.some((found) => found.pair === pair))
}

function cedarDiffers(candidates: readonly Pair[]): Promise<readonly boolean[]> {
  const differ = candidates.map((pair) => comparePairsWithCedar([pair]).differences.length > 0)
  return Promise.resolve(differ)
}

function printForCerbos({ policy }: Pair): string {
  const ours = printSallyport(policy).map(({ path, text }) => `# ${path}\n${text}`)
  const theirs = Array.from(printCerbos(policy), ([path, text]) => `# Cerbos: ${path}\n${text}`)
  return [...ours, ...theirs].join('\n')
}

function printForCedar({ policy }: Pair): string {
  const ours = printSallyport(policy, totalAttributeTypes).map(
    ({ path, text }) => `# ${path}\n${text}`,
  )
  return [...ours, ...Object.values(printCedar(policy))].join('\n')
}
