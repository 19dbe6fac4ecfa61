import { valuesOf } from '../upstream/response-head.ts'
import { fieldFate, fieldFateOf } from './request-field.ts'

/**
 * RFC 9110 section 6.5.1: who merges trailers into the header, as many do, would let these change
 * how the message is framed, routed, authenticated or kept after it was decided on.
 */
const refused = new Set([
  'accept',
  'accept-ranges',
  'age',
  'allow',
  'authorization',
  'cache-control',
  'clear-site-data',
  'connection',
  'content-encoding',
  'content-length',
  'content-location',
  'content-range',
  'content-security-policy',
  'content-type',
  'cookie',
  'date',
  'early-data',
  'expect',
  'expires',
  'host',
  'http2-settings',
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-range',
  'if-unmodified-since',
  'keep-alive',
  'location',
  'max-forwards',
  'origin',
  'pragma',
  'range',
  'refresh',
  'retry-after',
  'set-cookie',
  'strict-transport-security',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'vary',
  'via',
  'warning',
  'www-authenticate',
  'x-frame-options',
])
const refusedPrefixes = [
  'proxy-',
  'sallyport',
  'access-control-',
  'sec-',
  'x-http-method',
  'x-method-override',
]

const namePattern = /^[a-z0-9-]{1,128}$/
/** Anything else would make node:http throw, or be read as the end of the field. */
const valuePattern = /^[\t\x20-\x7e\x80-\xff]*$/

function isTrailer(lower: string): boolean {
  if (!namePattern.test(lower) || refused.has(lower)) return false
  return !refusedPrefixes.some((prefix) => lower.startsWith(prefix))
}

/** Name, value, name, value of what may follow a request body to the upstream; null: nothing. */
export function requestTrailers(rawTrailers: readonly string[]): readonly string[] | null {
  const trailers: string[] = []
  for (let index = 0; index + 1 < rawTrailers.length; index += 2) {
    const name = rawTrailers[index] ?? ''
    const value = rawTrailers[index + 1] ?? ''
    if (!isTrailer(name.toLowerCase()) || !valuePattern.test(value)) continue
    if (fieldFateOf(name) === fieldFate.kept) trailers.push(name, value)
  }
  return trailers.length === 0 ? null : trailers
}

/** Pairs of what may follow a response body to the client; null: nothing. */
export function responseTrailers(trailers: readonly string[]): [string, string][] | null {
  let pairs: [string, string][] | null = null
  for (let index = 0; index + 1 < trailers.length; index += 2) {
    const name = trailers[index] ?? ''
    const value = trailers[index + 1] ?? ''
    if (!isTrailer(name.toLowerCase()) || !valuePattern.test(value)) continue
    pairs ??= []
    pairs.push([name, value])
  }
  return pairs
}

/** Of the fields that `Trailer` announces those that will be passed on; null: none. */
export function announcedTrailers(fields: readonly string[]): string | null {
  const names = valuesOf(fields, 'trailer').flatMap((value) => value.split(','))
  const passed = names.map((name) => name.trim()).filter((name) => isTrailer(name.toLowerCase()))
  return passed.length === 0 ? null : passed.join(', ')
}
