import { type ChildProcess, spawn } from 'node:child_process'
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Counted, Tally } from './attack/clients.ts'
import { startBenchIssuer } from './load/issuer.ts'
import { audience, startGateway } from './load/run.ts'
import { type ServerProcess, startServerProcess } from './load/server-process.ts'

const help = `Usage: npm run attack -- [options]

Lets well-behaved clients work while nothing else goes on, while 200 clients with slow headers, 200
with slow bodies and 1,000 new connections a second are busy with another server on this machine, and
while the same attack the gateway; prints the throughput of each and what the attack leaves of it, of
those that keep their connections and of those that open one for each request.
Ends with 1 when either is less than 0.8 of what it is beside the same attackers at work elsewhere.

  --seconds N   of each measurement (default 10)
  --rounds N    default 3
  --workers N   processes of the gateway (default auto; with 1, it has a processor to itself, and its
                processor time is told too)
  --reuse-port  with gateway.reuse_port, which takes more connections at a time
`

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    workers: { type: 'string', default: 'auto' },
    'reuse-port': { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const least = 0.8
const kinds = ['kept', 'fresh'] as const
const out = (line: string): void => void process.stdout.write(`${line}\n`)

interface Found extends Counted {
  readonly tookS: number
  /** Of the gateway's processor time for a request, in one process; null where /proc does not tell. */
  readonly cpuShare: number | null
}

/** A script that takes lines and answers some. */
class Helper {
  readonly #child: ChildProcess
  readonly #lines: Interface

  constructor(name: string) {
    const [file, ...args] = onOtherCpu([process.execPath, join(import.meta.dirname, name)])
    this.#child = spawn(file ?? '', args, { stdio: ['pipe', 'pipe', 'inherit'] })
    assert(this.#child.stdout !== null)
    this.#lines = createInterface({ input: this.#child.stdout })
  }

  tell(line: string): void {
    this.#child.stdin?.write(`${line}\n`)
  }

  async ask(line: string): Promise<string> {
    const told = once(this.#lines, 'line')
    this.tell(line)
    const [answer] = (await told) as [string]
    return answer
  }

  stop(): void {
    this.#child.stdin?.end()
  }
}

/** With the gateway alone on the first processor, what the others take is not taken from it. */
function onOtherCpu(command: string[]): string[] {
  const isApart = values.workers === '1' && existsSync('/usr/bin/taskset')
  return isApart ? ['taskset', '-c', '1', ...command] : command
}

async function measure(gateway: ServerProcess, clients: Helper): Promise<Found> {
  const cpuBeforeMs = gateway.cpuMs()
  const startedAtMs = performance.now()
  clients.tell('begin')
  await sleep(Number(values.seconds) * 1_000)
  const counted = JSON.parse(await clients.ask('end')) as Counted
  const tookMs = performance.now() - startedAtMs
  const cpuAfterMs = gateway.cpuMs()
  const isKnown = cpuBeforeMs !== null && cpuAfterMs !== null && values.workers === '1'
  const cpuShare = isKnown ? (cpuAfterMs - cpuBeforeMs) / tookMs : null
  return { ...counted, tookS: tookMs / 1_000, cpuShare }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0
}

async function run(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-attack-'))
  const server = async (name: string, script: string): Promise<ServerProcess> =>
    await startServerProcess({
      name,
      script: join(import.meta.dirname, script),
      args: [],
      ...(values.workers === '1' ? { cpu: 1 } : null),
    })
  const upstream = await server('upstream', 'load/upstream.ts')
  const decoy = await server('decoy', 'attack/decoy.ts')
  const issuer = await startBenchIssuer(audience)
  const gateway = await startGateway(
    dir,
    upstream.ready,
    issuer,
    values.workers,
    values['reuse-port'],
  )
  const attackers = new Helper('attack/attackers.ts')
  const clients = new Helper('attack/clients.ts')
  try {
    const token = await issuer.token('bench', { department: 'finance', groups: ['staff'] })
    const [origin = ''] = gateway.ready.split(' ')
    const { port } = new URL(origin)
    clients.tell(`${port} ${token}`)
    await sleep(warmUpMs)
    const phases = { alone: '', elsewhere: `${decoy.ready} x`, attacked: `${port} ${token}` }
    const results = new Map<string, Found[]>()
    for (let round = 1; round <= Number(values.rounds); round += 1) {
      for (const [name, at] of Object.entries(phases)) {
        await attackers.ask(at)
        await sleep(settleMs)
        const found = await measure(gateway, clients)
        results.set(name, [...(results.get(name) ?? []), found])
        out(`round ${round}, ${name}: ${describe(found)}`)
      }
      await attackers.ask('')
      await sleep(settleMs)
    }
    report(results)
  } finally {
    attackers.stop()
    clients.stop()
    await gateway.stop()
    await Promise.all([upstream.stop(), decoy.stop()])
    issuer.close()
    rmSync(dir, { recursive: true })
  }
}

const warmUpMs = 2_000
const settleMs = 2_000

function describe(found: Found): string {
  const { tookS, cpuShare } = found
  const tally = (name: string, { answered, failed, p50Ms, p99Ms }: Tally): string =>
    `${name} ${(answered / tookS).toFixed(0)} requests/s (p50 ${p50Ms} ms, p99 ${p99Ms} ms, ${failed} failed)`
  const cpu = cpuShare === null ? '' : `; gateway ${(cpuShare * 100).toFixed(0)} % of a processor`
  return `${tally('kept', found.kept)}, ${tally('fresh', found.fresh)}${cpu}`
}

function report(results: ReadonlyMap<string, readonly Found[]>): void {
  const of = (name: string): readonly Found[] => results.get(name) ?? []
  for (const kind of kinds) {
    const ratio = (to: string): number =>
      median(
        of('attacked').map((found, at) => {
          const other = of(to)[at]
          if (other === undefined) return 0
          return found[kind].answered / found.tookS / (other[kind].answered / other.tookS)
        }),
      )
    const left = ratio('elsewhere')
    out(
      `${kind}: ${left.toFixed(2)} of the throughput beside the same attackers at work elsewhere, ${ratio('alone').toFixed(2)} of that alone`,
    )
    if (!(left >= least)) process.exitCode = 1
  }
}

if (values.help) out(help)
else await run()
