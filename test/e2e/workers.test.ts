import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  audience,
  createProviderKey,
  type OpenidProvider,
  startOpenidProvider,
} from '../authenticate/openid-provider.ts'
import { policyText } from '../gateway/front-door.ts'
import { ask } from '../support/ask.ts'
import { readClientPorts, readProcessState } from '../support/proc.ts'
import { type Sallyport, startSallyport } from '../support/sallyport.ts'
import { startLoad } from '../support/steady-load.ts'
import { until } from '../support/until.ts'
import { startUpstream, type Upstream } from '../support/upstream.ts'

const workers = 2

let provider: OpenidProvider
let upstream: Upstream
let sallyport: Sallyport
let headers: { readonly authorization: string }
let release: (() => void)[] = []

beforeAll(async () => {
  provider = await startOpenidProvider('ES256', [await createProviderKey('one', 'ES256')])
  upstream = await startUpstream((req, res) => {
    if (req.url?.startsWith('/files/stream') === true) res.write('begun')
    else if (req.url?.startsWith('/files/slow') === true) release.push(() => res.end('at last'))
    else res.end('done')
  })
  sallyport = await start()
  headers = { authorization: `Bearer ${(await provider.signIn()).accessToken}` }
})

afterAll(async () => {
  await sallyport.remove()
  await upstream.close()
  await provider.close()
})

async function start(): Promise<Sallyport> {
  const started = await startSallyport({
    upstream: upstream.origin,
    config: {
      gateway: { workers, drain_idle_timeout: '1s', drain_timeout: '10s' },
      issuers: [{ issuer: provider.issuer, audiences: [audience] }],
    },
  })
  await isReady(started)
  return started
}

function isReady({ operations }: Sallyport): Promise<unknown> {
  const isWhole = async (): Promise<boolean> => {
    const { text } = await ask(operations, '/readyz')
    return (JSON.parse(text) as { readonly status: string }).status === 'ready'
  }
  return until('readiness of all workers', isWhole, 60_000)
}

function workersOf({ pid }: Sallyport): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return children.trim().split(' ').filter(Boolean).map(Number)
}

async function sumOf(name: string): Promise<number> {
  const found = [...(await sallyport.metrics())].filter(([key]) => key.startsWith(name))
  return found.reduce((sum, [, value]) => sum + value, 0)
}

/**
 * Does something while all workers but one stand still. Which worker gets a connection is the
 * system's to say, and it may well be the same one for a whole burst: here it can be no other.
 */
async function withOnly<Result>(pid: number, act: () => Promise<Result>): Promise<Result> {
  const others = workersOf(sallyport).filter((other) => other !== pid)
  for (const other of others) process.kill(other, 'SIGSTOP')
  try {
    for (const other of others) {
      await until('a worker to stand still', async () => (await readProcessState(other)) === 'T')
    }
    return await act()
  } finally {
    for (const other of others) process.kill(other, 'SIGCONT')
  }
}

/** Answers to requests on connections of their own, to each worker as many as there are. */
async function statusesOfEach(path: string, count: number): Promise<ReadonlySet<number>> {
  const all = new Set<number>()
  for (const pid of workersOf(sallyport)) {
    const some = await withOnly(pid, () => statuses(path, count / workers))
    for (const status of some) all.add(status)
  }
  return all
}

interface Held {
  /** Of the client. */
  readonly port: number
  /** The status, or the code of the error. */
  readonly outcome: Promise<string>
}

/** A request that is under way at the upstream, on a connection of its own. */
async function hold(path: string): Promise<Held> {
  const before = release.length
  const asked = get(`${sallyport.gateway}${path}`, { agent: false, headers })
  const outcome = new Promise<string>((resolve) => {
    asked.on('error', ({ code }: NodeJS.ErrnoException) => resolve(String(code)))
    asked.on('response', (response) => {
      response.resume()
      resolve(String(response.statusCode))
    })
  })
  await until('the request', () => release.length > before)
  return { port: asked.socket?.localPort ?? 0, outcome }
}

/** Answers to requests on connections of their own, which the system deals out to the workers. */
async function statuses(path: string, count: number): Promise<ReadonlySet<number>> {
  const replies = await Promise.all(
    Array.from({ length: count }, () => ask(sallyport.gateway, path, { headers })),
  )
  return new Set(replies.map(({ status }) => status))
}

