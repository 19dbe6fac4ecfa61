import type { Socket } from 'node:net'
import { DirectRequest } from '../service/direct-request.ts'
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
export class GatewayRequest extends DirectRequest {
  #fields: HeaderFields | null = null

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
  if (last === now) return true
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
