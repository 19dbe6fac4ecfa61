import { hash, timingSafeEqual } from 'node:crypto'
import type { Attributes } from '../model/attributes.ts'
import type { Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import { readApiKeyId } from './api-key.ts'

/** One key of a service, as the file of keys states it. */
export interface ApiKeySpec {
  readonly id: string
  /** Of the whole key, 64 hexadecimal digits. */
  readonly sha256: string
  readonly subjectType: string
  readonly subjectId: string
  /** `subject.properties`. */
  readonly properties: Attributes
  /** Milliseconds since the Unix epoch; null: from ever on. */
  readonly notBeforeMs: number | null
  /** Null: for ever. */
  readonly expiresAtMs: number | null
}

/** What decides about keys now; replaced as a whole when the file changes. */
export interface ApiKeySource {
  readonly current: ApiKeys
}

/** `iss` of whoever came with a key. */
const apiKeyIssuer = 'urn:sallyport:api-keys'

interface KnownKey {
  readonly digest: Buffer
  readonly notBeforeMs: number | null
  readonly expiresAtMs: number | null
  readonly identity: Identity
}

/**
 * Keys by id. SHA-256 without salt or stretching is right for a secret of 256 random bits, and takes
 * a microsecond; it would be wrong for anything a person made up.
 */
export class ApiKeys {
  readonly #keys: ReadonlyMap<string, KnownKey>

  constructor(specs: readonly ApiKeySpec[]) {
    this.#keys = new Map(specs.map((spec) => [spec.id, knownKey(spec)]))
  }

  get size(): number {
    return this.#keys.size
  }

  identify(text: string, nowMs: number): Identity | Refusal {
    const id = readApiKeyId(text)
    if (id === null) return refuse('api_key_invalid', 'The text is no API key')
    const known = this.#keys.get(id)
    const digest = hash('sha256', text, 'buffer')
    // The same work and the same answer, known or not.
    const isSame = timingSafeEqual(known?.digest ?? nobodys, digest)
    if (known === undefined || !isSame) {
      return refuse('api_key_invalid', `No such API key: ${id}`)
    }
    const { notBeforeMs, expiresAtMs, identity } = known
    if (expiresAtMs !== null && nowMs >= expiresAtMs) {
      return refuse(
        'api_key_expired',
        `API key ${id} expired ${new Date(expiresAtMs).toISOString()}`,
      )
    }
    if (notBeforeMs !== null && nowMs < notBeforeMs) {
      const from = new Date(notBeforeMs).toISOString()
      return refuse('api_key_not_yet_valid', `API key ${id} is valid from ${from} on`)
    }
    return identity
  }
}

const nobodys = Buffer.alloc(32)

function knownKey(spec: ApiKeySpec): KnownKey {
  const { id, sha256, subjectType, subjectId, notBeforeMs, expiresAtMs } = spec
  const properties = freezeDeeply(Object.assign(nothing(), spec.properties))
  return {
    digest: Buffer.from(sha256, 'hex'),
    notBeforeMs,
    expiresAtMs,
    identity: Object.freeze({
      subject: Object.freeze({ type: subjectType, id: subjectId, properties }),
      credential: 'api_key',
      issuer: apiKeyIssuer,
      tokenId: id,
      sessionId: null,
      issuedAtS: null,
      expiresAtS: expiresAtMs === null ? Infinity : expiresAtMs / 1_000,
      acr: null,
      confirmation: null,
      claims: properties,
    }),
  }
}

function nothing(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>
}

// One identity serves many requests: nothing a stage does to it may reach the next one.
function freezeDeeply<T extends object>(value: T): T {
  for (const member of Object.values(value) as readonly unknown[]) {
    if (typeof member === 'object' && member !== null) freezeDeeply(member)
  }
  return Object.freeze(value)
}
