import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { SizeResult } from './measure.ts'
import { measureSwap, printSwap, type SwapResult } from './swap.bench.ts'

const run = promisify(execFile)

export interface ScaleReport {
  readonly sizes: readonly SizeResult[]
  readonly swap: SwapResult
}

/** Each size in a process of its own, so that memory and first times are its own. */
export async function runScale(): Promise<ScaleReport> {
  const sizes: SizeResult[] = []
  for (const which of ['files', 'github', 'cloud']) {
    const script = join(import.meta.dirname, 'sizes.bench.ts')
    const { stdout } = await run(process.execPath, ['--expose-gc', script, which])
    sizes.push(JSON.parse(stdout) as SizeResult)
  }
  return { sizes, swap: await measureSwap() }
}

export function printScale({ sizes, swap }: ScaleReport): string {
  const rows = sizes.map((each) =>
    [
      `  ${each.name.padEnd(36)}`,
      (each.sourceBytes / 2 ** 20).toFixed(1).padStart(8),
      each.coldMs.toFixed(0).padStart(9),
      each.warmMs.toFixed(0).padStart(9),
      each.heapMiB.toFixed(1).padStart(10),
      each.nsPerDecision.toFixed(0).padStart(13),
    ].join(''),
  )
  const title =
    'Compiled from text                   MiB text  first ms  again ms   MiB kept  ns/decision'
  return `${title}\n${rows.join('\n')}\n\n${printSwap(swap)}`
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${printScale(await runScale())}\n`)
}
