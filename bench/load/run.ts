import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type BenchIssuer, startBenchIssuer } from './issuer.ts'
import { type Measurement, measure, type Scenario } from './load.ts'
import { type ServerProcess, startServerProcess } from './server-process.ts'

export interface ScenarioResult extends Measurement {
  readonly name: string
}

export interface Ratio {
  readonly name: string
  /** Requests per second of ours by those of the yardstick, median over the rounds. */
  readonly wall: number
  /** The same per second of processor time of the process under test. */
  readonly cpu: number | null
}

export interface LoadReport {
  readonly scenarios: readonly ScenarioResult[]
  readonly ratios: readonly Ratio[]
  readonly startMs: number
  readonly residentMiB: number | null
}

export interface LoadOptions {
  readonly seconds: number
  readonly rounds: number
}

const here = import.meta.dirname
export const audience = 'sallyport-bench'
const evaluationBody = JSON.stringify({
  subject: { type: 'user', id: 'bench', properties: { department: 'finance', groups: ['staff'] } },
  action: { name: 'view' },
  resource: { type: 'document', id: '42', properties: { department: 'finance' } },
  context: { channel: 'bench', reference: '0123456789' },
})

const ratioOf: Readonly<Record<string, string>> = {
  'gateway permit': 'proxy yardstick',
  'gateway deny': 'http yardstick',
  'gateway unauthenticated': 'http yardstick',
  'decision api': 'http yardstick',
}

/** Starts gateway, yardsticks and upstream, loads them in rotation, and compares within each round. */
export async function runLoad(options: LoadOptions): Promise<LoadReport> {
  const dir = mkdtempSync(join(tmpdir(), 'sallyport-bench-'))
  const stops: (() => Promise<void> | void)[] = [() => rmSync(dir, { recursive: true })]
  try {
    const keep = async (server: Promise<ServerProcess>): Promise<ServerProcess> => {
      const started = await server
      stops.push(() => started.stop())
      return started
    }
    const script = (name: string): string => join(here, name)
    const upstream = await keep(
      startServerProcess({ name: 'upstream', script: script('upstream.ts'), args: [], cpu: 1 }),
    )
    const proxy = await keep(
      startServerProcess({
        name: 'proxy yardstick',
        script: script('proxy-yardstick.ts'),
        args: [upstream.ready],
        cpu: 0,
      }),
    )
    const http = await keep(
      startServerProcess({
        name: 'http yardstick',
        script: script('http-yardstick.ts'),
        args: [],
        cpu: 0,
      }),
    )
    const issuer = await startBenchIssuer(audience)
    stops.push(() => issuer.close())
    const gateway = await keep(startGateway(dir, upstream.ready, issuer))
    const scenarios = await listScenarios(proxy, http, gateway, issuer)
    const rounds: Map<string, Measurement>[] = []
    for (const scenario of scenarios) await measure(scenario, 1)
    for (let round = 0; round < options.rounds; round += 1) {
      const order = round % 2 === 0 ? scenarios : scenarios.toReversed()
      const results = new Map<string, Measurement>()
      for (const scenario of order) {
        process.stderr.write(`round ${round + 1}/${options.rounds}: ${scenario.name}\n`)
        results.set(scenario.name, await measure(scenario, options.seconds))
      }
      rounds.push(results)
    }
    return summarise(scenarios, rounds, gateway.startMs)
  } finally {
    for (const stop of stops.toReversed()) await stop()
  }
}

export async function startGateway(
  dir: string,
  upstream: string,
  issuer: BenchIssuer,
  workers = '1',
  reusesPort = false,
): Promise<ServerProcess> {
  writeFileSync(
    join(dir, 'roles.yaml'),
    'roles:\n  staff: { when: \'"staff" in subject.groups\' }\n',
  )
  writeFileSync(
    join(dir, 'document.yaml'),
    `resource: document
actions: [view, edit]
attributes: { department: string }
rules:
  - id: same-department
    permit: [view]
    roles: [staff]
    when: resource.department == subject.department
  - id: never-archived
    deny: [view, edit]
    when: resource.id.startsWith("archived-")
`,
  )
  writeFileSync(
    join(dir, 'routes.yaml'),
    `routes:
  - upstream: ${upstream}
    paths:
      GET /departments/{department}/documents/{id}:
        { action: view, resource: document, id: path.id, attributes: { department: path.department } }
      PUT /departments/{department}/documents/{id}:
        { action: edit, resource: document, id: path.id, attributes: { department: path.department } }
`,
  )
  const config = join(dir, 'sallyport.conf')
  writeFileSync(
    config,
    `gateway: { host: 127.0.0.1, port: 0, workers: ${workers}, reuse_port: ${reusesPort} }
check: { host: 127.0.0.1, port: 0, allow_unauthenticated: true }
operations: { host: 127.0.0.1, port: 0 }
policies: { dir: . }
records: { sink: file, file: ./records.log }
log: { level: info }
issuers:
  - issuer: ${issuer.issuer}
    audiences: [${audience}]
`,
  )
  return await startServerProcess({
    name: 'gateway',
    script: resolve(here, '../../dist/cli/main.js'),
    // Built, and with the options of the image.
    nodeArgs: [
      '--disallow-code-generation-from-strings',
      '--max-semi-space-size=4',
      '--heap-growing-percent=25',
      '--v8-pool-size=1',
    ],
    environment: { MALLOC_ARENA_MAX: '1' },
    args: ['serve', '--config', config],
    readReady: readAddresses,
    cpu: 0,
  })
}

