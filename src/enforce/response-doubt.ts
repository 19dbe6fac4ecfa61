import type { IncomingHttpHeaders } from 'node:http'
import type { Client } from 'undici'
import { responseVersion } from './response-version.ts'
import { errors } from './undici-client.ts'

/** Past fifteen digits a number is no longer exact. */
const lengthPattern = /^[0-9]{1,15}$/
const lastStatus = 599

/** Null, or why the answer that has begun on this connection is not to be passed on. */
export function faultyResponse(
  connection: Client | null,
  status: number,
  headers: IncomingHttpHeaders,
  phrase: string,
): Error | null {
  const doubt = responseDoubt(responseVersion(connection), status, headers, phrase)
  return doubt === null ? null : new errors.HTTPParserError(doubt)
}

/**
 * Why it is not certain what an answer says or where it ends, or null. Stricter than the parser,
 * which takes any version, any status of three digits, codings other than `chunked` (it reads on to
 * the end of the connection) and a coding in HTTP/1.0 (RFC 9112 section 6.1: faulty framing).
 */
export function responseDoubt(
  version: string,
  status: number,
  headers: IncomingHttpHeaders,
  phrase: string,
): string | null {
  if (version !== '1.1' && version !== '1.0') return `HTTP version ${version}`
  if (status > lastStatus) return `status ${status}`
  if (hasControl(phrase)) return 'a control character in the reason phrase'
  const coding: unknown = headers['transfer-encoding']
  if (coding !== undefined) {
    if (typeof coding !== 'string' || coding.toLowerCase() !== 'chunked') {
      return 'a Transfer-Encoding other than "chunked"'
    }
    if (version === '1.0') return 'Transfer-Encoding in an HTTP/1.0 response'
  }
  const length: unknown = headers['content-length']
  if (length === undefined) return null
  if (coding !== undefined) return 'Content-Length and Transfer-Encoding together'
  const exact = typeof length === 'string' && lengthPattern.test(length)
  return exact ? null : 'Content-Length is repeated or not a number'
}

/** HTAB apart, which RFC 9112 section 4 allows. */
function hasControl(phrase: string): boolean {
  for (let index = 0; index < phrase.length; index += 1) {
    const code = phrase.charCodeAt(index)
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true
  }
  return false
}
