import { Agent, type OutgoingHttpHeaders, request } from 'node:http'

export interface SteadyLoad {
  /** Requests begun by now. */
  readonly begun: number
  /** Ends it once what is under way is over, and says what came of every request. */
  stop(): Promise<ReadonlyMap<string, number>>
}

const timeoutMs = 60_000

/**
 * Asks over so many kept connections at a time, each its next question once it has the answer to the
 * last. A failed request is not sent again: whatever goes wrong is counted by its code.
 */
export function startLoad(
  origin: string,
  paths: readonly string[],
  headers: OutgoingHttpHeaders,
  connections: number,
): SteadyLoad {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const outcomes = new Map<string, number>()
  const stopping = new AbortController()
  let begun = 0
  const one = (): Promise<string> =>
    new Promise((resolve) => {
      const path = paths[begun % paths.length] ?? '/'
      begun += 1
      const req = request(`${origin}${path}`, { agent, headers, timeout: timeoutMs }, (res) => {
        res.resume()
        res.on('end', () => resolve(String(res.statusCode)))
        res.on('error', (error: NodeJS.ErrnoException) => resolve(`cut: ${error.code}`))
      })
      req.on('timeout', () => req.destroy(Object.assign(new Error('silent'), { code: 'SILENT' })))
      req.on('error', ({ code = 'ERROR' }: NodeJS.ErrnoException) => {
        resolve(req.reusedSocket ? code : `${code} on a new connection`)
      })
      req.end()
    })
  const loops = Array.from({ length: connections }, async () => {
    while (!stopping.signal.aborted) {
      const outcome = await one()
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
  })
  return {
    get begun() {
      return begun
    },
    async stop() {
      stopping.abort()
      await Promise.all(loops)
      agent.destroy()
      return outcomes
    },
  }
}
