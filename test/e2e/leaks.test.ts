import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assemble, createSigningKey, type SigningKey } from '../authenticate/signing-key.ts'
import {
  type IssuerServer,
  keySetPath,
  metadataPath,
  startIssuerServer,
} from '../issuers/issuer-server.ts'
import { ask } from '../support/ask.ts'
import { type OpenFiles, readOpenFiles } from '../support/proc.ts'
import { type DecisionRecord, type Sallyport, startSallyport } from '../support/sallyport.ts'
import { killings, startUnrulyUpstream, type UnrulyUpstream } from '../support/unruly-upstream.ts'
import { until } from '../support/until.ts'

/** How often each way of going wrong is gone, more than 10,000 times together. */
const rounds = {
  killed: 1_000,
  silent: 2_000,
  uploading: 1_500,
  downloading: 300,
  headerless: 1_800,
  issuer: 1_000,
} as const
const warmUp = 80
const atOnce = 40
const issuerCycles = 5

/** Eleven thousand leaks of 300 bytes would be more. */
const maxHeapGrowthBytes = 3 * 1_048_576
/** Buffers: a leak of one for every tenth request would be more. */
const maxExternalGrowthBytes = 2 * 1_048_576
/** What V8 and the allocator keep for later goes up and down by 80 MiB, without a trend. */
const maxResidentGrowthBytes = 128 * 1_048_576
const wayTimeoutMs = 150_000
const waitTimeoutMs = 45_000
const settleTimeoutMs = 30_000

let key: SigningKey
let issuer: IssuerServer
let issuerPort = 0
let upstream: UnrulyUpstream
let sallyport: Sallyport
let gatewayPort = 0
let token = ''

/** Ids of requests whose header was complete: each must be recorded, once. */
const sent = new Set<string>()
let nextId = 0

interface Standing {
  readonly openFiles: OpenFiles | null
  readonly resources: number
  readonly heapBytes: number
  readonly externalBytes: number
  readonly residentBytes: number
}
let before: Standing

beforeAll(async () => {
  key = await createSigningKey('one')
  issuer = await startIssuerServer([key.publicJwk])
  issuerPort = Number(new URL(issuer.issuer).port)
  upstream = await startUnrulyUpstream()
  sallyport = await startSallyport({
    upstream: upstream.origin,
    isProbed: true,
    config: {
      // All of them come from one address, and most of their tokens are bad.
      authentication: { max_failures_per_address: 100_000, max_failures: 1_000_000 },
      issuers: [{ issuer: issuer.issuer, audiences: ['api'] }],
      issuer_keys: { cooldown: '1s', min_backoff: '100ms', max_backoff: '200ms', timeout: '5s' },
      upstreams: { keep_alive_timeout: '1s' },
    },
  })
  gatewayPort = Number(new URL(sallyport.gateway).port)
  await until('readiness', async () => (await ask(sallyport.operations, '/readyz')).status === 200)
  token = await key.sign({}, claims())
  for (const how of killings) await repeat(warmUp, () => visitKilled(how))
  await repeat(warmUp, leaveSilent)
  await repeat(warmUp, leaveUploading)
  await repeat(warmUp, leaveDownloading)
  await repeat(warmUp, leaveHeaderless)
  await killIssuer(0, warmUp)
  await reviveIssuer()
  await settle(null)
  before = await readSettledStanding()
}, wayTimeoutMs)

afterAll(async () => {
  await sallyport.remove()
  await upstream.close()
  await issuer.close()
})

function claims(): object {
  const nowS = Math.floor(Date.now() / 1_000)
  const times = { iat: nowS, exp: nowS + 3_600 }
  return { iss: issuer.issuer, aud: 'api', sub: 'alice', groups: ['staff'], ...times }
}

async function repeat(count: number, once: (round: number) => Promise<void>): Promise<void> {
  let started = 0
  const work = async (): Promise<void> => {
    while (started < count) await once(started++)
  }
  await Promise.all(Array.from({ length: atOnce }, work))
}

async function open(): Promise<Socket> {
  const socket = connect(gatewayPort, '127.0.0.1')
  await once(socket, 'connect', soon())
  socket.on('error', () => {})
  return socket
}

/** A wait that never ends is to be told from work that is slow. */
function soon(): { readonly signal: AbortSignal } {
  return { signal: AbortSignal.timeout(waitTimeoutMs) }
}

