import { type ChildProcess, spawn } from 'node:child_process'
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerProcess, startServerProcess } from '../load/server-process.ts'
import { startTokenGateway, startVerifyingHaproxy } from './servers.ts'

const here = import.meta.dirname
const issuer = 'https://issuer.bench'
const seconds = Number(process.env['BENCH_SECONDS'] ?? 5)
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3)
const newTokens = Number(process.env['BENCH_NEW_TOKENS'] ?? 12_000)
const routes = ['private', 'public'] as const
/** Requests a second of clients that behave; nine times as many are forged. */
const goodRate = Number(process.env['BENCH_GOOD_RATE'] ?? 500)

interface Counted {
  readonly sent: number
  readonly statuses: Readonly<Record<string, number>>
  readonly elapsedS: number
  readonly p50Ms: number
  readonly p99Ms: number
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 })
const keySet = {
  keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256', use: 'sig' }],
}
const publicPem = publicKey.export({ format: 'pem', type: 'spki' })

const dir = mkdtempSync(join(tmpdir(), 'sallyport-bench-tokens-'))
const stops: (() => Promise<void> | void)[] = [() => rmSync(dir, { recursive: true })]
try {
  await run()
} finally {
  for (const stop of stops.toReversed()) await stop()
}

async function run(): Promise<void> {
  const upstream = await startServerProcess({
    name: 'upstream',
    script: join(here, '../load/upstream.ts'),
    args: [],
    cpu: 1,
  })
  stops.push(() => upstream.stop())
  const gateway = async (): Promise<ServerProcess> => {
    const started = await startTokenGateway(dir, upstream.ready, { issuer, publicPem }, keySet)
    stops.push(() => started.stop())
    return started
  }
  const first = await gateway()
  await compareCached(first)
  await flood(portOf(first))
  await first.stop()
  await compareNew(gateway, upstream.ready)
}

/**
 * The same requests, whose token is looked at on one route and not on the other; compared by the
 * processor time of the gateway, which does not mind who else is on the machine.
 */
async function compareCached(gateway: ServerProcess): Promise<void> {
  const token = signToken('alice', privateKey)
  const ratios: number[] = []
  for (const route of routes) await measure(gateway, route, token, 2)
  for (let round = 0; round < rounds; round += 1) {
    const us = { private: 0, public: 0 }
    const order = round % 2 === 0 ? routes : routes.toReversed()
    for (const route of order) us[route] = await measure(gateway, route, token, seconds)
    ratios.push(us.public / us.private)
    report(`cached token ${us.private.toFixed(1)} us, public route ${us.public.toFixed(1)} us`)
  }
  report(`cached token by public route: ${median(ratios).toFixed(3)} (goal at least 0.97)`)
}

/** Processor time of the gateway for one request, in microseconds. */
async function measure(
  gateway: ServerProcess,
  route: (typeof routes)[number],
  token: string,
  during: number,
): Promise<number> {
  const before = gateway.cpuMs() ?? 0
  const path = `/${route}/1`
  const load = { port: portOf(gateway), path, connections: 64, seconds: during, token }
  const { statuses, sent } = await client(load)
  if (statuses['200'] !== sent) throw new Error(`${path}: ${JSON.stringify(statuses)}`)
  return (((gateway.cpuMs() ?? 0) - before) * 1_000) / sent
}

/** Clients that behave, alone and beside nine times as many forged requests. */
async function flood(port: number): Promise<void> {
  const token = signToken('alice', privateKey)
  const good = { port, path: '/private/1', connections: 16, seconds, rate: goodRate, token }
  await client({ ...good, seconds: 2 })
  const alone = await client(good)
  for (const localAddress of ['127.0.0.1', '127.0.0.2']) {
    const forged = { ...good, connections: 64, rate: goodRate * 9, forges: true, localAddress }
    const [kept, attack] = await Promise.all([client(good), client(forged)])
    const share = rateOf(kept, '200') / rateOf(alone, '200')
    report(
      `9 of 10 forged, from ${localAddress}: ${share.toFixed(3)} of the good requests kept (goal at least 0.8), p99 ${kept.p99Ms.toFixed(1)} ms (alone ${alone.p99Ms.toFixed(1)} ms); ${(attack.sent / attack.elapsedS).toFixed(0)} forged/s answered ${JSON.stringify(attack.statuses)}`,
    )
  }
}

/** A token that nobody has seen before on each request, to the gateway and to HAProxy in turn. */
async function compareNew(gateway: () => Promise<ServerProcess>, upstream: string): Promise<void> {
  const file = join(dir, 'tokens')
  const lines = Array.from({ length: newTokens }, (_, at) => signToken(`user-${at}`, privateKey))
  writeFileSync(file, lines.join('\n'))
  const haproxy = await startVerifyingHaproxy(dir, upstream)
  stops.push(() => haproxy.stop())
  const load = { path: '/private/1', connections: 64, seconds: 60, file }
  const ratios: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const ours = await gateway()
    await client({ ...load, port: portOf(ours), file: null, token: lines[0] ?? '', seconds: 2 })
    const mine = await client({ ...load, port: portOf(ours) })
    await ours.stop()
    const theirs = await client({ ...load, port: haproxy.port })
    const [here_, there] = [rateOf(mine, '200'), rateOf(theirs, '200')]
    ratios.push(here_ / there)
    report(
      `new RS256 token on each request: gateway ${here_.toFixed(0)}/s (p99 ${mine.p99Ms.toFixed(1)} ms), HAProxy jwt_verify ${there.toFixed(0)}/s`,
    )
  }
  report(`new tokens, gateway by HAProxy: ${median(ratios).toFixed(2)}`)
}

function signToken(sub: string, key: KeyObject): string {
  const nowS = Math.floor(Date.now() / 1_000)
  const header = { alg: 'RS256', typ: 'at+jwt', kid: 'bench' }
  const claims = { iss: issuer, aud: 'bench', sub, iat: nowS, exp: nowS + 3_600, groups: ['staff'] }
  const input = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`
}

async function client(load: object): Promise<Counted> {
  const complete = {
    localAddress: '127.0.0.1',
    rate: 0,
    file: null,
    token: null,
    forges: false,
    ...load,
  }
  const child = spawn(
    'taskset',
    ['-c', '1', process.execPath, join(here, 'client.ts'), JSON.stringify(complete)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const text = await outputOf(child)
  return JSON.parse(text) as Counted
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  const code = await new Promise((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`The client ended with ${String(code)}`)
  return text
}

function rateOf({ statuses, elapsedS }: Counted, status: string): number {
  return (statuses[status] ?? 0) / elapsedS
}

function portOf({ ready }: ServerProcess): number {
  return (JSON.parse(ready) as { gateway: { port: number } }).gateway.port
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function report(line: string): void {
  process.stdout.write(`${line}\n`)
}
