import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Writable } from 'node:stream'
import { type GatewayChild, startGatewayChild } from './gateway-child.ts'

export interface Passed {
  readonly uploadedBytes: number
  readonly downloadedBytes: number
  /** Resident memory before any of it. */
  readonly idleRssBytes: number
  /** Most resident memory of the gateway, in all, on the way up and on the way down. */
  readonly mostRssBytes: { readonly up: number; readonly down: number }
  readonly tookMs: number
  /** Processor time of the gateway. */
  readonly cpuMs: number
}

const mebibyte = 1_048_576
const chunk = Buffer.alloc(mebibyte, 'x')
const lookMs = 50

/** Sends a body of so many bytes up and another one down, in chunks or with a length. */
export async function passBodies(bytes: number, isChunked: boolean): Promise<Passed> {
  const framing = isChunked ? {} : { 'content-length': bytes }
  const upstream = createServer((req, res) => {
    const answer = async (): Promise<void> => {
      const received = await count(req)
      res.writeHead(200, { ...framing, 'x-received': received })
      await pour(res, bytes)
    }
    answer().catch(() => res.destroy())
  })
  upstream.listen(0, '127.0.0.1')
  await once(upstream, 'listening')
  const { port } = upstream.address() as AddressInfo
  const gateway = await startGatewayChild(`http://127.0.0.1:${port}`)
  try {
    const before = await gateway.usage()
    const startedAtMs = performance.now()
    const watchedUp = watchMemory(gateway)
    const req = request({
      port: gateway.port,
      path: '/files/a',
      method: 'PUT',
      headers: { authorization: 'Bearer alice', ...framing },
    })
    const answered = once(req, 'response')
    await pour(req, bytes)
    const [res] = (await answered) as [IncomingMessage]
    const up = await watchedUp.stop()
    const watchedDown = watchMemory(gateway)
    const downloadedBytes = await count(res)
    const tookMs = Math.round(performance.now() - startedAtMs)
    const down = await watchedDown.stop()
    const after = await gateway.usage()
    return {
      uploadedBytes: Number(res.headers['x-received']),
      downloadedBytes,
      idleRssBytes: before.rssBytes,
      mostRssBytes: { up, down },
      tookMs,
      cpuMs: Math.round(after.cpuMs - before.cpuMs),
    }
  } finally {
    await gateway.close()
    upstream.closeAllConnections()
    upstream.close()
  }
}

async function pour(to: Writable, bytes: number): Promise<void> {
  for (let left = bytes; left > 0; left -= chunk.length) {
    if (!to.write(left < chunk.length ? chunk.subarray(0, left) : chunk)) await once(to, 'drain')
  }
  to.end()
}

async function count(from: IncomingMessage): Promise<number> {
  let bytes = 0
  from.on('data', (part: Buffer) => {
    bytes += part.length
  })
  await once(from, 'end')
  return bytes
}

function watchMemory(gateway: GatewayChild): { stop(): Promise<number> } {
  const stopped = new AbortController()
  const look = async (): Promise<number> => {
    let most = 0
    while (!stopped.signal.aborted) {
      const { rssBytes } = await gateway.usage(false)
      most = Math.max(most, rssBytes)
      await new Promise((resolve) => setTimeout(resolve, lookMs))
    }
    return most
  }
  const looking = look()
  return {
    stop: async () => {
      stopped.abort()
      return await looking
    },
  }
}

if (import.meta.filename === process.argv[1]) {
  const bytes = Number(process.argv[2] ?? 5_120) * mebibyte
  for (const isChunked of [false, true]) {
    const passed = await passBodies(bytes, isChunked)
    const { up, down } = passed.mostRssBytes
    const mostRssMiB = [up, down].map((most) => Math.round(most / mebibyte))
    process.stdout.write(`${JSON.stringify({ isChunked, ...passed, mostRssMiB }, null, 2)}\n`)
    const isWhole = passed.uploadedBytes === bytes && passed.downloadedBytes === bytes
    if (!isWhole || mostRssMiB.some((most) => most >= 200)) process.exitCode = 1
  }
}
