import { once } from 'node:events'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { Duplex } from 'node:stream'
import { afterEach, describe, expect, it } from 'vitest'
import type { Authenticator } from '../../src/authenticate/authenticate.ts'
import type { Identity } from '../../src/model/identity.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import {
  eventually,
  type FrontDoor,
  type FrontDoorOptions,
  identityOf,
  openFrontDoor,
  policyText,
  rolesText,
  routesText,
} from './front-door.ts'
import { acceptSockets, openWebSocket, type RawClient, serverFrame } from './web-socket.ts'

let door: FrontDoor | null = null
const clients: RawClient[] = []

afterEach(async () => {
  for (const { socket } of clients.splice(0)) socket.destroy()
  await door?.close()
  door = null
})

/** Answers with a beginning, and leaves it at that. */
async function openDoor(options: FrontDoorOptions = {}): Promise<FrontDoor> {
  door = await openFrontDoor((req, res) => {
    if (req.url === '/files/silent') return
    res.writeHead(200, { 'content-type': 'text/event-stream' })
    res.write('data: 1\n\n')
  }, options)
  return door
}

/** The set without the subject, or other routes. */
function swap(opened: FrontDoor, text: { policy?: string; routes?: string }): void {
  const { policies, routes, diagnostics } = compilePolicies([
    { path: 'file.yaml', text: text.policy ?? policyText },
    { path: 'roles.yaml', text: rolesText },
    { path: 'routes.yaml', text: text.routes ?? routesText(opened.upstreamOrigin) },
  ])
  if (policies === null || routes === null) throw new Error(JSON.stringify(diagnostics))
  opened.holder.swap(policies, routes)
}

const withoutAlice = `${policyText}  - id: not-alice
    deny: [view, edit]
    when: subject.id == "alice"
`

async function webSocket(opened: FrontDoor, name: string, path = '/sockets/a'): Promise<RawClient> {
  const client = openWebSocket(opened.port, { name, path })
  clients.push(client)
  await eventually(() => client.status() === 101, 'the switch')
  return client
}

const policyViolation = Buffer.from([0x88, 2, 0x03, 0xf0])

function outcomesOf(opened: FrontDoor, kind: string): unknown[] {
  return opened.records.map(({ outcome }) => outcome).filter((outcome) => outcome.kind === kind)
}

async function beginStream(opened: FrontDoor, name: string): Promise<IncomingMessage> {
  const req = request({
    port: opened.port,
    path: '/files/a',
    headers: { authorization: `Bearer ${name}` },
  })
  req.on('error', () => {})
  req.end()
  const [res] = (await once(req, 'response')) as [IncomingMessage]
  res.on('error', () => {})
  res.resume()
  return res
}

/** A request that is never answered. */
function beginSilence(opened: FrontDoor, method: string): ClientRequest {
  const headers = { authorization: 'Bearer alice' }
  const req = request({ port: opened.port, path: '/files/silent', method, headers })
  req.on('error', () => {})
  return req
}

/** Long enough to count as a stream. */
async function becomeOld(opened: FrontDoor, count: number): Promise<void> {
  await eventually(() => opened.gateway.openStreams >= count, `${count} that are open long enough`)
}

