import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { Registry } from 'prom-client'
import type { RecordEntry } from '../../src/audit/record.ts'
import { type Authenticator, createChain } from '../../src/authenticate/chain.ts'
import type { AuthenticationMethod } from '../../src/authenticate/method.ts'
import type { UpstreamTlsSource } from '../../src/upstream/connector.ts'
import { createIdentityTokenMinter } from '../../src/enforce/identity-token.ts'
import { defaultIdentityTokenOptions } from '../../src/enforce/options.ts'
import { createGateway, type Gateway } from '../../src/gateway/gateway.ts'
import type { ResourceMetadata } from '../../src/gateway/resource-metadata.ts'
import { SnapshotHolder } from '../../src/gateway/snapshot.ts'
import { Ledger } from '../../src/limit/ledger.ts'
import { defaultLimitOptions, type LimitOptions } from '../../src/limit/options.ts'
import { RateLimiter } from '../../src/limit/rate-limiter.ts'
import { defaultListenOptions, type ListenOptions } from '../../src/listen/options.ts'
import type { TlsSource } from '../../src/listen/tls-source.ts'
import { type Clock, systemClock } from '../../src/model/clock.ts'
import type { Identity } from '../../src/model/identity.ts'
import { refuse } from '../../src/model/refusal.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { defaultUpstreamOptions, type UpstreamOptions } from '../../src/upstream/options.ts'

/** What the tests' door guards: files anybody signed in may touch, and a vault for the steward. */
export const policyText = `resource: file
actions: [view, edit]
rules:
  - id: staff
    permit: [view, edit]
    roles: [staff]
  - id: not-the-vault
    deny: [view, edit]
    when: resource.id.startsWith("vault")
`
export const rolesText = `roles:
  staff: { when: '"staff" in subject.groups' }
  steward: { inherits: [staff], when: '"stewards" in subject.groups' }
`

interface LogLine {
  readonly level: string
  readonly message: string
  readonly fields: Record<string, unknown>
}

export interface FrontDoor {
  readonly gateway: Gateway
  readonly port: number
  readonly origin: string
  readonly upstreamOrigin: string
  readonly upstreamPort: number
  readonly upstream: Server
  readonly records: RecordEntry[]
  readonly logs: LogLine[]
  readonly registry: Registry
  readonly holder: SnapshotHolder
  close(): Promise<void>
}

export interface FrontDoorOptions {
  readonly listen?: Partial<ListenOptions>
  readonly upstream?: Partial<UpstreamOptions>
  readonly tls?: TlsSource | null
  readonly upstreamTls?: UpstreamTlsSource
  /** About files; default: `policyText`. */
  readonly policy?: string
  /** To this upstream; default: `routesText`. */
  readonly routes?: (upstream: string) => string
  readonly authenticator?: Authenticator
  readonly clockSkewMs?: number
  readonly limits?: Partial<LimitOptions>
  /** Where the routes point; default: the door's own upstream. */
  readonly upstreamOrigin?: string
  /** What routes call the door's own upstream; default: its address. */
  readonly upstreamName?: string
  readonly clock?: Clock
  readonly metadata?: ResourceMetadata
}

export function identityOf(name: string, groups: readonly string[] = ['staff']): Identity {
  return Object.freeze({
    subject: Object.freeze({ type: 'user', id: name, properties: Object.freeze({ groups }) }),
    issuer: 'https://idp.test',
    credential: 'bearer',
    confirmation: null,
    tokenId: null,
    sessionId: null,
    issuedAtS: null,
    expiresAtS: Math.floor(Date.now() / 1_000) + 3_600,
    acr: null,
    claims: Object.freeze({}),
  })
}

/** `Bearer NAME` is NAME of the staff; `Bearer guest` has no groups; `Bearer slow-NAME` takes a while. */
function namedAuthenticator(): Authenticator {
  const known = new Map<string, Identity>()
  const named: AuthenticationMethod = {
    kind: 'bearer',
    isOfConnection: false,
    finds: ({ authorization }) => authorization?.startsWith('Bearer ') === true,
    authenticate: ({ authorization }) => {
      const name = authorization?.replace(/^Bearer /, '') ?? ''
      if (name === 'expired') return refuse('token_expired', 'exp has passed')
      if (name === 'throws') throw new Error('the authenticator broke')
      let identity = known.get(name)
      if (identity === undefined) {
        identity = identityOf(name, name === 'guest' ? [] : ['staff'])
        known.set(name, identity)
      }
      if (!name.startsWith('slow')) return identity
      const settled = identity
      return new Promise((resolve) => {
        setTimeout(() => resolve(settled), 250)
      })
    },
  }
  return createChain([named])
}

