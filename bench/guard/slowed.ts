import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { type Baseline, buildBaseline } from './baseline.ts'
import { batchSize } from './figures.ts'
import { spin } from './spin.ts'

/** Where a figure is slowed down: something that only its kind of work comes past. */
interface Place {
  readonly figure: string
  readonly file: string
  /** Text that stands there once; what takes time is put in front of it. */
  readonly before: string
  /** How many times one operation of the figure comes past. */
  readonly times?: number
  /** A figure whose work comes past here too, and is slowed down already where this one is. */
  readonly besides?: string
  /** Another condition than always. */
  readonly when?: string
}

const pipeline = 'src/gateway/pipeline.ts'
const start = 'src/cli/main.ts'

const places: readonly Place[] = [
  { figure: 'gateway: permit', file: pipeline, before: '  const roles = rolesTowards(' },
  {
    figure: 'gateway: deny',
    file: pipeline,
    before: "  if (decision.effect !== 'permit') return",
    when: "decision.effect !== 'permit'",
  },
  {
    figure: 'gateway: no token',
    file: pipeline,
    before: "  if ('kind' in identity) return",
    when: "'kind' in identity",
  },
  {
    figure: 'gateway: a new connection',
    file: 'src/listen/accept-first.ts',
    before: '    this.#isAccepted = true',
    besides: 'gateway: permit',
  },
  {
    figure: 'check: one evaluation',
    file: 'src/check/evaluate.ts',
    before: '    const request = readEvaluation(',
  },
  {
    figure: `check: ${batchSize} evaluations`,
    file: 'src/check/evaluate.ts',
    before: '      const request = readItem(',
    times: batchSize,
  },
  {
    figure: 'start: the example',
    file: start,
    before: 'const { enableCompileCache }',
  },
  {
    figure: 'start: 2,000 files',
    file: 'src/policy/compile.ts',
    before: '  const findings = new Findings()\n  const warnings',
    besides: 'start: the example',
    when: 'sorted.length > 1_000',
  },
  {
    figure: 'authenticate: cached token',
    file: 'src/authenticate/token-cache.ts',
    before: '    const kept = this.#entries.get(token)',
  },
  {
    figure: 'match route: 1,000 routes',
    file: 'src/route/route.ts',
    before: '  const routes = table.hostRoutes(host)',
  },
  {
    figure: 'decide: 100 rules',
    file: 'src/decide/decide.ts',
    before: '  if (place === nowhere) return set.unknown',
  },
  {
    figure: 'decide: 100,000 rules',
    file: 'src/decide/decide.ts',
    before: '  if (place === nowhere) return set.unknown',
    besides: 'decide: 100 rules',
    // Of five actions each, a hundred rules stand at the first places.
    when: 'place > 10',
  },
]

const resident = 'resident under load'
const unitNs: Readonly<Record<string, number>> = { ns: 1, us: 1_000, ms: 1_000_000 }

export interface Usual {
  readonly unit: string
  /** What it takes, in that unit. */
  readonly takes: number
}

/**
 * The revision with each figure made to take a share more: by a loop where its work comes past, and
 * by memory that is held. Throws where such a place is not found any more.
 */
export function buildSlowed(
  commit: string,
  share: number,
  usual: ReadonlyMap<string, Usual>,
): Baseline {
  const perNs = roundsPerNs()
  const extraNs = (figure: string): number => {
    const { unit, takes } = usual.get(figure) ?? { unit: 'ns', takes: 0 }
    return takes * share * (unitNs[unit] ?? 0)
  }
  return buildBaseline(commit, (checkout) => {
    cpSync(join(import.meta.dirname, 'spin.ts'), join(checkout, 'src/model/spin.ts'))
    for (const { figure, file, before, times = 1, besides, when } of places) {
      const ns = (extraNs(figure) - (besides === undefined ? 0 : extraNs(besides))) / times
      const call = `spin(${Math.ceil(Math.max(0, ns) * perNs)})\n`
      insert(join(checkout, file), before, when === undefined ? call : `if (${when}) ${call}`)
    }
    const bytes = Math.round((usual.get(resident)?.takes ?? 0) * share * 1_048_576)
    const held = `Reflect.set(globalThis, 'held', new Uint8Array(${bytes}).fill(1))\n`
    insert(join(checkout, start), 'const { runCommandLine }', held)
  })
}

const spinImport = "import { spin } from '../model/spin.ts'\n"

function insert(file: string, before: string, inserted: string): void {
  const text = readFileSync(file, 'utf8')
  const at = text.indexOf(before)
  if (at === -1 || text.includes(before, at + 1)) {
    throw new Error(`${file} does not have this once: ${before.trim()}`)
  }
  const changed = text.slice(0, at) + inserted + text.slice(at)
  // Behind the line that names the interpreter.
  const first = changed.startsWith('#!') ? changed.indexOf('\n') + 1 : 0
  const isImported = changed.includes(spinImport)
  const head = changed.slice(0, first) + (isImported ? '' : spinImport)
  writeFileSync(file, head + changed.slice(first))
}

function roundsPerNs(): number {
  const rounds = 4_000_000
  let bestMs = Number.POSITIVE_INFINITY
  for (let time = 0; time < 10; time += 1) {
    const startedAtMs = performance.now()
    spin(rounds)
    bestMs = Math.min(bestMs, performance.now() - startedAtMs)
  }
  return rounds / (bestMs * 1_000_000)
}