/** However it comes to it: `once` takes a reset before the close for a failure of its own. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    if (socket.closed) {
      resolve()
      return
    }
    const timer = setTimeout(() => reject(new Error('The socket stays open')), waitTimeoutMs)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** In turn as a program that ends and as a machine that goes away. */
async function leave(socket: Socket, round: number): Promise<void> {
  const closed = closeOf(socket)
  if (round % 2 === 0) socket.destroy()
  else socket.resetAndDestroy()
  await closed
}

function header(line: string, id: string, fields = '', credential = token): string {
  return `${line} HTTP/1.1\r\nHost: files.test\r\nX-Request-Id: ${id}\r\nAuthorization: Bearer ${credential}\r\n${fields}\r\n`
}

function mintId(way: string): string {
  nextId += 1
  const id = `${way}.${nextId}`
  sent.add(id)
  return id
}

async function readToClose(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('latin1').on('data', (part: string) => (text += part))
  await closeOf(socket)
  return text
}

async function visitKilled(how: (typeof killings)[number]): Promise<void> {
  const socket = await open()
  socket.write(header(`GET /files/${how}`, mintId(how), 'Connection: close\r\n'))
  const text = await readToClose(socket)
  // An answer that was cut must not look whole.
  if (text.startsWith('HTTP/1.1 502 ')) return
  expect(text).toMatch(/^HTTP\/1\.1 200 /)
  expect(text).not.toContain('\r\n0\r\n')
  expect(text.length).toBeLessThan(1_000)
}

async function leaveSilent(round: number): Promise<void> {
  const socket = await open()
  const id = mintId('silent')
  socket.write(header('GET /files/silent', id))
  if (round % 4 > 0) await upstream.arrived(id)
  await leave(socket, round)
}

async function leaveUploading(round: number): Promise<void> {
  const socket = await open()
  const id = mintId('uploading')
  const isChunked = round % 3 === 0
  const path = round % 4 < 2 ? '/files/greedy' : '/files/silent'
  const framing = isChunked ? 'Transfer-Encoding: chunked\r\n' : 'Content-Length: 10000000\r\n'
  socket.write(header(`PUT ${path}`, id, framing))
  const part = Buffer.alloc(round % 5 === 0 ? 1_000_000 : 10_000, 'x')
  socket.write(isChunked ? `${part.length.toString(16)}\r\n${part.toString()}\r\n` : part)
  if (round % 8 > 0) await upstream.arrived(id)
  await leave(socket, round)
}

async function leaveDownloading(round: number): Promise<void> {
  const socket = await open()
  socket.write(header('GET /files/endless', mintId('downloading')))
  await once(socket, 'data', soon())
  socket.pause()
  // Long enough for every buffer on the way to fill.
  await sleep(15)
  await leave(socket, round)
}

async function leaveHeaderless(round: number): Promise<void> {
  const socket = await open()
  const text = header('GET /files/silent', 'headerless')
  socket.write(text.slice(0, (round * 7) % (text.length - 1)))
  if (round % 3 === 0) {
    const closed = closeOf(socket.resume())
    socket.end()
    await closed
  } else {
    if (round % 3 === 1) await sleep(2)
    await leave(socket, round)
  }
}

/** Tokens nobody can verify without asking the issuer, who dies while it is being asked. */
async function killIssuer(cycle: number, count: number): Promise<void> {
  const asked = holdAnswer(cycle)
  const clients = Array.from({ length: count }, async (_, round) => {
    const socket = await open()
    const unknown = assemble(
      { alg: 'ES256', kid: `gone-${cycle}-${round}`, typ: 'at+jwt' },
      claims(),
      randomBytes(64).toString('base64url'),
    )
    const id = mintId('issuer')
    socket.write(header('GET /files/a', id, 'Connection: close\r\n', unknown))
    if (round % 2 === 0) return readToClose(socket)
    await asked
    await leave(socket, round >> 1)
    return null
  })
  await asked
  await sleep(30)
  for (const socket of held.splice(0)) {
    if (cycle % 2 === 0) socket.resetAndDestroy()
  }
  await issuer.close()
  const answers = (await Promise.all(clients)).filter((answer) => answer !== null)
  expect(answers).toHaveLength(Math.ceil(count / 2))
  expect(answers.filter((text) => !/^HTTP\/1\.1 (?:401|503) /.test(text))).toEqual([])
}

const held: Socket[] = []

