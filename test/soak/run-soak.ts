import { setTimeout as sleep } from 'node:timers/promises'
import { compilePolicies } from '../../src/policy/compile.ts'
import { rolesText, routesText } from '../gateway/front-door.ts'
import { ask } from '../support/ask.ts'
import { freePorts } from '../support/free-ports.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { until } from '../support/until.ts'
import { type Account, account } from './accounting.ts'
import { Faults, workersOf } from './faults.ts'
import { type Growth, MemoryLog } from './memory.ts'
import { OpenSockets } from './open-sockets.ts'
import { Random } from './random.ts'
import { Application, audience, Issuer } from './surroundings.ts'
import { Traffic, type Tokens, type Trip } from './traffic.ts'
import { drawVariant, policyOf, Reigns, type Variant } from './variants.ts'
import { judge } from './verdict.ts'

export interface SoakOptions {
  readonly seconds: number
  readonly seed: number
  readonly workers: number
  readonly clients: number
  readonly sockets: number
  readonly reloadEveryMs: number
  readonly faultEveryMs: number
  readonly say: (line: string) => void
}

export interface SoakReport {
  readonly requests: number
  readonly outcomes: Readonly<Record<string, number>>
  readonly reloads: number
  readonly kills: number
  readonly workerExits: number
  readonly socketsCut: number
  /** What must not be, the first of each kind with an example. */
  readonly violations: Readonly<Record<string, number>>
  /** What the process said that was neither of requests nor of policies. */
  readonly said: Readonly<Record<string, number>>
  readonly account: Account
  readonly memory: readonly Growth[]
}

const pollMs = 200
const maxExamples = 5

