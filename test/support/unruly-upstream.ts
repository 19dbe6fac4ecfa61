import type { IncomingMessage, ServerResponse } from 'node:http'
import { startUpstream, type Upstream } from './upstream.ts'

const chunk = Buffer.alloc(65_536, 'x')

/** An application that dies, hangs or talks without end, as the path asks it to. */
export interface UnrulyUpstream extends Upstream {
  /** Settles when the request with this id has come. */
  arrived(id: string): Promise<void>
  /** Bytes taken from it of endless answers, all together. */
  readonly sentBytes: number
}

export const killings = ['length-fin', 'length-rst', 'chunked-fin', 'chunked-rst'] as const
const announced = 100_000

export async function startUnrulyUpstream(): Promise<UnrulyUpstream> {
  const waiting = new Map<string, () => void>()
  const come = new Set<string>()
  let sentBytes = 0

  function endless(res: ServerResponse): void {
    res.writeHead(200, { 'content-type': 'application/octet-stream' })
    const pour = (): void => {
      while (!res.destroyed) {
        sentBytes += chunk.length
        if (!res.write(chunk)) return
      }
    }
    res.on('drain', pour)
    pour()
  }

  function killed(req: IncomingMessage, res: ServerResponse, how: string): void {
    if (how.startsWith('length')) res.writeHead(200, { 'content-length': announced })
    else res.writeHead(200)
    res.write('a beginning', () => {
      if (how.endsWith('rst')) req.socket.resetAndDestroy()
      else req.socket.destroy()
    })
  }

  const upstream = await startUpstream((req, res) => {
    upstream.seen.length = 0
    const id = String(req.headers['x-request-id'])
    come.add(id)
    waiting.get(id)?.()
    const [, way = ''] = /^\/files\/([a-z]+(?:-[a-z]+)?)/.exec(req.url ?? '') ?? []
    if (killings.some((how) => how === way)) killed(req, res, way)
    else if (way === 'endless') endless(res)
    else if (way === 'greedy') req.resume()
    else if (way !== 'silent') {
      req.resume()
      res.end('fine')
    }
  })
  return {
    ...upstream,
    arrived: (id) =>
      come.has(id)
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.set(id, resolve)
          }),
    get sentBytes() {
      return sentBytes
    },
  }
}
