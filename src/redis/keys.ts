import { createHash, createHmac } from 'node:crypto'

/** Goes up when values or names change their form: two versions then share a server in peace. */
const version = 1

/** In as many parts the buckets of one installation are spread over a Cluster. */
const bucketShards = 16

/** The kinds of sealed values; a value of one kind can never be read as another. */
export type ValueKind = 'introspection' | 'key-set' | 'discovery'

/** A value, and the lease of whoever is finding it out. Both are in one slot of a Cluster. */
export interface ValueKeys {
  readonly value: string
  readonly lease: string
}

/**
 * The name of every key there is. What a name is made of goes in length-delimited, so that no two
 * questions can have one name, and comes out as a digest, so that no name says what it is about.
 */
export class RedisKeys {
  readonly #prefix: string
  readonly #nameKey: Buffer

  /** `secret`: with which the names of people and addresses are made unrecognisable. */
  constructor(namespace: string, secret: Uint8Array) {
    this.#prefix = `${namespace}:${version}`
    this.#nameKey = createHmac('sha256', secret).update('sallyport redis names 1').digest()
  }

  /** Of what is known about something secret and random, such as a token. */
  value(kind: ValueKind, ...parts: readonly string[]): ValueKeys {
    const digest = this.#digest(kind, parts)
    return {
      value: `${this.#prefix}:value:${kind}:{${digest}}`,
      lease: `${this.#prefix}:lease:${kind}:{${digest}}`,
    }
  }

  /**
   * Of an identifier that may be used once. Not keyed: processes that seal with different keys, as
   * they do for a while when keys are changed, must see one and the same window.
   */
  once(...parts: readonly string[]): string {
    return `${this.#prefix}:once:{${this.#digest('once', parts)}}`
  }

  /** Keyed, because subjects and addresses can be guessed. */
  bucket(...parts: readonly string[]): { readonly key: string; readonly shard: number } {
    const digest = createHmac('sha256', this.#nameKey).update(delimited('bucket', parts)).digest()
    const shard = (digest[0] ?? 0) % bucketShards
    return { key: `${this.#prefix}:bucket:{${shard}}:${digest.toString('base64url')}`, shard }
  }

  /** Written to find out whether that is possible. */
  get probe(): string {
    return `${this.#prefix}:probe`
  }

  /** A pair of keys for trying scripts on. */
  get trial(): ValueKeys {
    return { value: `${this.#prefix}:trial:{0}:value`, lease: `${this.#prefix}:trial:{0}:lease` }
  }

  /** What an access list has to name. */
  get pattern(): string {
    return `${this.#prefix}:*`
  }

  #digest(kind: string, parts: readonly string[]): string {
    return createHash('sha256').update(delimited(kind, parts)).digest('base64url')
  }
}

function delimited(kind: string, parts: readonly string[]): string {
  return [kind, ...parts].map((part) => `${Buffer.byteLength(part)}:${part}`).join('')
}