describe('a switched connection', () => {
  it('of a subject is cut when a policy change ends the permission, and no other', async () => {
    const opened = await openDoor()
    acceptSockets(opened.upstream)
    const alices = await Promise.all([1, 2, 3].map(() => webSocket(opened, 'alice')))
    const bob = await webSocket(opened, 'bob')
    swap(opened, { policy: withoutAlice })
    await eventually(() => alices.every(({ closed }) => closed), 'the end of three')
    for (const client of alices) expect(client.body()).toEqual(policyViolation)
    expect(outcomesOf(opened, 'cut')).toEqual(
      alices.map(() => ({
        kind: 'cut',
        status: 101,
        code: 'denied_by_rule',
        rules: ['file/not-alice'],
        policyDigest: opened.holder.current.policies.digest,
      })),
    )
    expect(opened.logs.filter(({ message }) => message.startsWith('Cut'))).toHaveLength(3)
    await eventually(() => opened.gateway.openStreams === 1, 'only one left')
    const metrics = await opened.registry.metrics()
    expect(metrics).toContain('sallyport_gateway_streams_cut_total{reason="denied_by_rule"} 3')
    expect(metrics).toContain('sallyport_gateway_open_streams{kind="upgrade"} 1')
    bob.socket.write('still here')
    await eventually(() => bob.body().toString() === 'still here', 'an echo')
  })

  it.each([
    ['is gone', (text: string) => text.replaceAll('/sockets/', '/plugs/'), 'route_unknown'],
    [
      'switches no longer',
      (text: string) => text.replace('upgrade: [websocket, chat/1]', 'upgrade: chat/1'),
      'upgrade_not_supported',
    ],
    [
      'asks something else',
      (text: string) => text.replaceAll('id: path.id', `id: '"vault" + path.id'`),
      'denied_by_rule',
    ],
  ])('is cut when its route %s', async (_how, change, code) => {
    const opened = await openDoor()
    acceptSockets(opened.upstream)
    const client = await webSocket(opened, 'alice')
    swap(opened, { routes: change(routesText(opened.upstreamOrigin)) })
    await eventually(() => client.closed, 'the end')
    expect(outcomesOf(opened, 'cut')).toMatchObject([{ code }])
  })

  it('breaks off in the middle of a frame', async () => {
    const opened = await openDoor()
    const sockets: Duplex[] = []
    acceptSockets(opened.upstream, (socket) => {
      socket.resume()
      sockets.push(socket)
    })
    const client = await webSocket(opened, 'alice')
    const frame = serverFrame('x'.repeat(1_000))
    sockets[0]?.write(frame.subarray(0, 500))
    await eventually(() => client.body().length === 500, 'half a frame')
    swap(opened, { policy: withoutAlice })
    await eventually(() => client.closed, 'the end')
    expect(client.body()).toEqual(frame.subarray(0, 500))
    await eventually(
      () => sockets[0]?.readableEnded === true || sockets[0]?.destroyed === true,
      'the end for the upstream',
    )
  })

  it('gets nothing more of the upstream once it is cut', async () => {
    const opened = await openDoor()
    acceptSockets(opened.upstream, (socket) => {
      socket.on('close', () => clearInterval(timer))
      const timer = setInterval(() => socket.write(serverFrame('tick')), 1)
    })
    const client = await webSocket(opened, 'alice')
    await eventually(() => client.body().length > 60, 'some frames')
    swap(opened, { policy: withoutAlice })
    await eventually(() => client.closed, 'the end')
    expect(client.body().subarray(-4)).toEqual(policyViolation)
    expect(client.body().indexOf(policyViolation)).toBe(client.body().length - 4)
  })

  it('is cut when the policy changed while its handshake was under way', async () => {
    const opened = await openDoor()
    acceptSockets(opened.upstream)
    opened.upstream.prependListener('upgrade', () => swap(opened, { policy: withoutAlice }))
    const client = openWebSocket(opened.port)
    clients.push(client)
    await eventually(() => client.closed, 'the end')
    expect(outcomesOf(opened, 'cut')).toMatchObject([{ code: 'denied_by_rule' }])
  })

  it('survives a change that leaves it permitted, and is asked about by the set of now', async () => {
    const opened = await openDoor()
    acceptSockets(opened.upstream)
    const client = await webSocket(opened, 'alice')
    swap(opened, { policy: `${policyText}# says the same\n` })
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(client.closed).toBe(false)
    swap(opened, { policy: withoutAlice })
    await eventually(() => client.closed, 'the end')
  })
})

