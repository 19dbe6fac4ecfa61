import { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { DirectHead } from './direct-head.ts'
import { HeaderFields } from './header-fields.ts'

/** What the header was that came last on each connection. */
const lastHeaders = new WeakMap<Socket, LastHeader>()

interface LastHeader {
  rawHeaders: string[]
  fields: HeaderFields
}

/**
 * A request whose header is read once. node:http asks every request for its `headers`, which lower-
 * cases and joins all fields anew (over a microsecond for an ordinary request); here it gets the few
 * it reads. Whoever needs more reads `rawHeaders`.
 *
 * Clients send the same header again and again on one connection. It is then not read again, and
 * `rawHeaders` is the very array it was before.
 */
export class GatewayRequest extends IncomingMessage {
  #fields: HeaderFields | null = null

  /** A whole request without a body. */
  readDirectly({ method, target, rawHeaders, fields }: DirectHead): void {
    this.httpVersionMajor = 1
    this.httpVersionMinor = 1
    this.httpVersion = '1.1'
    this.method = method
    this.url = target
    this.rawHeaders = rawHeaders
    this.#fields = fields
    this.complete = true
    // What node:http does with one that has no body: there is nothing to read, and nothing is told.
    const message = this as unknown as { _dumpAndCloseReadable(): void }
    message._dumpAndCloseReadable()
  }

  get fields(): HeaderFields {
    this.#fields ??= this.#read()
    return this.#fields
  }

  #read(): HeaderFields {
    const { socket, rawHeaders } = this
    const last = lastHeaders.get(socket)
    if (last === undefined) {
      const fields = new HeaderFields(rawHeaders)
      lastHeaders.set(socket, { rawHeaders, fields })
      return fields
    }
    if (isSame(last.rawHeaders, rawHeaders)) {
      this.rawHeaders = last.rawHeaders
      return last.fields
    }
    last.rawHeaders = rawHeaders
    last.fields = new HeaderFields(rawHeaders)
    return last.fields
  }
}

/** To the letter: names in another spelling are another header. */
function isSame(last: readonly string[], now: readonly string[]): boolean {
  if (last.length !== now.length) return false
  for (let index = 0; index < now.length; index += 1) {
    if (last[index] !== now[index]) return false
  }
  return true
}

Object.defineProperty(GatewayRequest.prototype, 'headers', {
  get(this: GatewayRequest) {
    return this.fields.forNode()
  },
})