export function routesText(upstream: string): string {
  return `routes:
  - upstream: ${upstream}
    paths:
      GET /files/{id}: { action: view, resource: file, id: path.id }
      POST /files/{id}: { action: edit, resource: file, id: path.id }
      PUT /files/{id}: { action: edit, resource: file, id: path.id }
      DELETE /files/{id}: { action: edit, resource: file, id: path.id }
      OPTIONS /files/{id}: { action: view, resource: file, id: path.id }
      GET /sockets/{id}:
        action: view
        resource: file
        id: path.id
        upgrade: [websocket, chat/1]
      POST /sockets/{id}: { action: edit, resource: file, id: path.id, upgrade: chat/1 }
`
}

export async function listenOn(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

type Handler = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>

/** A gateway on a real socket before a real upstream, with policies compiled from text. */
export async function openFrontDoor(
  handler: Handler,
  options: FrontDoorOptions = {},
): Promise<FrontDoor> {
  const upstream = createServer((req, res) => {
    Promise.resolve(handler(req, res)).catch(() => res.destroy())
  })
  const upstreamSockets = new Set<Socket>()
  upstream.on('connection', (socket) => {
    upstreamSockets.add(socket)
    socket.once('close', () => upstreamSockets.delete(socket))
  })
  const upstreamPort = await listenOn(upstream)
  const { upstreamName = '127.0.0.1' } = options
  const upstreamOrigin = options.upstreamOrigin ?? `http://${upstreamName}:${upstreamPort}`
  const { policies, routes, diagnostics } = compilePolicies([
    { path: 'file.yaml', text: options.policy ?? policyText },
    { path: 'roles.yaml', text: rolesText },
    { path: 'routes.yaml', text: (options.routes ?? routesText)(upstreamOrigin) },
  ])
  if (policies === null || routes === null) throw new Error(JSON.stringify(diagnostics))
  const holder = new SnapshotHolder(policies, routes)
  const records: RecordEntry[] = []
  const logs: LogLine[] = []
  const logAt =
    (level: string) =>
    (fields: object, message: string): void => {
      logs.push({ level, message, fields: fields as Record<string, unknown> })
    }
  const registry = new Registry()
  const gateway = createGateway({
    listen: {
      ...defaultListenOptions,
      port: 0,
      drainTimeoutMs: 2_000,
      drainIdleTimeoutMs: 0,
      // A machine that stands still for a while is not to look like an overload.
      overloadDelayMs: 0,
      ...options.listen,
    },
    upstream: { ...defaultUpstreamOptions, ...options.upstream },
    tls: options.tls ?? null,
    ...(options.upstreamTls === undefined ? null : { upstreamTls: options.upstreamTls }),
    holder,
    authenticator: options.authenticator ?? namedAuthenticator(),
    limiter:
      options.limits === undefined
        ? null
        : new RateLimiter(
            { ...defaultLimitOptions, ...options.limits },
            new Ledger({ maxBuckets: 1_000, syncIntervalMs: 100, shared: null }),
          ),
    minter: await createIdentityTokenMinter(defaultIdentityTokenOptions, systemClock),
    recorder: {
      record: (entry) => {
        records.push(entry)
      },
      reopen: () => {},
      close: () => Promise.resolve(),
    },
    log: {
      isLevelEnabled: () => true,
      debug: logAt('debug'),
      info: logAt('info'),
      warn: logAt('warn'),
      error: logAt('error'),
    },
    registry,
    clock: options.clock ?? systemClock,
    clockSkewMs: options.clockSkewMs ?? 0,
    metadata: options.metadata ?? null,
  })
  const { port } = await gateway.listen()
  return {
    gateway,
    port,
    origin: `http://127.0.0.1:${port}`,
    upstreamOrigin,
    upstreamPort,
    upstream,
    records,
    logs,
    registry,
    holder,
    close: async () => {
      upstream.closeAllConnections()
      await gateway.drain()
      // Some may have been opened meanwhile, and an upstream that does not read sees no end.
      for (const socket of upstreamSockets) socket.destroy()
      await new Promise((resolve) => upstream.close(resolve))
    },
  }
}

export async function readAll(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Waits until `condition` holds, for half a minute at most. */
export async function eventually(condition: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + 30_000
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Not within 30 s: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
