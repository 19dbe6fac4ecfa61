import { createServer, type Server, type Socket } from 'node:net'
import { listenOn } from '../gateway/front-door.ts'
import { type Broken, type Message, readRequest, type Unfinished } from './strict-reader.ts'

/** One connection as the upstream saw it. */
export interface UpstreamConnection {
  readonly requests: Message[]
  /** What came that is no whole request, if anything did. */
  rest: Unfinished | Broken | null
  closed: boolean
}

export interface TaggingUpstream {
  readonly server: Server
  readonly port: number
  readonly connections: UpstreamConnection[]
  close(): Promise<void>
}

export type Respond = (socket: Socket, request: Message, connection: UpstreamConnection) => void

/**
 * A raw TCP server that reads what it is sent by the letter, keeps all of it apart by connection,
 * and leaves the answers to `respond`.
 */
export async function startTaggingUpstream(respond: Respond): Promise<TaggingUpstream> {
  const connections: UpstreamConnection[] = []
  const sockets = new Set<Socket>()
  const server = createServer({ noDelay: true }, (socket) => {
    const connection: UpstreamConnection = { requests: [], rest: null, closed: false }
    connections.push(connection)
    sockets.add(socket)
    let pending = ''
    socket.on('data', (chunk: Buffer) => {
      pending += chunk.toString('latin1')
      for (;;) {
        if (pending === '') return
        const reading = readRequest(pending)
        connection.rest = reading.kind === 'message' ? null : reading
        if (reading.kind !== 'message') return
        pending = pending.slice(reading.end)
        connection.requests.push(reading)
        respond(socket, reading, connection)
      }
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      connection.closed = true
      sockets.delete(socket)
    })
  })
  const port = await listenOn(server as never)
  return {
    server,
    port,
    connections,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

/** Says in its body which request it answers; the client checks that it got its own. */
export function taggedAnswer(request: Message): string {
  const [method, target] = request.first
  const body = `answer to ${method} ${target} with ${request.body.length}\n`
  const head = `HTTP/1.1 200 OK\r\nX-Answers: ${target}\r\nContent-Length: ${body.length}\r\n\r\n`
  return method === 'HEAD' ? head : head + body
}
