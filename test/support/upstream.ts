import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { listenOn } from '../gateway/front-door.ts'

/** A real application behind the gateway, which remembers what it was asked. */
export interface Upstream {
  readonly origin: string
  readonly server: Server
  readonly seen: IncomingMessage[]
  /** The request forwarded with this `X-Request-Id`. */
  request(id: string): IncomingMessage | undefined
  close(): Promise<void>
}

export async function startUpstream(
  answer: (req: IncomingMessage, res: ServerResponse) => void,
): Promise<Upstream> {
  const seen: IncomingMessage[] = []
  const server = createServer((req, res) => {
    seen.push(req)
    answer(req, res)
  })
  const port = await listenOn(server)
  return {
    origin: `http://127.0.0.1:${port}`,
    server,
    seen,
    request: (id) => seen.find(({ headers }) => headers['x-request-id'] === id),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
