import type { IncomingHttpHeaders } from 'node:http'
import { fieldKind, fieldKindOf } from './field-kind.ts'

/**
 * The fields `listen` decides from, found in one pass over the raw header. Of a field that may come
 * once only the first value is kept and the count tells the rest; lists are joined in order.
 */
export class HeaderFields {
  host: string | null = null
  hostCount = 0
  authorization: string | null = null
  authorizationCount = 0
  dpop: string | null = null
  dpopCount = 0
  apiKey: string | null = null
  apiKeyCount = 0
  contentLength: string | null = null
  contentLengthCount = 0
  transferEncoding: string | null = null
  transferEncodingCount = 0
  expect: string | null = null
  upgrade: string | null = null
  te: string | null = null
  requestId: string | null = null
  requestIdCount = 0
  forwardedFor: string | null = null
  forwardedProto: string | null = null
  forwardedHost: string | null = null
  forwarded: string | null = null
  /** Name of the first field that is refused for its name. */
  refusedName: string | null = null

  constructor(rawHeaders: readonly string[]) {
    for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
      const name = rawHeaders[index] ?? ''
      const kind = fieldKindOf(name)
      if (kind !== fieldKind.ordinary) this.#take(kind, name, rawHeaders[index + 1] ?? '')
    }
  }

  #take(kind: number, name: string, value: string): void {
    switch (kind) {
      case fieldKind.host:
        this.host ??= value
        this.hostCount += 1
        break
      case fieldKind.authorization:
        this.authorization ??= value
        this.authorizationCount += 1
        break
      case fieldKind.dpop:
        this.dpop ??= value
        this.dpopCount += 1
        break
      case fieldKind.apiKey:
        this.apiKey ??= value
        this.apiKeyCount += 1
        break
      case fieldKind.contentLength:
        this.contentLength ??= value
        this.contentLengthCount += 1
        break
      case fieldKind.transferEncoding:
        this.transferEncoding ??= value
        this.transferEncodingCount += 1
        break
      case fieldKind.requestId:
        this.requestId ??= value
        this.requestIdCount += 1
        break
      case fieldKind.expect:
        this.expect = join(this.expect, value)
        break
      case fieldKind.upgrade:
        this.upgrade = join(this.upgrade, value)
        break
      case fieldKind.te:
        this.te = join(this.te, value)
        break
      case fieldKind.forwardedFor:
        this.forwardedFor = join(this.forwardedFor, value)
        break
      case fieldKind.forwardedProto:
        this.forwardedProto = join(this.forwardedProto, value)
        break
      case fieldKind.forwardedHost:
        this.forwardedHost = join(this.forwardedHost, value)
        break
      case fieldKind.forwarded:
        this.forwarded = join(this.forwarded, value)
        break
      default:
        this.refusedName ??= name
    }
  }

  /** What node:http itself reads of a request's headers: presence of a body, `Expect` and `TE`. */
  forNode(): IncomingHttpHeaders {
    if (this.contentLength === null && this.transferEncoding === null && this.expect === null) {
      if (this.te === null) return noHeaders
    }
    return {
      ...(this.contentLength === null ? null : { 'content-length': this.contentLength }),
      ...(this.transferEncoding === null ? null : { 'transfer-encoding': this.transferEncoding }),
      ...(this.expect === null ? null : { expect: this.expect }),
      ...(this.te === null ? null : { te: this.te }),
    }
  }
}

const noHeaders: IncomingHttpHeaders = Object.freeze({})

function join(list: string | null, value: string): string {
  return list === null ? value : `${list}, ${value}`
}
