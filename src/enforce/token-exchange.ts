import type { Clock } from '../model/clock.ts'
import { Fault } from '../model/fault.ts'
import type { Identity } from '../model/identity.ts'
import type { TokenExchangeOptions } from '../upstream/options.ts'
import { type FormAnswer, postForm } from './post-form.ts'

interface Kept {
  readonly requestedAtMs: number
  /** A promise while it is being asked for: one exchange, however many wait for it. */
  settled: Settled | Promise<Settled>
}

interface Settled {
  /** The Authorization field, or why there is none. */
  readonly answer: string | Fault
  readonly usableUntilMs: number
}

const tokenExchangeGrant = 'urn:ietf:params:oauth:grant-type:token-exchange'
const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token'
const jwtType = 'urn:ietf:params:oauth:token-type:jwt'
const maxAnswerBytes = 65_536
/** A field that is longer would be refused by most upstreams. */
const maxTokenLength = 16_384
const tokenPattern = /^[A-Za-z0-9\-._~+/]+=*$/
/** Where the answer does not say how long the token lives. */
const assumedLifetimeS = 60
const longestLifetimeS = 86_400
/** So long before its end a token is replaced, or a quarter of its life if that is less. */
const marginMs = 30_000
/** A failure is remembered this long, so that a server in trouble is not asked for each request. */
const failureMs = 1_000
const maxPending = 512
const maxAudiencesPerIdentity = 64

/**
 * A token of the upstream's own in exchange for the client's (RFC 8693): asked for once for each
 * identity and audience, kept until shortly before it ends and never longer than the client's.
 */
export class TokenExchange {
  readonly #options: TokenExchangeOptions
  readonly #clock: Clock
  readonly #url: URL
  readonly #authorization: string
  // By identity object: what is kept goes when the verified token goes.
  readonly #kept = new WeakMap<Identity, Map<string, Kept>>()
  #pending = 0

  constructor(options: TokenExchangeOptions, clock: Clock) {
    this.#options = options
    this.#clock = clock
    this.#url = new URL(options.tokenEndpoint)
    this.#authorization = basic(options.clientId, options.clientSecret)
  }

  /** The Authorization field for the upstream; `token` is the client's, null: it has none. */
  authorization(
    identity: Identity,
    token: string | null,
    audience: string,
  ): string | Fault | Promise<string | Fault> {
    const nowMs = this.#clock.nowMs()
    const kept = this.#kept.get(identity)?.get(audience)
    if (kept !== undefined) {
      const { settled } = kept
      if (settled instanceof Promise) return settled.then(({ answer }) => answer)
      if (nowMs < settled.usableUntilMs && nowMs >= kept.requestedAtMs) return settled.answer
    }
    if (token === null) return noToken
    if (this.#pending >= maxPending) return busy
    return this.#ask(identity, token, audience, nowMs)
  }

  #ask(
    identity: Identity,
    token: string,
    audience: string,
    nowMs: number,
  ): Promise<string | Fault> {
    let byAudience = this.#kept.get(identity)
    if (byAudience === undefined || byAudience.size >= maxAudiencesPerIdentity) {
      byAudience = new Map()
      this.#kept.set(identity, byAudience)
    }
    const entry: Kept = { requestedAtMs: nowMs, settled: this.#exchange(identity, token, audience) }
    const asking = Promise.resolve(entry.settled).then((settled) => {
      entry.settled = settled
      return settled.answer
    })
    byAudience.set(audience, entry)
    return asking
  }

  async #exchange(identity: Identity, token: string, audience: string): Promise<Settled> {
    const { scope, resource, timeoutMs } = this.#options
    const form = new URLSearchParams({
      grant_type: tokenExchangeGrant,
      subject_token: token,
      subject_token_type: accessTokenType,
      requested_token_type: accessTokenType,
      audience: this.#options.audience ?? audience,
    })
    if (scope !== null) form.set('scope', scope)
    if (resource !== null) form.set('resource', resource)
    const headers = { authorization: this.#authorization }
    this.#pending += 1
    const askedAtMs = this.#clock.nowMs()
    try {
      const answer = await postForm({
        url: this.#url,
        headers,
        form,
        timeoutMs,
        maxBytes: maxAnswerBytes,
      })
      const read = this.#read(answer)
      if (read instanceof Fault) return this.#failed(read)
      const lifetimeMs = read.lifetimeS * 1_000
      // The client's own token has no margin: another exchange would bring nothing longer.
      const replacedAtMs = askedAtMs + lifetimeMs - Math.min(marginMs, lifetimeMs / 4)
      const usableUntilMs = Math.min(replacedAtMs, identity.expiresAtS * 1_000)
      return { answer: `Bearer ${read.token}`, usableUntilMs }
    } finally {
      this.#pending -= 1
    }
  }

  #failed(answer: Fault): Settled {
    return { answer, usableUntilMs: this.#clock.nowMs() + failureMs }
  }

  /** RFC 8693 section 2.2.1. Nothing of the answer goes into a message but its error code. */
  #read(answer: FormAnswer | string): { token: string; lifetimeS: number } | Fault {
    if (typeof answer === 'string') return unavailable(this.#url, answer)
    const { status, body } = answer
    if (status >= 500 || status === 429) return unavailable(this.#url, `status ${status}`)
    const json = parseObject(body)
    if (status !== 200) {
      const code = json?.['error']
      const known = typeof code === 'string' && /^[a-z_]{1,64}$/.test(code) ? ` (${code})` : ''
      return refused(this.#url, `status ${status}${known}`)
    }
    if (json === null) return refused(this.#url, 'the answer is not a JSON object')
    const { access_token: token, token_type: type, issued_token_type: issued } = json
    if (typeof token !== 'string' || token.length > maxTokenLength || !tokenPattern.test(token)) {
      return refused(this.#url, 'the answer holds no token that can be sent')
    }
    if (typeof type !== 'string' || type.toLowerCase() !== 'bearer') {
      return refused(this.#url, 'the token is no bearer token')
    }
    if (issued !== undefined && issued !== accessTokenType && issued !== jwtType) {
      return refused(this.#url, 'the token is no access token')
    }
    const { expires_in: expiresIn = assumedLifetimeS } = json
    if (typeof expiresIn !== 'number' || !(expiresIn > 0)) {
      return refused(this.#url, '"expires_in" is no number of seconds')
    }
    return { token, lifetimeS: Math.min(expiresIn, longestLifetimeS) }
  }
}

const noToken = new Fault(
  'ERR_TOKEN_EXCHANGE_REFUSED',
  'The client came without a token that could be exchanged for one of the upstream',
)
const busy = new Fault(
  'ERR_TOKEN_EXCHANGE_UNAVAILABLE',
  `More than ${maxPending} tokens are being exchanged`,
)

function refused({ origin, pathname }: URL, why: string): Fault {
  return new Fault('ERR_TOKEN_EXCHANGE_REFUSED', `No token of ${origin}${pathname}: ${why}`)
}

function unavailable({ origin, pathname }: URL, why: string): Fault {
  return new Fault('ERR_TOKEN_EXCHANGE_UNAVAILABLE', `No token of ${origin}${pathname}: ${why}`)
}

function parseObject(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body)
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}

/** RFC 6749 section 2.3.1: both are form-encoded first. */
function basic(id: string, secret: string): string {
  const encode = (text: string): string => new URLSearchParams({ v: text }).toString().slice(2)
  return `Basic ${Buffer.from(`${encode(id)}:${encode(secret)}`).toString('base64')}`
}
