import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { startBenchIssuer } from './load/issuer.ts'
import { audience, startGateway } from './load/run.ts'
import { type ServerProcess, startServerProcess } from './load/server-process.ts'

const help = `Usage: npm run attack -- [options]

Lets well-behaved clients work while nothing else goes on, while 200 clients with slow headers, 200
with slow bodies and 1,000 new connections a second are busy with another server on this machine, and
while the same attack the gateway; prints the throughput of each and what the attack leaves of it.
Ends with 1 when it is less than 0.8 of what it is beside the same attackers at work elsewhere.

  --seconds N   of each measurement (default 10)
  --rounds N    default 3
  --workers N   processes of the gateway (default auto; with 1, its processor time is told too)
`

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    workers: { type: 'string', default: 'auto' },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const least = 0.8
const connections = 64
const out = (line: string): void => void process.stdout.write(`${line}\n`)

interface Throughput {
  readonly perSecond: number
  /** Of processor time of the gateway, in one process; null where /proc does not tell. */
  readonly perCpuSecond: number | null
  readonly p99Ms: number
  /** Answers other than 200, and connections that broke. */
  readonly failed: number
}

async function measure(
  gateway: ServerProcess,
  token: string,
  seconds: number,
): Promise<Throughput> {
  const headers = { authorization: `Bearer ${token}` }
  const [origin = ''] = gateway.ready.split(' ')
  const url = `${origin}/departments/finance/documents/42`
  const cpuBeforeMs = gateway.cpuMs()
  const result = await autocannon({ url, headers, connections, duration: seconds })
  const cpuAfterMs = gateway.cpuMs()
  const cpuMs = cpuBeforeMs === null || cpuAfterMs === null ? null : cpuAfterMs - cpuBeforeMs
  return {
    perCpuSecond: cpuMs === null ? null : (result['2xx'] * 1_000) / cpuMs,
    perSecond: result['2xx'] / result.duration,
    p99Ms: result.latency.p99,
    failed: result.non2xx + result.errors,
  }
}

async function aim(attackers: ChildProcess, lines: Interface, at: string): Promise<void> {
  const told = once(lines, 'line')
  attackers.stdin?.write(`${at}\n`)
  await told
  await new Promise((resolve) => setTimeout(resolve, at === '' ? 1_000 : 3_000))
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0
}

async function run(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-attack-'))
  const script = (name: string): string => join(import.meta.dirname, name)
  const upstream = await startServerProcess({
    name: 'upstream',
    script: script('load/upstream.ts'),
    args: [],
  })
  const decoy = await startServerProcess({
    name: 'decoy',
    script: script('attack/decoy.ts'),
    args: [],
  })
  const issuer = await startBenchIssuer(audience)
  const gateway = await startGateway(dir, upstream.ready, issuer, values.workers)
  const attackers = spawn(process.execPath, [script('attack/attackers.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: attackers.stdout })
  try {
    const token = await issuer.token('bench', { department: 'finance', groups: ['staff'] })
    const [origin = ''] = gateway.ready.split(' ')
    await measure(gateway, token, 2)
    const phases = {
      alone: '',
      elsewhere: `${decoy.ready} x`,
      attacked: `${new URL(origin).port} ${token}`,
    }
    const results = new Map<string, Throughput[]>()
    for (let round = 1; round <= Number(values.rounds); round += 1) {
      for (const [name, at] of Object.entries(phases)) {
        await aim(attackers, lines, at)
        const found = await measure(gateway, token, Number(values.seconds))
        results.set(name, [...(results.get(name) ?? []), found])
        out(
          `round ${round}, ${name}: ${found.perSecond.toFixed(0)} requests/s, p99 ${found.p99Ms} ms, ${found.failed} failed`,
        )
      }
      await aim(attackers, lines, '')
    }
    report(results)
  } finally {
    attackers.stdin.end()
    await gateway.stop()
    await Promise.all([upstream.stop(), decoy.stop()])
    issuer.close()
    rmSync(dir, { recursive: true })
  }
}

function report(results: ReadonlyMap<string, readonly Throughput[]>): void {
  const of = (name: string): readonly Throughput[] => results.get(name) ?? []
  const ratio = (to: string): number =>
    median(of('attacked').map(({ perSecond }, at) => perSecond / (of(to)[at]?.perSecond ?? 0)))
  const left = ratio('elsewhere')
  out(`of the throughput beside the same attackers at work elsewhere: ${left.toFixed(2)}`)
  out(`of the throughput alone: ${ratio('alone').toFixed(2)}`)
  const cpuOf = (name: string): number => median(of(name).map((one) => one.perCpuSecond ?? 0))
  const cpuRatio = cpuOf('attacked') / cpuOf('elsewhere')
  if (values.workers === '1') {
    out(`of the requests per second of the gateway's processor time: ${cpuRatio.toFixed(2)}`)
  }
  const failed = of('attacked').reduce((sum, one) => sum + one.failed, 0)
  out(`failed while attacked: ${failed}`)
  if (left < least) process.exitCode = 1
}

if (values.help) out(help)
else await run()
