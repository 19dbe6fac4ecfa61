import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Pool } from 'undici'
import { startSallyport } from '../../test/support/sallyport.ts'
import { policyFiles, resourceFile } from './policy-files.ts'

interface Swap {
  /** From the change on disk until the new set decides. */
  readonly totalMs: number
  /** Of that, compiling. */
  readonly compileMs: number
  /** Of the whole process, requests included. */
  readonly processorMs: number
  readonly p99Ms: number
  readonly maxMs: number
  /** What the resident memory grew by, at its peak and a while later. */
  readonly peakMiB: number
  readonly keptMiB: number
}

export interface SwapResult {
  readonly files: number
  readonly sourceBytes: number
  readonly idleP99Ms: number
  /** All files at once, where there were three. */
  readonly all: Swap
  /** One file of them. */
  readonly one: Swap
}

const files = 10_000
/** Requests a second, sent at their time whether or not the ones before are answered. */
const rate = 200
const idleMs = 4_000
const limitMs = 60_000
const settleMs = 5_000
/** Linux counts processor time in these. */
const tickMs = 10

/** A running process that is asked at a steady rate while its policy folder changes. */
export async function measureSwap(): Promise<SwapResult> {
  // One process, so that what it uses is what a swap costs; several build side by side.
  const sallyport = await startSallyport({ config: { gateway: { port: 0, workers: 1 } } })
  const staged = await mkdtemp(join(tmpdir(), 'sallyport-swap-'))
  const load = new SteadyLoad(sallyport.check)
  try {
    const sources = policyFiles(files)
    const sourceBytes = sources.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
    for (const { path, text } of sources) {
      const file = join(staged, 'bulk', path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, text)
    }
    await delay(1_000)
    load.forget()
    await delay(idleMs)
    const idleP99Ms = load.latencies().p99Ms
    const swap = async (rules: number, change: () => Promise<void>): Promise<Swap> => {
      await forgetPeak(sallyport.pid)
      const before = await usageOf(sallyport.pid)
      const startedAtMs = performance.now()
      load.forget()
      await change()
      const line = await waitFor(() =>
        sallyport
          .log()
          .findLast(
            ({ message, rules: found }) =>
              message.startsWith('Policies changed') && found === rules,
          ),
      )
      const totalMs = performance.now() - startedAtMs
      // What waited meanwhile has yet to be counted.
      await load.settled()
      const { p99Ms, maxMs } = load.latencies()
      const { peakMiB, processorMs } = await usageOf(sallyport.pid)
      await delay(settleMs)
      const { residentMiB } = await usageOf(sallyport.pid)
      return {
        totalMs,
        compileMs: Number(line['tookMs']),
        processorMs: processorMs - before.processorMs,
        p99Ms,
        maxMs,
        peakMiB: peakMiB - before.residentMiB,
        keptMiB: residentMiB - before.residentMiB,
      }
    }
    const bulk = join(sallyport.policiesDir, 'bulk')
    const all = await swap((files - 1) * 5 + 2, () => rename(join(staged, 'bulk'), bulk))
    const changed = resourceFile(5).replace(/ {2}- id: never-your-own[^]*$/u, '')
    const one = await swap((files - 1) * 5 + 1, () =>
      writeFile(join(bulk, 'resources/5/service-5.yaml'), changed),
    )
    return { files, sourceBytes, idleP99Ms, all, one }
  } finally {
    await load.stop()
    await sallyport.remove()
    await rm(staged, { recursive: true, force: true })
  }
}

interface Usage {
  readonly processorMs: number
  readonly residentMiB: number
  readonly peakMiB: number
}

async function usageOf(pid: number): Promise<Usage> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const mebibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'mu').exec(status)?.[1]) / 1_024
  // The name of the program, in parentheses, may hold anything.
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ').at(-1)?.split(' ') ?? []
  const processorMs = (Number(fields[11]) + Number(fields[12])) * tickMs
  return { processorMs, residentMiB: mebibytes('VmRSS'), peakMiB: mebibytes('VmHWM') }
}

async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5')
}

async function waitFor<T>(look: () => T | undefined): Promise<T> {
  const deadline = performance.now() + limitMs
  while (performance.now() < deadline) {
    const found = look()
    if (found !== undefined) return found
    await delay(5)
  }
  throw new Error('the policies were not swapped in time')
}

class SteadyLoad {
  readonly #pool: Pool
  readonly #timer: NodeJS.Timeout
  readonly #startedAtMs = performance.now()
  #sent = 0
  #latenciesMs: number[] = []
  #epoch = 0
  readonly #asked = new Set<Promise<void>>()

  constructor(origin: string) {
    this.#pool = new Pool(origin, { connections: 32 })
    this.#timer = setInterval(() => this.#sendDue(), 2)
  }

  forget(): void {
    this.#latenciesMs = []
    this.#epoch += 1
  }

  latencies(): { readonly p99Ms: number; readonly maxMs: number } {
    const sorted = this.#latenciesMs.toSorted((a, b) => a - b)
    const p99Ms = sorted[Math.floor(sorted.length * 0.99)] ?? 0
    return { p99Ms, maxMs: sorted.at(-1) ?? 0 }
  }

  /** What has been sent so far is answered. */
  async settled(): Promise<void> {
    await Promise.all(this.#asked)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.settled()
    await this.#pool.close()
  }

  #sendDue(): void {
    const due = Math.floor(((performance.now() - this.#startedAtMs) * rate) / 1_000)
    while (this.#sent < due) {
      this.#sent += 1
      const asked = this.#ask(this.#startedAtMs + (this.#sent * 1_000) / rate, this.#epoch)
      this.#asked.add(asked)
      void asked.finally(() => this.#asked.delete(asked))
    }
  }

  async #ask(dueAtMs: number, epoch: number): Promise<void> {
    const { body } = await this.#pool.request({
      method: 'POST',
      path: '/access/v1/evaluation',
      headers: { 'content-type': 'application/json' },
      body: question,
    })
    await body.dump()
    if (epoch === this.#epoch) this.#latenciesMs.push(performance.now() - dueAtMs)
  }
}

const question = JSON.stringify({
  subject: { type: 'user', id: 'ann', properties: { groups: ['staff'] } },
  action: { name: 'view' },
  resource: { type: 'file', id: '7' },
})

export function printSwap({ files: count, sourceBytes, idleP99Ms, all, one }: SwapResult): string {
  const row = (name: string, swap: Swap): string =>
    [
      `  ${name.padEnd(24)}`,
      swap.totalMs.toFixed(0).padStart(9),
      swap.compileMs.toFixed(0).padStart(12),
      swap.processorMs.toFixed(0).padStart(14),
      swap.p99Ms.toFixed(1).padStart(9),
      swap.maxMs.toFixed(1).padStart(9),
      (swap.p99Ms / idleP99Ms).toFixed(1).padStart(9),
      swap.peakMiB.toFixed(0).padStart(10),
      swap.keptMiB.toFixed(0).padStart(10),
    ].join('')
  const bound = (5 * sourceBytes) / 2 ** 20 + 60
  return [
    `Swapped while ${rate} requests a second are answered; idle p99 ${idleP99Ms.toFixed(1)} ms`,
    '                             total ms  compile ms  processor ms   p99 ms   max ms  to idle  peak +MiB  kept +MiB',
    row(`${count.toLocaleString('en')} new files`, all),
    row('one of them changed', one),
    `  Wanted: less than 2,000 ms, p99 at most 2.0 to idle, at most ${bound.toFixed(0)} MiB`,
  ].join('\n')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${printSwap(await measureSwap())}\n`)
}