/** Everything at once for a while, and every single answer judged. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const random = new Random(options.seed)
  const application = new Application()
  const issuer = new Issuer()
  await issuer.rotate()
  await Promise.all([application.up(), issuer.up()])
  const reigns = new Reigns()
  const first = drawVariant(0, random)
  reigns.written(first, performance.now())
  const sallyport = await start(options, application, issuer, first)
  try {
    return await soak(options, { random, application, issuer, reigns, sallyport })
  } finally {
    await sallyport.remove()
    await Promise.all([application.down(), issuer.down()])
  }
}

interface Scene {
  readonly random: Random
  readonly application: Application
  readonly issuer: Issuer
  readonly reigns: Reigns
  readonly sallyport: Sallyport
}

async function soak(options: SoakOptions, scene: Scene): Promise<SoakReport> {
  const { random, application, issuer, reigns, sallyport } = scene
  let tokens: Tokens = await newTokens(issuer)
  const violations = new Map<string, number>()
  const violate = (what: string, example: unknown): void => {
    const count = (violations.get(what) ?? 0) + 1
    violations.set(what, count)
    if (count <= maxExamples) options.say(`VIOLATION ${what}: ${JSON.stringify(example)}`)
  }
  const outcomes = new Map<string, number>()
  const answered = new Map<string, Trip>()
  const waiting: Trip[] = []

  const faults = new Faults({
    sallyport,
    application,
    issuer,
    reigns,
    random,
    renewTokens: async () => {
      tokens = await newTokens(issuer)
    },
    reloadEveryMs: options.reloadEveryMs,
    faultEveryMs: options.faultEveryMs,
  })
  const traffic = new Traffic(
    { gateway: sallyport.gateway, check: sallyport.check, tokens: () => tokens },
    options.clients,
    random,
    (trip) => {
      const outcome = `${trip.kind} ${trip.error ?? trip.status ?? 'nothing'}`
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      if (trip.decisionId !== null && trip.error === null) answered.set(trip.decisionId, trip)
      waiting.push(trip)
    },
  )
  const sockets = new OpenSockets({
    port: Number(new URL(sallyport.gateway).port),
    count: options.sockets,
    random,
    token: () => tokens.staff,
    reigns,
    faults,
    violate,
  })
  const memory = new MemoryLog()
  const numbers = new Map(
    [{ variant: scene.reigns.last, digest: null }].flatMap(({ variant }) =>
      variant === undefined ? [] : [[digestOf(variant, application), variant.number] as const],
    ),
  )
  let known = 0
  let counted = 0
  const watch = async (): Promise<void> => {
    const last = reigns.last
    if (last !== undefined && last.number !== known) {
      known = last.number
      numbers.set(digestOf(last, application), last.number)
    }
    const metrics = await sallyport.metrics()
    const digest = [...metrics.keys()].flatMap(
      (name) => /^sallyport_policy_info\{digest="(\w+)"\}$/.exec(name)?.[1] ?? [],
    )[0]
    const live = numbers.get(digest ?? '')
    if (live !== undefined) reigns.live(live, performance.now())
    const total = sumOf(metrics, 'sallyport_gateway_requests_total')
    if (total < counted) violate('a counter fell', { total, counted })
    counted = total
    memory.note(sallyport.pid, workersOf(sallyport.pid))
    // A request is judged once nobody can find out any more that another set was in force.
    const ripe = waiting.splice(0)
    for (const trip of ripe) {
      const wrong = judge(trip, { reigns, faults, application })
      if (wrong !== null) violate(wrong, { ...trip, around: faults.around(trip) })
    }
  }

  const endMs = performance.now() + options.seconds * 1_000
  let saidMs = performance.now()
  while (performance.now() < endMs) {
    await watch()
    sockets.look()
    if (performance.now() - saidMs > 10_000) {
      saidMs = performance.now()
      options.say(
        `${answered.size} answers, ${faults.reloads} reloads, ${faults.kills.length} kills`,
      )
    }
    await sleep(pollMs)
  }
  await faults.stop()
  application.delayMs = 0
  await Promise.all([application.up(), issuer.up()])
  await traffic.stop()
  sockets.close()
  await watch()
  await expectQuiet(sallyport, violate)
  await sleep(300)
  for (const line of sallyport.log()) if ('err' in line) options.say(JSON.stringify(line))
  const workerExits = sumOf(await sallyport.metrics(), 'sallyport_runtime_worker_exits_total')
  return {
    requests: [...outcomes.values()].reduce((sum, count) => sum + count, 0),
    outcomes: Object.fromEntries(outcomes),
    reloads: faults.reloads,
    kills: faults.kills.length,
    workerExits,
    socketsCut: sockets.cut,
    violations: Object.fromEntries(violations),
    said: countMessages(sallyport),
    account: await account(sallyport.recordFile, answered, faults.kills),
    memory: memory.growth(),
  }
}

async function start(
  { workers }: SoakOptions,
  application: Application,
  issuer: Issuer,
  first: Variant,
): Promise<Sallyport> {
  // Fixed ones: when every worker is gone at once, the next one listens where the last one did.
  const [gatewayPort, checkPort] = await freePorts(2)
  const sallyport = await startSallyport({
    upstream: application.origin,
    policy: policyOf(first),
    config: {
      gateway: { port: gatewayPort, workers, drain_timeout: '5s', drain_idle_timeout: '2s' },
      issuers: [{ issuer: issuer.origin, audiences: [audience] }],
      check: { port: checkPort },
      issuer_keys: { cooldown: '1s', min_backoff: '200ms', max_backoff: '1s' },
      records: { flush_interval: '50ms' },
    },
  })
  const isReady = async (): Promise<boolean> =>
    (await ask(sallyport.operations, '/readyz')).status === 200
  await until('readiness', isReady, 20_000)
  return sallyport
}

async function newTokens(issuer: Issuer): Promise<Tokens> {
  return {
    staff: await issuer.token('ada', ['staff']),
    stranger: await issuer.token('bob', []),
  }
}

/** The process says which set decides by its digest, which is that of the same texts here. */
function digestOf(variant: Variant, application: Application): string {
  const { policies } = compilePolicies([
    { path: 'file.yaml', text: policyOf(variant) },
    { path: 'roles.yaml', text: rolesText },
    { path: 'routes.yaml', text: routesText(application.origin) },
  ])
  return policies?.digest ?? ''
}

/** The causes of ended workers, and warnings and errors by their message. */
function countMessages(sallyport: Sallyport): Record<string, number> {
  const counts = new Map<string, number>()
  for (const { level, message, cause, ending } of sallyport.log()) {
    if (level === 'info') continue
    const what = cause === undefined ? message : `${message} ${JSON.stringify({ cause, ending })}`
    counts.set(what, (counts.get(what) ?? 0) + 1)
  }
  return Object.fromEntries(counts)
}

function sumOf(metrics: ReadonlyMap<string, number>, name: string): number {
  return [...metrics].reduce((sum, [key, value]) => sum + (key.startsWith(name) ? value : 0), 0)
}

/** Nothing of what is over is still held. */
async function expectQuiet(
  sallyport: Sallyport,
  violate: (what: string, example: unknown) => void,
): Promise<void> {
  const held = async (): Promise<number> => {
    const metrics = await sallyport.metrics()
    return (
      sumOf(metrics, 'sallyport_gateway_connections') +
      sumOf(metrics, 'sallyport_gateway_in_flight_requests')
    )
  }
  await until('that nothing is held', async () => (await held()) === 0, 15_000).catch(async () => {
    violate('holds connections or requests that are over', await held())
  })
}