/** The issuer takes the question and says nothing, or half of the answer. */
function holdAnswer(cycle: number): Promise<void> {
  return new Promise((resolve) => {
    issuer.misbehaviour.set(cycle % 3 === 2 ? metadataPath : keySetPath, (response) => {
      if (response.socket !== null) held.push(response.socket)
      if (cycle % 3 === 1) response.writeHead(200, { 'content-length': 1_000 }).write('{"keys":[')
      resolve()
    })
  })
}

async function reviveIssuer(keys = [key.publicJwk]): Promise<void> {
  issuer = await startIssuerServer(keys, issuerPort)
  // Whoever asks next is to find the issuer well, and may ask at once.
  await sleep(1_100)
}

async function readStanding(): Promise<Standing> {
  const { heapUsed, external, rss, resources } = await sallyport.usage()
  return {
    openFiles: await readOpenFiles(sallyport.pid),
    // Not the looks at the policy folder, which come and go by themselves.
    resources: resources.filter((name) => !name.startsWith('FSReq')).length,
    heapBytes: heapUsed,
    externalBytes: external,
    residentBytes: rss,
  }
}

/** The least of several readings: a collection finds some things only after their finalisers ran. */
async function readSettledStanding(): Promise<Standing> {
  let least = await readStanding()
  for (let reading = 1; reading < 5; reading += 1) {
    await sleep(200)
    const next = await readStanding()
    least = {
      ...next,
      heapBytes: Math.min(least.heapBytes, next.heapBytes),
      externalBytes: Math.min(least.externalBytes, next.externalBytes),
      residentBytes: Math.min(least.residentBytes, next.residentBytes),
    }
  }
  return least
}

/** Waits until nothing is under way, and then until as much is open as at `standing`. */
async function settle(standing: Standing | null): Promise<void> {
  await until(
    'every request to end',
    async () => {
      const metrics = await sallyport.metrics()
      return [
        'sallyport_gateway_in_flight_requests',
        'sallyport_gateway_connections',
        'sallyport_audit_queue_records',
        'sallyport_authenticate_pending_verifications',
      ].every((name) => metrics.get(name) === 0)
    },
    settleTimeoutMs,
  )
  let last: Standing | null = null
  let steadySinceMs = performance.now()
  await until(
    'descriptors and handles to return',
    async () => {
      const now = await readStanding()
      const isSteady =
        now.resources === last?.resources &&
        now.openFiles?.descriptors === last.openFiles?.descriptors
      if (!isSteady) steadySinceMs = performance.now()
      last = now
      if (standing === null) return performance.now() - steadySinceMs > 1_500
      return (
        now.resources <= standing.resources &&
        (now.openFiles?.descriptors ?? 0) <= (standing.openFiles?.descriptors ?? 0)
      )
    },
    settleTimeoutMs,
  ).catch((error: unknown) => {
    throw new Error(`${JSON.stringify(last)} instead of ${JSON.stringify(standing)}`, {
      cause: error,
    })
  })
}

async function expectNoLeak(count: number, once: (round: number) => Promise<void>): Promise<void> {
  await repeat(count, once)
  await settle(before)
  const { openFiles } = await readStanding()
  expect(openFiles?.tcp).toBe(before.openFiles?.tcp)
  expect(openFiles?.sockets).toBe(before.openFiles?.sockets)
}

describe('nothing is left behind', { timeout: wayTimeoutMs }, () => {
  it.each(killings)('by upstreams killed in the middle of an answer: %s', async (how) => {
    await expectNoLeak(rounds.killed, () => visitKilled(how))
  })

  it('by clients who give up on an upstream that never answers', async () => {
    await expectNoLeak(rounds.silent, leaveSilent)
  })

  it('by clients who leave while they upload', async () => {
    await expectNoLeak(rounds.uploading, leaveUploading)
  })

  it('by clients who stop reading a download, and leave', async () => {
    const socket = await open()
    socket.write(header('GET /files/endless', mintId('downloading')))
    await once(socket, 'data', soon())
    socket.pause()
    await sleep(300)
    const taken = upstream.sentBytes
    await sleep(300)
    // The upstream has been stopped, and not by running out of memory.
    expect(upstream.sentBytes).toBe(taken)
    await leave(socket, 0)
    await expectNoLeak(rounds.downloading, leaveDownloading)
  })

  it('by clients who leave before their header is complete', async () => {
    const recorded = await countRecords()
    await expectNoLeak(rounds.headerless, leaveHeaderless)
    // What never became a request is none: it is not answered, counted or recorded.
    expect(await countRecords()).toBe(recorded)
  })

  it('by an issuer killed while it is asked for the keys of first tokens', async () => {
    for (let cycle = 1; cycle <= issuerCycles; cycle += 1) {
      await killIssuer(cycle, rounds.issuer / issuerCycles)
      await reviveIssuer()
    }
    await settle(before)
    const fresh = await createSigningKey('fresh')
    await issuer.close()
    await reviveIssuer([key.publicJwk, fresh.publicJwk])
    const authorization = `Bearer ${await fresh.sign({}, claims())}`
    const reply = await ask(sallyport.gateway, '/files/a', { headers: { authorization } })
    expect(reply).toMatchObject({ status: 200, text: 'fine' })
  })
})