it('serve one port together, sign with one key, and count and record as one', async () => {
  const before = await sumOf('sallyport_gateway_requests_total')
  expect(await statusesOfEach('/files/vault', 40)).toEqual(new Set([403]))
  expect(await statusesOfEach('/files/a', 40)).toEqual(new Set([200]))
  const denials = sallyport.log().filter(({ message }) => message === 'Denied a request')
  expect(new Set(denials.map(({ worker }) => worker)).size).toBe(workers)
  expect(await sumOf('sallyport_gateway_requests_total')).toBe(before + 80)

  const published = await ask(sallyport.gateway, '/.well-known/sallyport/jwks.json')
  const keys = createLocalJWKSet(published.json() as JSONWebKeySet)
  const minted = upstream.seen.map((req) => String(req.headers['sallyport-identity']))
  expect(new Set(minted).size).toBe(workers)
  for (const token of new Set(minted)) await jwtVerify(token, keys, { audience: upstream.origin })
  expect((await ask(sallyport.operations, '/jwks.json')).json()).toEqual(published.json())

  await until('all records', async () => (await sallyport.records()).length >= 80)
  const records = await sallyport.records()
  expect(new Set(records.map(({ id }) => id)).size).toBe(records.length)
})

it('ask an issuer for its keys once for all of them', async () => {
  const reads = `sallyport_issuers_reads_total{issuer="${provider.issuer}",result="ok"}`
  expect((await sallyport.metrics()).get(reads)).toBe(1)
})

it('take over a change of the policies together, and a respawned one the set of the others', async () => {
  const file = join(sallyport.policiesDir, 'file.yaml')
  await writeFile(file, policyText.replace('permit: [view, edit]', 'permit: [edit]'))
  const seen: { readonly status: number; readonly atMs: number }[] = []
  const isChanged = async (): Promise<boolean> => {
    const { status } = await ask(sallyport.gateway, '/files/a', { headers })
    seen.push({ status, atMs: performance.now() })
    return seen.length > 50 && seen.slice(-40).every((one) => one.status === 403)
  }
  await until('the change', isChanged)
  const firstMs = seen.find(({ status }) => status === 403)?.atMs ?? 0
  const stale = seen.filter(({ status, atMs }) => status === 200 && atMs > firstMs + 500)
  expect(stale).toEqual([])

  // What no worker may ever decide with, however new it is.
  await writeFile(file, 'resource: file\nactons: [view]\n')
  const degraded = async (): Promise<boolean> =>
    (await ask(sallyport.operations, '/readyz')).text.includes('rejected')
  await until('the rejection', degraded)
  const [victim = 0] = workersOf(sallyport)
  process.kill(victim, 'SIGKILL')
  await until('a new worker', () => {
    const now = workersOf(sallyport)
    return now.length === workers && !now.includes(victim)
  })
  await sallyport.logged('A worker was replaced')
  expect(await statusesOfEach('/files/a', 30)).toEqual(new Set([403]))

  await writeFile(file, policyText)
  await until('the old set', async () => (await statuses('/files/a', 8)).has(200))
  await isReady(sallyport)
  expect(await statusesOfEach('/files/a', 30)).toEqual(new Set([200]))
  await until('records of the third set alone', async () =>
    (await sallyport.records()).slice(-30).every((one) => one['generation'] === 3),
  )
})

it('lose with one of them its own requests and nothing else', async () => {
  const exits = await sumOf('sallyport_runtime_worker_exits_total')
  const counted = await sumOf('sallyport_gateway_requests_total')
  const held: Held[] = []
  for (const pid of workersOf(sallyport)) {
    await withOnly(pid, async () => {
      for (let count = 0; count < 6; count += 1) held.push(await hold(`/files/slow-${held.length}`))
    })
  }
  const [victim = 0, survivor = 0] = workersOf(sallyport)
  const { port } = new URL(sallyport.gateway)
  const [its, others] = await Promise.all(
    [victim, survivor].map((pid) => readClientPorts(pid, Number(port))),
  )
  const wanted = held.map((one) => (its?.has(one.port) === true ? 'ECONNRESET' : '200'))
  expect(wanted.filter((outcome) => outcome === '200')).toHaveLength(6)
  expect(held.filter((one) => others?.has(one.port) === true)).toHaveLength(6)
  process.kill(victim, 'SIGKILL')
  await sallyport.logged('A worker ended', ({ pid }) => pid === victim)
  for (const end of release.splice(0)) end()
  expect(await Promise.all(held.map(({ outcome }) => outcome))).toEqual(wanted)
  await isReady(sallyport)
  expect(await sumOf('sallyport_runtime_worker_exits_total')).toBe(exits + 1)
  // What the dead one had counted by the last reading is not forgotten.
  expect(await sumOf('sallyport_gateway_requests_total')).toBeGreaterThanOrEqual(
    counted + wanted.filter((outcome) => outcome === '200').length,
  )
})

