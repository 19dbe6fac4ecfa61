import { Buffer } from 'node:buffer'
import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Fault } from '../model/fault.ts'
import { isLoopback } from '../model/loopback.ts'
import type { KeyAccess } from './key-access.ts'

const maxHeaderBytes = 16_384
const anybody: KeyAccess = { authorities: null, authorization: null }

/** Keys read over plain HTTP could be anybody's, unless they never leave this machine. */
export function isTrustworthyUrl(url: URL): boolean {
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || isLoopbackHttp(url)
}

export function isLoopbackHttp(url: URL): boolean {
  return url.protocol === 'http:' && isLoopback(url.hostname)
}

/**
 * One JSON document, or a Fault. No redirect is followed, no connection is kept, nothing beyond
 * `maxBytes` is read; `signal` bounds the time.
 */
export function fetchJson(
  url: URL,
  maxBytes: number,
  signal: AbortSignal,
  { authorities, authorization }: KeyAccess = anybody,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown): void => {
      reject(new Fault('ERR_ISSUER_UNAVAILABLE', `Cannot read ${url.href}: ${why}`, { cause }))
    }
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(
      url,
      {
        agent: false,
        // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
        rejectUnauthorized: true,
        ...(authorities === null ? null : { ca: authorities }),
        signal,
        maxHeaderSize: maxHeaderBytes,
        headers: {
          accept: 'application/json',
          'user-agent': 'sallyport',
          ...(authorization === null ? null : { authorization }),
        },
      },
      (response) => {
        response.on('error', (error) => fail(failureOf(error, signal), error))
        const unusable = unusableAnswer(response, maxBytes)
        if (unusable !== null) {
          fail(unusable)
          response.destroy()
          return
        }
        readBody(response, maxBytes, resolve, fail)
      },
    )
    request.on('error', (error) => fail(failureOf(error, signal), error))
    request.end()
  })
}

function unusableAnswer(response: IncomingMessage, maxBytes: number): string | null {
  const { statusCode = 0, headers } = response
  if (statusCode >= 300 && statusCode < 400) {
    return `status ${statusCode}, and redirects are not followed`
  }
  if (statusCode !== 200) return `status ${statusCode}`
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    return 'the answer is compressed although that was not asked for'
  }
  return Number(headers['content-length'] ?? 0) > maxBytes ? tooLarge(maxBytes) : null
}

function readBody(
  response: IncomingMessage,
  maxBytes: number,
  resolve: (document: unknown) => void,
  fail: (why: string) => void,
): void {
  const chunks: Buffer[] = []
  let length = 0
  response.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= maxBytes) {
      chunks.push(chunk)
      return
    }
    fail(tooLarge(maxBytes))
    response.destroy()
  })
  response.on('end', () => {
    try {
      resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')))
    } catch {
      fail('the answer is not JSON')
    }
  })
}

function tooLarge(maxBytes: number): string {
  return `the answer is larger than ${maxBytes} bytes`
}

function failureOf(error: Error, signal: AbortSignal): string {
  if (!signal.aborted) return error.message
  const reason: unknown = signal.reason
  return reason instanceof Error && reason.name === 'TimeoutError' ? 'no answer in time' : 'stopped'
}
