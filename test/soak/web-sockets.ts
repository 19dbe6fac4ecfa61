import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { startEchoChild, startGatewayChild } from './gateway-child.ts'
import type { GatewayUsage } from './gateway-process.ts'

export interface Held {
  /** Connections open at the same time. */
  readonly count: number
  /** Those of the subject that was denied. */
  readonly cut: number
  readonly openedInMs: number
  /** Resident memory of the gateway for each connection, both of its ends. */
  readonly bytesEach: number
  readonly heapBytesEach: number
  /** From the moment the changed policies decide to the end of the last, as its client sees it. */
  readonly cutInMs: number
  /** The same from before they are compiled. */
  readonly changedInMs: number
  /** Processor time of the gateways meanwhile. */
  readonly cutCpuMs: number
  readonly longestTurnMs: number
  /** What the others were told afterwards came back. */
  readonly othersAlive: boolean
}

const key = 'dGhlIHNhbXBsZSBub25jZQ=='
const closeFrame = Buffer.from([0x88, 2, 0x03, 0xf0])
const batch = 100

/**
 * Holds so many WebSockets, every so manieth of one subject, and takes that subject's permission away.
 * With more than one gateway each has its share, as worker processes have: a gateway needs two file
 * descriptors for each WebSocket.
 */
export async function holdWebSockets(count: number, gatewayCount = 1, everyNth = 4): Promise<Held> {
  const isMallory = (index: number): boolean => index % everyNth === 0
  const upstream = await startEchoChild()
  const gateways = await Promise.all(
    Array.from({ length: gatewayCount }, () =>
      startGatewayChild(`http://127.0.0.1:${upstream.port}`),
    ),
  )
  const sockets: Socket[] = []
  const openMore = async (size: number): Promise<void> => {
    const start = sockets.length
    const opened = Array.from({ length: size }, (_, index) => {
      const gateway = gateways[(start + index) % gateways.length]
      if (gateway === undefined) throw new Error('There is a gateway')
      const name = isMallory(start + index) ? 'mallory' : `user-${start + index}`
      return open(gateway.port, name)
    })
    sockets.push(...(await Promise.all(opened)))
  }
  const usage = async (): Promise<readonly GatewayUsage[]> =>
    await Promise.all(gateways.map((gateway) => gateway.usage()))
  try {
    await openMore(batch)
    const before = await usage()
    const startedAtMs = performance.now()
    while (sockets.length < count) await openMore(Math.min(batch, count - sockets.length))
    const openedInMs = Math.round(performance.now() - startedAtMs)
    const held = await usage()
    const ends = sockets.filter((_, index) => isMallory(index)).map(endOf)
    const deniedAtMs = performance.now()
    await Promise.all(gateways.map((gateway) => gateway.deny('mallory')))
    const decidedAtMs = performance.now()
    await Promise.all(ends)
    const endedAtMs = performance.now()
    const after = await usage()
    const grown = (of: 'rssBytes' | 'heapBytes'): number =>
      Math.round((sum(held, of) - sum(before, of)) / (count - batch))
    return {
      count: sum(held, 'openStreams'),
      cut: ends.length,
      openedInMs,
      bytesEach: grown('rssBytes'),
      heapBytesEach: grown('heapBytes'),
      cutInMs: Math.round(endedAtMs - decidedAtMs),
      changedInMs: Math.round(endedAtMs - deniedAtMs),
      cutCpuMs: Math.round(sum(after, 'cpuMs') - sum(held, 'cpuMs')),
      longestTurnMs: Math.round(Math.max(...after.map(({ longestTurnMs }) => longestTurnMs))),
      othersAlive: await areAlive(sockets.filter((_, index) => !isMallory(index))),
    }
  } finally {
    for (const socket of sockets) socket.destroy()
    await Promise.all(gateways.map((gateway) => gateway.close()))
    upstream.close()
  }
}

function sum(usage: readonly GatewayUsage[], of: keyof GatewayUsage): number {
  return usage.reduce((total, one) => total + one[of], 0)
}

async function open(port: number, name: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(
    `GET /sockets/a HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer ${name}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  )
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  if (!chunk.toString('latin1').startsWith('HTTP/1.1 101')) throw new Error(chunk.toString())
  return socket
}

/** Settles when the socket was closed for a violation of policy. */
async function endOf(socket: Socket): Promise<void> {
  const [chunk] = (await once(socket, 'data')) as [Buffer]
  if (!chunk.equals(closeFrame)) throw new Error(`Not a closing frame: ${chunk.toString('hex')}`)
  socket.end()
}

async function areAlive(sockets: readonly Socket[]): Promise<boolean> {
  const answers = sockets.map(async (socket) => {
    socket.write('?')
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    return chunk.toString() === '?'
  })
  return (await Promise.all(answers)).every(Boolean)
}

if (import.meta.filename === process.argv[1]) {
  const count = Number(process.argv[2] ?? 10_000)
  const held = await holdWebSockets(
    count,
    Number(process.argv[3] ?? 2),
    Number(process.argv[4] ?? 4),
  )
  process.stdout.write(`${JSON.stringify(held, null, 2)}\n`)
  const isFine = held.count === count && held.cutInMs < 1_000 && held.othersAlive
  process.exitCode = isFine ? 0 : 1
}