/** `GATEWAY CHECK` out of the log line that says it listens. */
function readAddresses(line: string): string | null {
  if (!line.includes('"Sallyport is listening"')) return null
  const { gateway, check } = JSON.parse(line) as Record<string, { host: string; port: number }>
  if (gateway === undefined || check === undefined) return null
  return `http://${gateway.host}:${gateway.port} http://${check.host}:${check.port}`
}

async function listScenarios(
  proxy: ServerProcess,
  http: ServerProcess,
  gateway: ServerProcess,
  issuer: BenchIssuer,
): Promise<Scenario[]> {
  const token = await issuer.token('bench', { department: 'finance', groups: ['staff'] })
  const bearer = { authorization: `Bearer ${token}` }
  const path = '/departments/finance/documents/42'
  const [gatewayUrl, checkUrl] = gateway.ready.split(' ')
  const json = { 'content-type': 'application/json' }
  return [
    {
      name: 'http yardstick',
      url: http.ready,
      method: 'POST',
      headers: json,
      body: evaluationBody,
      expectStatus: 200,
      server: http,
    },
    {
      name: 'decision api',
      url: `${checkUrl}/access/v1/evaluation`,
      method: 'POST',
      headers: json,
      body: evaluationBody,
      expectStatus: 200,
      server: gateway,
    },
    {
      name: 'proxy yardstick',
      url: proxy.ready + path,
      method: 'GET',
      headers: bearer,
      expectStatus: 200,
      server: proxy,
    },
    {
      name: 'gateway permit',
      url: gatewayUrl + path,
      method: 'GET',
      headers: bearer,
      expectStatus: 200,
      server: gateway,
    },
    {
      name: 'gateway deny',
      url: `${gatewayUrl}/departments/sales/documents/42`,
      method: 'GET',
      headers: bearer,
      expectStatus: 403,
      server: gateway,
    },
    {
      name: 'gateway unauthenticated',
      url: gatewayUrl + path,
      method: 'GET',
      headers: {},
      expectStatus: 401,
      server: gateway,
    },
  ]
}

function summarise(
  scenarios: readonly Scenario[],
  rounds: readonly Map<string, Measurement>[],
  startMs: number,
): LoadReport {
  const all = (name: string): Measurement[] =>
    rounds.flatMap((round) => {
      const found = round.get(name)
      return found === undefined ? [] : [found]
    })
  const results = scenarios.map(({ name }) => ({
    name,
    requestsPerSecond: median(all(name).map((run) => run.requestsPerSecond)),
    requestsPerCpuSecond: medianOrNull(all(name).map((run) => run.requestsPerCpuSecond)),
    cpuShare: medianOrNull(all(name).map((run) => run.cpuShare)),
    p50Ms: median(all(name).map((run) => run.p50Ms)),
    p99Ms: median(all(name).map((run) => run.p99Ms)),
    residentBytes: medianOrNull(all(name).map((run) => run.residentBytes)),
  }))
  const ratios = Object.entries(ratioOf).map(([ours, yardstick]) => {
    const pairs = rounds.map((round) => [round.get(ours), round.get(yardstick)] as const)
    return {
      name: `${ours} / ${yardstick}`,
      wall: median(
        pairs.map(([a, b]) => (a?.requestsPerSecond ?? 0) / (b?.requestsPerSecond ?? 1)),
      ),
      cpu: medianOrNull(
        pairs.map(([a, b]) =>
          a?.requestsPerCpuSecond && b?.requestsPerCpuSecond
            ? a.requestsPerCpuSecond / b.requestsPerCpuSecond
            : null,
        ),
      ),
    }
  })
  const resident = results.find((row) => row.name === 'gateway permit')?.residentBytes ?? null
  return {
    scenarios: results,
    ratios,
    startMs,
    residentMiB: resident === null ? null : resident / 1024 / 1024,
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function medianOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : median(known)
}