describe('a token', () => {
  function expiring(inMs: number): Authenticator {
    const identity: Identity = { ...identityOf('alice'), expiresAtS: (Date.now() + inMs) / 1_000 }
    return { authenticate: () => identity }
  }

  it('that expires ends what was switched over with it', async () => {
    const opened = await openDoor({ authenticator: expiring(600) })
    acceptSockets(opened.upstream)
    const client = await webSocket(opened, 'alice')
    await eventually(() => client.closed, 'the end')
    expect(client.body()).toEqual(policyViolation)
    expect(outcomesOf(opened, 'cut')).toMatchObject([{ status: 101, code: 'token_expired' }])
  })

  it('ends nothing within the clock skew that it was accepted in', async () => {
    const opened = await openDoor({ authenticator: expiring(-1_000), clockSkewMs: 30_000 })
    acceptSockets(opened.upstream)
    const client = await webSocket(opened, 'alice')
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(client.closed).toBe(false)
  })
})

/** A clock that stands until it is set forward, and a policy that permits for the next minute of it. */
function lastMinute(): { clock: { nowMs: () => number }; policy: string; pass: () => void } {
  let nowMs = Date.now()
  const until = new Date(nowMs + 60_000).toISOString()
  const when = `roles: [staff]\n    when: now < timestamp("${until}")`
  return {
    clock: { nowMs: () => nowMs },
    policy: policyText.replace('roles: [staff]', when),
    pass: () => {
      nowMs += 61_000
    },
  }
}

describe('a condition that reads the clock', () => {
  it('is asked again every now and then', async () => {
    const { clock, policy, pass } = lastMinute()
    const opened = await openDoor({ listen: { recheckIntervalMs: 200 }, policy, clock })
    acceptSockets(opened.upstream)
    const client = await webSocket(opened, 'alice')
    pass()
    await eventually(() => client.closed, 'the end')
    expect(outcomesOf(opened, 'cut')).toMatchObject([{ code: 'no_applicable_rule' }])
  })
})

describe('a response under way', () => {
  it('never looks complete when it is cut, and becomes the denial when it has not begun', async () => {
    const opened = await openDoor()
    const alice = await beginStream(opened, 'alice')
    const bob = await beginStream(opened, 'bob')
    const waiting = beginSilence(opened, 'GET')
    const uploading = beginSilence(opened, 'PUT')
    uploading.write('a beginning')
    const answers = Promise.all([waiting, uploading].map((req) => once(req, 'response')))
    waiting.end()
    await becomeOld(opened, 4)
    swap(opened, { policy: withoutAlice })
    await eventually(() => alice.closed, 'the end')
    expect(alice.complete).toBe(false)
    expect(bob.destroyed).toBe(false)
    for (const [res] of (await answers) as [IncomingMessage][]) {
      expect(res.statusCode).toBe(403)
      res.resume()
    }
    await eventually(() => opened.records.length === 3, 'the records')
    expect(outcomesOf(opened, 'cut')).toMatchObject([
      { status: 200, code: 'denied_by_rule' },
      { status: 403, code: 'denied_by_rule' },
      { status: 403, code: 'denied_by_rule' },
    ])
    expect(opened.gateway.inFlight).toBe(1)
    uploading.destroy()
    bob.destroy()
  })

  it('that began just before the change is cut a little later', async () => {
    const opened = await openDoor()
    const alice = await beginStream(opened, 'alice')
    swap(opened, { policy: withoutAlice })
    await eventually(() => alice.closed, 'the end')
    expect(alice.complete).toBe(false)
  })
})

it('asks again about what somebody else says has changed', async () => {
  const { clock, policy, pass } = lastMinute()
  const opened = await openDoor({ policy, clock })
  acceptSockets(opened.upstream)
  const alice = await webSocket(opened, 'alice')
  const bob = await webSocket(opened, 'bob')
  pass()
  expect([alice.closed, bob.closed]).toEqual([false, false])
  opened.gateway.recheck(({ identity }) => identity?.subject.id === 'bob')
  await eventually(() => bob.closed, 'the end')
  expect(alice.closed).toBe(false)
})
