import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { JWK } from 'jose'

/** A real HTTP server that plays an issuer, well behaved or not. */
export interface IssuerServer {
  readonly issuer: string
  keys: readonly unknown[]
  /** Answers a path in another way than a good issuer does. */
  readonly misbehaviour: Map<string, (response: ServerResponse) => void>
  readonly requests: string[]
  close(): Promise<void>
}

export const metadataPath = '/.well-known/openid-configuration'
export const keySetPath = '/jwks'

export async function startIssuerServer(
  keys: readonly JWK[] = [],
  port = 0,
): Promise<IssuerServer> {
  const http = createServer((request, response) => {
    const path = request.url ?? ''
    server.requests.push(path)
    const misbehave = server.misbehaviour.get(path)
    if (misbehave !== undefined) {
      misbehave(response)
      return
    }
    if (path === metadataPath) {
      answerJson(response, { issuer: server.issuer, jwks_uri: `${server.issuer}${keySetPath}` })
    } else if (path === keySetPath) {
      answerJson(response, { keys: server.keys })
    } else {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => {
    http.listen(port, '127.0.0.1', resolve)
  })
  const server: IssuerServer = {
    issuer: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    keys,
    misbehaviour: new Map(),
    requests: [],
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve())
        http.closeAllConnections()
      }),
  }
  return server
}

export function answerJson(response: ServerResponse, document: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document))
}

export function countOf(server: IssuerServer, path: string): number {
  return server.requests.filter((request) => request === path).length
}
