import { refuse, type Refusal } from '../model/refusal.ts'
import type { HeaderFields } from './header-fields.ts'

export interface Framing {
  readonly hasBody: boolean
  /** Null when chunked or without body. */
  readonly contentLength: number | null
}

const noBody: Framing = Object.freeze({ hasBody: false, contentLength: null })
const chunkedBody: Framing = Object.freeze({ hasBody: true, contentLength: null })
const emptyBody: Framing = Object.freeze({ hasBody: false, contentLength: 0 })

/** Past fifteen digits a number is no longer exact. */
const lengthPattern = /^[0-9]{1,15}$/

/**
 * Where the body ends, or a refusal when that can be read in more than one way (RFC 9112 section
 * 6.1). Stricter than the parser, which accepts codings that end in `chunked` and `Transfer-Encoding`
 * in HTTP/1.0.
 */
export function readFraming(
  fields: HeaderFields,
  httpVersion: string,
  maxBodyBytes: number,
): Framing | Refusal {
  const { contentLength, transferEncoding } = fields
  if (contentLength === null && transferEncoding === null) return noBody
  if (transferEncoding !== null) {
    if (contentLength !== null) {
      return refuse('framing_ambiguous', 'Content-Length and Transfer-Encoding together')
    }
    if (fields.transferEncodingCount > 1 || transferEncoding !== 'chunked') {
      return refuse('framing_ambiguous', 'A Transfer-Encoding other than "chunked"')
    }
    if (httpVersion !== '1.1') {
      return refuse('framing_ambiguous', 'Transfer-Encoding in an HTTP/1.0 request')
    }
    return chunkedBody
  }
  if (fields.contentLengthCount > 1 || !lengthPattern.test(contentLength ?? '')) {
    return refuse('framing_ambiguous', 'Content-Length is repeated or not a number')
  }
  const length = Number(contentLength)
  if (maxBodyBytes > 0 && length > maxBodyBytes) {
    return refuse('body_too_large', `Content-Length is ${length}, accepted are ${maxBodyBytes}`)
  }
  return length === 0 ? emptyBody : { hasBody: true, contentLength: length }
}
