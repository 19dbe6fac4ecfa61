import { spawnSync } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Mutant, applyMutant, mutantsOf } from './mutants.ts'

/**
 * Changes the code that decides, one small thing at a time, and runs the tests that should notice.
 * Works on a copy. `npm run mutate -- --seed 7 --count 40 --minutes 5 --only expression-ip,src/decide`
 * A whole run goes in portions: the same seed with `--skip 0`, `--skip 40` and so on.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    skip: { type: 'string', default: '0' },
    count: { type: 'string', default: '40' },
    minutes: { type: 'string', default: '10' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
})
if (values.help) {
  process.stdout.write(
    'npm run mutate -- [--seed 1] [--skip 0] [--count 40] [--minutes 10] [--only PART,PART]\n',
  )
  process.exit(0)
}

interface Target {
  readonly sources: string
  /** Of which the next are run when the ones before have noticed nothing. */
  readonly tests: readonly (readonly string[])[]
}

const targets: readonly Target[] = [
  {
    sources: 'src/decide/*.ts',
    tests: [
      ['test/decide', 'test/conformance/combining.test.ts'],
      ['test/property/decide.property.test.ts', 'test/policy/definitions.test.ts'],
      ['test/policy/scopes.test.ts', 'test/policy/acl.test.ts', 'test/policy/assignments.test.ts'],
    ],
  },
  {
    sources: 'src/policy/expression*.ts',
    tests: [
      ['test/policy/expression'],
      ['test/conformance/cel.test.ts', 'test/policy/definitions.test.ts'],
      ['test/property/formats.property.test.ts', 'test/property/functions.property.test.ts'],
    ],
  },
]

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..')
/** Of tests without any change; with one they get three times what they took. */
const maxTestMs = 300_000
const timesLonger = 3
const leastTestMs = 20_000
const tookMs = new Map<readonly string[], number>()

function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  let state = seed >>> 0
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  return items
    .map((item) => [next(), item] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, item]) => item)
}

function copyRepository(): string {
  const copy = mkdtempSync(join(tmpdir(), 'sallyport-mutants-'))
  for (const path of ['src', 'test', 'docs', 'policies', 'package.json', 'vitest.config.ts']) {
    cpSync(join(root, path), join(copy, path), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** A run that does not end in time counts as noticed. */
function passes(copy: string, stages: Target['tests']): boolean {
  return stages.every((tests) => passesStage(copy, tests))
}

function passesStage(copy: string, tests: readonly string[]): boolean {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const kept = [
    '--experimental.fsModuleCache',
    `--experimental.fsModuleCachePath=${join(copy, 'kept')}`,
  ]
  const startedMs = Date.now()
  const known = tookMs.get(tests)
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--bail=1', ...kept, ...tests], {
    cwd: copy,
    stdio: 'ignore',
    timeout: known === undefined ? maxTestMs : Math.max(leastTestMs, known * timesLonger),
    killSignal: 'SIGKILL',
    env: { ...process.env, PROPERTY_RUNS: '0.5', PROPERTY_SEED: values.seed },
  })
  if (known === undefined) tookMs.set(tests, Date.now() - startedMs)
  return status === 0
}

function describeMutant({ file, line, operator, start, end, replacement }: Mutant): string {
  const text = readFileSync(join(root, file), 'utf8')
  const change = `${text.slice(start, end).trim()} -> ${replacement.trim() || '(nothing)'}`
  return `${file}:${line} ${operator}: ${change}\n      ${text.split('\n')[line - 1]?.trim() ?? ''}`
}

const mutants = targets.flatMap(({ sources, tests }) =>
  globSync(sources, { cwd: root })
    .filter((file) => values.only.split(',').some((part) => file.includes(part)))
    .flatMap((file) =>
      mutantsOf(file, readFileSync(join(root, file), 'utf8')).map((mutant) => ({ mutant, tests })),
    ),
)
const first = Number(values.skip)
const chosen = shuffled(mutants, Number(values.seed)).slice(first, first + Number(values.count))
const until = Date.now() + Number(values.minutes) * 60_000
const copy = copyRepository()
const survivors: Mutant[] = []
let tried = 0
try {
  for (const tests of new Set(chosen.map((each) => each.tests))) {
    if (!passes(copy, tests))
      throw new Error(`Tests fail without any change: ${tests.flat().join(' ')}`)
  }
  for (const { mutant, tests } of chosen) {
    if (Date.now() > until) break
    const path = join(copy, mutant.file)
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, applyMutant(text, mutant))
    if (passes(copy, tests)) {
      survivors.push(mutant)
      process.stdout.write(`survived  ${describeMutant(mutant)}\n`)
    }
    writeFileSync(path, text)
    tried += 1
    if (tried % 25 === 0) process.stdout.write(`${tried} tried, ${survivors.length} survived\n`)
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
process.stdout.write(
  `${tried} of ${mutants.length} mutants tried, ${tried - survivors.length} noticed, ${survivors.length} survived\n`,
)
