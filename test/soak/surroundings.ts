import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createSigningKey, type SigningKey } from '../authenticate/signing-key.ts'
import { acceptSockets } from '../gateway/web-socket.ts'

export const audience = 'soak'

/** A server that can go away and come back on its port. */
class Flickering {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #port = 0

  constructor(answer: (req: IncomingMessage, res: ServerResponse) => void) {
    this.#server = createServer(answer)
    this.#server.keepAliveTimeout = 30_000
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.once('close', () => this.#sockets.delete(socket))
    })
  }

  get server(): Server {
    return this.#server
  }

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async up(): Promise<void> {
    if (this.#server.listening) return
    await new Promise<void>((resolve) => {
      this.#server.listen(this.#port, '127.0.0.1', resolve)
    })
    this.#port = (this.#server.address() as AddressInfo).port
  }

  /** As if it were killed: what is under way is reset. */
  async down(): Promise<void> {
    if (!this.#server.listening) return
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
    })
    for (const socket of this.#sockets) socket.resetAndDestroy()
    await closed
  }
}

/** The application: says back what it was asked, and remembers which requests reached it. */
export class Application extends Flickering {
  readonly seen = new Set<string>()
  delayMs = 0

  constructor() {
    super((req, res) => {
      const id = String(req.headers['x-request-id'])
      this.seen.add(id)
      const digest = createHash('sha256')
      req.on('data', (chunk: Buffer) => digest.update(chunk))
      req.on('error', () => res.destroy())
      req.on('end', () => {
        const answer = (): void => {
          res.setHeader('x-seen', `${id} ${req.url} ${String(req.headers['sallyport-subject'])}`)
          res.end(digest.digest('hex'))
        }
        if (this.delayMs === 0) answer()
        else setTimeout(answer, this.delayMs)
      })
    })
    acceptSockets(this.server)
  }
}

export class Issuer extends Flickering {
  readonly #keys: SigningKey[] = []

  constructor() {
    super((req, res) => {
      res.setHeader('content-type', 'application/json')
      if (req.url === '/.well-known/openid-configuration') {
        res.end(JSON.stringify({ issuer: this.origin, jwks_uri: `${this.origin}/jwks` }))
      } else res.end(JSON.stringify({ keys: this.#keys.map(({ publicJwk }) => publicJwk) }))
    })
  }

  /** Signs with a new key from now on; the one before is still published. */
  async rotate(): Promise<void> {
    this.#keys.push(await createSigningKey(`key-${Date.now()}`))
    if (this.#keys.length > 2) this.#keys.shift()
  }

  async token(subject: string, groups: readonly string[], lifetimeS = 3_600): Promise<string> {
    const key = this.#keys.at(-1)
    if (key === undefined) throw new Error('The issuer has no key')
    const nowS = Math.floor(Date.now() / 1_000)
    const exp = nowS + lifetimeS
    return key.sign({}, { iss: this.origin, aud: audience, sub: subject, groups, iat: nowS, exp })
  }
}
