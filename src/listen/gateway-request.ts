import { IncomingMessage } from 'node:http'
import { HeaderFields } from './header-fields.ts'

/**
 * A request whose header is read once. node:http asks every request for its `headers`, which lower-
 * cases and joins all fields anew (over a microsecond for an ordinary request); here it gets the few
 * it reads. Whoever needs more reads `rawHeaders`.
 */
export class GatewayRequest extends IncomingMessage {
  #fields: HeaderFields | null = null

  get fields(): HeaderFields {
    this.#fields ??= new HeaderFields(this.rawHeaders)
    return this.#fields
  }
}

Object.defineProperty(GatewayRequest.prototype, 'headers', {
  get(this: GatewayRequest) {
    return this.fields.forNode()
  },
})
