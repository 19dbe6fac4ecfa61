import { discardBody, leavesMuch } from '../enforce/discard.ts'
import { refuse } from '../model/refusal.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import type { Exchange } from './exchange.ts'
import type { Services } from './services.ts'
import type { Reply } from '../model/reply.ts'

const prefix = '/.well-known/sallyport/'
const jwksPath = `${prefix}jwks.json`

/** Paths the gateway answers itself, on every host; no route may claim them. */
export function isReserved(path: string): boolean {
  return path.startsWith(prefix)
}

export function serveReserved(exchange: Exchange, facts: RequestFacts, services: Services): void {
  if (facts.path !== jwksPath) {
    exchange.refused(refuse('route_unknown', 'Nothing at this reserved path'))
  } else if (facts.method !== 'GET' && facts.method !== 'HEAD') {
    exchange.refused(refuse('method_unknown', 'The key set can only be read'), ['GET', 'HEAD'])
  } else {
    answerJson(exchange, 'application/jwk-set+json', services.minter.jwks())
  }
}

/** Ends the exchange with a document of our own. */
export function answerJson(exchange: Exchange, type: string, document: object): void {
  const { req, res } = exchange
  const closes = exchange.closing || leavesMuch(req)
  if (closes) exchange.connection.closing = true
  writeJson(res, type, JSON.stringify(document), closes)
  discardBody(req, res)
  exchange.answered(200)
}

function writeJson(res: Reply, type: string, body: string, closing: boolean): void {
  const headers = [
    'Content-Type',
    type,
    'Content-Length',
    String(Buffer.byteLength(body)),
    // Short enough that a new key is known before tokens signed with it are refused for long.
    'Cache-Control',
    'public, max-age=60',
    'X-Content-Type-Options',
    'nosniff',
  ]
  if (closing) headers.push('Connection', 'close')
  res.writeHead(200, 'OK', headers)
  res.end(body)
}