async function countRecords(): Promise<number> {
  const metrics = await sallyport.metrics()
  return metrics.get('sallyport_audit_records_written_total') ?? 0
}

describe('after all of it', { timeout: wayTimeoutMs }, () => {
  it('memory, descriptors and handles are what they were', async () => {
    await settle(before)
    const after = await readSettledStanding()
    const kibibytes = (bytes: number): string => `${Math.round(bytes / 1_024)} KiB`
    const measures = ['heapBytes', 'externalBytes', 'residentBytes'] as const
    const memory = measures.map(
      (name) => `${name} ${kibibytes(before[name])} -> ${kibibytes(after[name])}`,
    )
    process.stdout.write(
      `${sent.size} requests and ${rounds.headerless + warmUp} half headers: ` +
        `descriptors ${before.openFiles?.descriptors} -> ${after.openFiles?.descriptors}, ` +
        `handles ${before.resources} -> ${after.resources}, ${memory.join(', ')}\n`,
    )
    expect(sent.size + rounds.headerless).toBeGreaterThan(10_000)
    expect(after.heapBytes - before.heapBytes).toBeLessThan(maxHeapGrowthBytes)
    expect(after.externalBytes - before.externalBytes).toBeLessThan(maxExternalGrowthBytes)
    expect(after.residentBytes - before.residentBytes).toBeLessThan(maxResidentGrowthBytes)
  })

  it('every request has one record, which says what became of it', async () => {
    const byRequest = new Map<string, DecisionRecord[]>()
    for (const record of await sallyport.records()) {
      const id = record.request_id ?? ''
      byRequest.set(id, [...(byRequest.get(id) ?? []), record])
    }
    const unaccounted = [...sent].filter((id) => byRequest.get(id)?.length !== 1)
    expect(unaccounted).toEqual([])

    const outcomes = new Map<string, Set<string>>()
    for (const id of sent) {
      const way = id.slice(0, id.indexOf('.'))
      const [record] = byRequest.get(id) ?? []
      const { kind, by, code } = record?.outcome ?? { kind: 'none' }
      const kinds = outcomes.get(way) ?? new Set()
      outcomes.set(way, kinds.add([kind, by ?? code].join(' ')))
    }
    const expected: Readonly<Record<string, readonly string[]>> = {
      ...Object.fromEntries(
        killings.map((how) => [how, ['aborted upstream', 'failed ERR_UPSTREAM_RESET']]),
      ),
      silent: ['aborted client'],
      uploading: ['aborted client'],
      downloading: ['aborted client'],
      issuer: ['aborted client', 'refused token_key_unknown', 'refused issuer_unavailable'],
    }
    const unexpected = [...outcomes].flatMap(([way, kinds]) =>
      [...kinds]
        .filter((kind) => expected[way]?.includes(kind) !== true)
        .map((kind) => [way, kind]),
    )
    expect(unexpected).toEqual([])
    expect(outcomes.size).toBe(Object.keys(expected).length)
  })

  it('the counters agree with the records', async () => {
    const metrics = await sallyport.metrics()
    const counted = [...metrics]
      .filter(([name]) => name.startsWith('sallyport_gateway_requests_total{'))
      .reduce((sum, [, value]) => sum + value, 0)
    expect(counted).toBe((await sallyport.records()).length)
    expect(metrics.get('sallyport_audit_records_lost_total')).toBe(0)
    expect(metrics.get('sallyport_gateway_dropped_connections_total')).toBe(0)
  })

  it('a request is served as before, and the process ends in peace', async () => {
    const authorization = `Bearer ${token}`
    const reply = await ask(sallyport.gateway, '/files/a', { headers: { authorization } })
    expect(reply).toMatchObject({ status: 200, text: 'fine' })
    expect(sallyport.log().filter(({ level }) => level === 'error')).toEqual([])
    sallyport.signal('SIGTERM')
    expect(await sallyport.exited).toBe(0)
  })
})
