import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Socket } from 'node:net'
import { answerJson } from '../issuers/issuer-server.ts'

/** A real HTTP server that plays an introspection endpoint, well behaved or not. */
export interface IntrospectionServer {
  readonly url: string
  /** By token; what is not here is not active. */
  readonly active: Map<string, object>
  /** Answers in place of a good one. */
  misbehave: ((response: ServerResponse) => void) | null
  readonly asked: { readonly form: URLSearchParams; readonly headers: IncomingHttpHeaders }[]
  readonly sockets: Set<Socket>
  close(): Promise<void>
}

export async function startIntrospectionServer(): Promise<IntrospectionServer> {
  const http = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString())
      server.asked.push({ form, headers: request.headers })
      if (server.misbehave !== null) return server.misbehave(response)
      const known = server.active.get(form.get('token') ?? '')
      return answerJson(response, known === undefined ? { active: false } : known)
    })
  })
  const sockets = new Set<Socket>()
  http.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve)
  })
  const server: IntrospectionServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/introspect`,
    active: new Map(),
    misbehave: null,
    asked: [],
    sockets,
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
  return server
}