it('write to the new file after a rotation, all of them', async () => {
  await rename(sallyport.recordFile, `${sallyport.recordFile}.1`)
  sallyport.signal('SIGHUP')
  await sallyport.logged('Policies read again')
  await statusesOfEach('/files/vault', 30)
  await until('the records', async () => {
    const text = await readFile(sallyport.recordFile, 'utf8').catch(() => '')
    return text.split('\n').filter((line) => line.includes('vault')).length === 30
  })
})

it('are replaced by new ones with another configuration under load, without a failed request', async () => {
  const file = join(sallyport.dir, 'sallyport.yaml')
  const text = await readFile(file, 'utf8')
  const before = workersOf(sallyport)
  const load = startLoad(sallyport.gateway, ['/files/a'], headers, 8)
  await until('load', () => load.begun > 40)
  const changed = text.replace('"10s"', '"9s"').replace('"workers": 2', '"workers": 3')
  await writeFile(file, changed)
  sallyport.signal('SIGUSR2')
  await sallyport.logged('Serving from new workers')
  const after = workersOf(sallyport)
  expect(after).toHaveLength(3)
  expect(after.filter((pid) => before.includes(pid))).toEqual([])
  const begun = load.begun
  await until('more load', () => load.begun > begun + 40)
  expect([...(await load.stop()).keys()]).toEqual(['200'])

  await writeFile(file, changed.replace('"port": 0', '"port": 1'))
  sallyport.signal('SIGUSR2')
  const refusal = await sallyport.logged('These settings need the whole process')
  expect(refusal['pinned']).toEqual(['gateway: host and port'])
  expect(workersOf(sallyport)).toEqual(after)
  await writeFile(file, changed)
})

it('end a stream whose permission ends, also when they are leaving', async () => {
  const before = workersOf(sallyport)
  const stream = await open('/files/stream')
  // From the second on it counts as one that is open long.
  await sleep(1_200)
  sallyport.signal('SIGUSR2')
  await until(
    'new workers beside the one that still streams',
    () => {
      const now = workersOf(sallyport)
      return now.some((pid) => before.includes(pid)) && now.length === before.length + 1
    },
    60_000,
  )
  const file = join(sallyport.policiesDir, 'file.yaml')
  await writeFile(file, policyText.replace('permit: [view, edit]', 'permit: [edit]'))
  await until('the end of the stream', () => stream.closed, 8_000)
  await writeFile(file, policyText)
  for (const end of release.splice(0)) end()
  await isReady(sallyport)
})

it('end their requests when their primary is killed, and leave the port to others', async () => {
  const own = await start()
  const pids = workersOf(own)
  const held = ask(own.gateway, '/files/slow-orphan', { headers })
  await until('the request', () => release.length === 1)
  process.kill(own.pid, 'SIGKILL')
  const isRefused = (): Promise<boolean> =>
    ask(own.gateway, '/files/a', { headers }).then(
      () => false,
      (error: unknown) => (error as NodeJS.ErrnoException).code === 'ECONNREFUSED',
    )
  await until('a closed port', isRefused)
  await sleep(50)
  for (const end of release.splice(0)) end()
  expect((await held).status).toBe(200)
  await until('the end of the workers', () => !pids.some(isAlive))
  const records = await own.records()
  expect(records.map((one) => one['path'])).toContain('/files/slow-orphan')
  await own.remove()
})

it('drain on SIGTERM under load, and lose nothing on a connection they had accepted', async () => {
  const load = startLoad(sallyport.gateway, ['/files/a', '/files/vault'], headers, 8)
  await until('load', () => load.begun > 40)
  sallyport.signal('SIGTERM')
  expect(await sallyport.exited).toBe(0)
  const outcomes = [...(await load.stop()).keys()]
  expect(outcomes.filter((outcome) => !outcome.endsWith('on a new connection')).toSorted()).toEqual(
    ['200', '403'],
  )
})

/** A response that goes on. */
async function open(path: string): Promise<IncomingMessage> {
  const asked = get(`${sallyport.gateway}${path}`, { agent: false, headers })
  asked.on('error', () => undefined)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  response.on('error', () => undefined).resume()
  return response
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
