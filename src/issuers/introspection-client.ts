import { Buffer } from 'node:buffer'
import { Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { Introspected, IntrospectionEndpoint } from '../authenticate/introspection.ts'
import type { IntrospectionOptions, IssuerOptions } from '../authenticate/options.ts'
import type { Clock } from '../model/clock.ts'
import type { Log } from '../telemetry/log.ts'
import { isTrustworthyUrl } from './fetch-json.ts'

const maxAnswerBytes = 65_536
const maxHeaderBytes = 16_384
const maxSockets = 128
/**
 * Answers of an endpoint, or of what stands before it, that would not read this one question. They
 * do not count as failures, or a few made-up tokens would lock out everybody's.
 */
const aboutToken: ReadonlySet<number> = new Set([400, 413, 414, 422, 431])
/** Failures in a row after which nobody asks any more. */
export const failuresToOpen = 5
/** How long nobody asks; then one may try. */
export const openForMs = 5_000

/**
 * Asks an introspection endpoint (RFC 7662 section 2.1) over connections that are kept, follows no
 * redirect and reads no more than 64 KiB. When it has failed several times in a row nobody waits for
 * it for a while: the answer is then that it is away.
 */
export class IntrospectionClient implements IntrospectionEndpoint {
  readonly #issuer: string
  readonly #options: IntrospectionOptions
  readonly #url: URL
  readonly #clock: Clock
  readonly #log: Log
  readonly #agent: HttpAgent | HttpsAgent
  #failures = 0
  #closedUntilMs = 0

  constructor(issuer: string, options: IntrospectionOptions, clock: Clock, log: Log) {
    this.#issuer = issuer
    this.#options = options
    this.#url = new URL(options.url)
    if (!isTrustworthyUrl(this.#url)) throw new TypeError(`Not https: ${options.url}`)
    this.#clock = clock
    this.#log = log
    const agentOptions = { keepAlive: true, maxSockets, maxFreeSockets: 8 }
    this.#agent =
      this.#url.protocol === 'https:' ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions)
  }

  async ask(token: string): Promise<Introspected> {
    const nowMs = this.#clock.nowMs()
    const waitMs = this.#closedUntilMs - nowMs
    if (waitMs > 0 && waitMs <= openForMs) {
      return { kind: 'unavailable', detail: 'it has failed several times in a row' }
    }
    // Others have to wait for what becomes of this one.
    if (this.#failures >= failuresToOpen) this.#closedUntilMs = nowMs + openForMs
    const { timeoutMs } = this.#options
    const signal = AbortSignal.timeout(timeoutMs)
    const answer = await this.#send(token, signal, true)
    if (answer.kind === 'unavailable') this.#failed(answer.detail)
    else this.#succeeded()
    return answer
  }

  close(): void {
    this.#agent.destroy()
  }

  #succeeded(): void {
    if (this.#failures >= failuresToOpen) {
      this.#log.info({ issuer: this.#issuer }, 'Tokens can be introspected again')
    }
    this.#failures = 0
    this.#closedUntilMs = 0
  }

  #failed(reason: string): void {
    this.#failures += 1
    if (this.#failures === 1 || this.#failures === failuresToOpen) {
      const fields = { issuer: this.#issuer, reason, failures: this.#failures }
      this.#log.warn(fields, 'Cannot introspect a token')
    }
    if (this.#failures >= failuresToOpen) this.#closedUntilMs = this.#clock.nowMs() + openForMs
  }

  #send(token: string, signal: AbortSignal, mayRetry: boolean): Promise<Introspected> {
    const { clientId, clientSecret, clientAuthentication } = this.#options
    const form = new URLSearchParams({ token, token_type_hint: 'access_token' })
    const headers: Record<string, string> = {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'sallyport',
    }
    if (clientAuthentication === 'basic') {
      headers['authorization'] = basicField(clientId, clientSecret)
    } else {
      form.set('client_id', clientId)
      form.set('client_secret', clientSecret)
    }
    const body = form.toString()
    headers['content-length'] = String(Buffer.byteLength(body))
    return new Promise((resolve) => {
      const request = (this.#url.protocol === 'https:' ? requestHttps : requestHttp)(
        this.#url,
        {
          method: 'POST',
          agent: this.#agent,
          // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
          rejectUnauthorized: true,
          signal,
          maxHeaderSize: maxHeaderBytes,
          headers,
        },
        (response) => readAnswer(response, signal, resolve),
      )
      request.on('error', (error) => {
        // The endpoint may close a kept connection at the moment in which it is used.
        if (mayRetry && request.reusedSocket && !signal.aborted) {
          resolve(this.#send(token, signal, false))
        } else resolve(unavailable(signal.aborted ? 'no answer in time' : error.message))
      })
      request.end(body)
    })
  }
}

function readAnswer(
  response: IncomingMessage,
  signal: AbortSignal,
  resolve: (answer: Introspected) => void,
): void {
  const fail = (detail: string): void => {
    resolve(unavailable(detail))
    response.destroy()
  }
  response.on('error', (error) => fail(signal.aborted ? 'no answer in time' : error.message))
  const { statusCode = 0, headers } = response
  if (aboutToken.has(statusCode)) {
    response.destroy()
    return resolve({ kind: 'refused', detail: `status ${statusCode}` })
  }
  // 401 is about our own credentials: it says nothing of the token.
  if (statusCode !== 200) return fail(`status ${statusCode}`)
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') return fail('the answer is not JSON')
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    return fail('the answer is compressed although that was not asked for')
  }
  const chunks: Buffer[] = []
  let length = 0
  response.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length <= maxAnswerBytes) chunks.push(chunk)
    else fail(`the answer is larger than ${maxAnswerBytes} bytes`)
  })
  response.on('end', () => {
    resolve({ kind: 'answer', text: Buffer.concat(chunks).toString('utf8') })
  })
}

/** RFC 6749 section 2.3.1: both are form-encoded first. */
function basicField(clientId: string, clientSecret: string): string {
  const pair = [clientId, clientSecret].map((text) =>
    new URLSearchParams({ v: text }).toString().slice(2),
  )
  return `Basic ${Buffer.from(pair.join(':')).toString('base64')}`
}

function unavailable(detail: string): Introspected {
  return { kind: 'unavailable', detail }
}

/** By issuer, of those whose tokens are introspected. */
export function createIntrospectionClients(
  issuers: readonly IssuerOptions[],
  clock: Clock,
  log: Log,
): ReadonlyMap<string, IntrospectionClient> {
  const clients = new Map<string, IntrospectionClient>()
  for (const { issuer, introspection } of issuers) {
    if (introspection === null) continue
    clients.set(issuer, new IntrospectionClient(issuer, introspection, clock, log))
  }
  return clients
}
