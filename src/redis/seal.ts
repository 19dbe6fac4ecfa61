import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { SealKey } from './options.ts'

/** What a value is, where it is kept and until when it holds: all of it is authenticated. */
export interface SealedPlace {
  readonly key: string
  readonly kind: string
}

type UnusableReason =
  /** Not in this form at all, or of another version. */
  | 'malformed'
  /** Sealed with a key that is not, or no longer, known here. */
  | 'key_unknown'
  /** Changed, made up, or moved here from another place. */
  | 'forged'
  | 'expired'
  /** It would hold for longer than anything of its kind may. */
  | 'lifetime'

export type Opened =
  | { readonly kind: 'value'; readonly bytes: Buffer; readonly expiresAtMs: number }
  | { readonly kind: 'unusable'; readonly reason: UnusableReason }

const version = 1
const saltBytes = 32
const tagBytes = 16
const expiryBytes = 8
const algorithm = 'aes-256-gcm'
const info = 'sallyport redis seal 1'
/** By how much the clocks of those who share values may differ. */
const clockSkewMs = 60_000

/**
 * Puts values into a form that nobody without a key can read, make, change, move to another key or
 * use after their time (AES-256-GCM). Each value has a key of its own, derived with a random salt
 * (RFC 5869): the number of values is then bounded by the salt and not by the 96 bits of the nonce,
 * which many processes would use up (NIST SP 800-38D section 8.3).
 */
export class Sealer {
  readonly #first: SealKey
  readonly #keys: ReadonlyMap<string, SealKey>

  /** Throws a TypeError when there is no key, or one is short. */
  constructor(keys: readonly SealKey[]) {
    const [first] = keys
    if (first === undefined) throw new TypeError('There is no key to seal with')
    for (const { id, secret } of keys) {
      if (secret.length < 32) throw new TypeError(`Key ${id} has less than 32 octets`)
      if (Buffer.byteLength(id) > 255) throw new TypeError('An id of a key is too long')
    }
    this.#first = first
    this.#keys = new Map(keys.map((key) => [key.id, key]))
  }

  seal(place: SealedPlace, bytes: Uint8Array, expiresAtMs: number): Buffer {
    const id = Buffer.from(this.#first.id)
    const salt = randomBytes(saltBytes)
    const header = Buffer.concat([Buffer.from([version, id.length]), id, expiryOf(expiresAtMs)])
    const { key, nonce } = deriveKey(this.#first, salt)
    const cipher = createCipheriv(algorithm, key, nonce)
    cipher.setAAD(authenticated(header, place))
    const text = Buffer.concat([cipher.update(bytes), cipher.final()])
    return Buffer.concat([header, salt, text, cipher.getAuthTag()])
  }

  /** `maxLifetimeMs`: what a value of this kind may hold for at most, from now. */
  open(place: SealedPlace, sealed: Buffer, nowMs: number, maxLifetimeMs: number): Opened {
    const idLength = sealed[1] ?? 0
    const headerLength = 2 + idLength + expiryBytes
    const textAt = headerLength + saltBytes
    const tagAt = sealed.length - tagBytes
    if (sealed[0] !== version || tagAt < textAt) return unusable('malformed')
    const key = this.#keys.get(sealed.toString('utf8', 2, 2 + idLength))
    if (key === undefined) return unusable('key_unknown')
    const header = sealed.subarray(0, headerLength)
    const bytes = decrypt(key, header, place, sealed.subarray(headerLength, textAt), {
      text: sealed.subarray(textAt, tagAt),
      tag: sealed.subarray(tagAt),
    })
    if (bytes === null) return unusable('forged')
    const expiresAtMs = header.readDoubleBE(headerLength - expiryBytes)
    if (!(expiresAtMs > nowMs)) return unusable('expired')
    if (expiresAtMs - nowMs > maxLifetimeMs + clockSkewMs) return unusable('lifetime')
    return { kind: 'value', bytes, expiresAtMs }
  }
}

function decrypt(
  key: SealKey,
  header: Buffer,
  place: SealedPlace,
  salt: Buffer,
  { text, tag }: { readonly text: Buffer; readonly tag: Buffer },
): Buffer | null {
  const derived = deriveKey(key, salt)
  const decipher = createDecipheriv(algorithm, derived.key, derived.nonce, {
    authTagLength: tagBytes,
  })
  decipher.setAAD(authenticated(header, place))
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(text), decipher.final()])
  } catch {
    return null
  }
}

function unusable(reason: UnusableReason): Opened {
  return { kind: 'unusable', reason }
}

function deriveKey(
  { secret }: SealKey,
  salt: Buffer,
): { readonly key: Buffer; readonly nonce: Buffer } {
  const derived = Buffer.from(hkdfSync('sha256', secret, salt, info, 44))
  return { key: derived.subarray(0, 32), nonce: derived.subarray(32) }
}

function expiryOf(expiresAtMs: number): Buffer {
  const bytes = Buffer.alloc(expiryBytes)
  bytes.writeDoubleBE(expiresAtMs)
  return bytes
}

/** Each part with its length in front, so that none can pass for a piece of its neighbour. */
function authenticated(header: Buffer, { key, kind }: SealedPlace): Buffer {
  return Buffer.concat(
    [header, Buffer.from(kind), Buffer.from(key)].flatMap((part) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(part.length)
      return [length, part]
    }),
  )
}
