import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { loadCpu, pinned, programCpu } from '../gateways/program.ts'
import type { MicroResult } from '../micro/run.ts'
import { type Comparison, type Pair, summarise } from './comparison.ts'

const bestShare = 0.5

/** Both at once, each on its own processor, then the other way round. */
export async function compareMicro(
  checkouts: Pair<string>,
  isWanted: (name: string) => boolean,
): Promise<Comparison[]> {
  const run = async (checkout: string, cpus: string): Promise<MicroResult[]> => {
    const [file = '', ...args] = pinned(cpus, [
      process.execPath,
      join(checkout, 'bench/micro/once.ts'),
    ])
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    const [code] = (await once(child, 'close')) as [number | null]
    if (code === 0) return JSON.parse(said) as MicroResult[]
    if (checkout === checkouts.own) throw new Error(`The micro-benchmarks ended with ${code}`)
    process.stdout.write('The micro-benchmarks do not run on the baseline: make a newer one\n')
    return []
  }
  if (!microNames.some(isWanted)) return []
  const times = new Map<string, Pair<number[]>>()
  const rounds = [
    [programCpu, loadCpu],
    [loadCpu, programCpu],
  ] as const
  for (const [ownCpu, baselineCpu] of rounds) {
    const [own, baseline] = await Promise.all([
      run(checkouts.own, ownCpu),
      run(checkouts.baseline, baselineCpu),
    ])
    for (const { name, bestNsPerOp } of own) {
      const other = baseline.find((result) => result.name === name)
      if (other === undefined || !microNames.includes(name) || !isWanted(name)) continue
      const taken = times.get(name) ?? { own: [], baseline: [] }
      taken.own.push(bestNsPerOp)
      taken.baseline.push(other.bestNsPerOp)
      times.set(name, taken)
    }
  }
  return Array.from(times, ([name, taken]) => {
    return summarise(name, 'ns', taken, bestShare)
  })
}

const microNames = [
  'authenticate: cached token',
  'match route: 1,000 routes',
  'decide: 100 rules',
  'decide: 100,000 rules',
]
