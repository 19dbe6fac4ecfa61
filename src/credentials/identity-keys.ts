import type { JWK } from 'jose'
import { FileProblem, WatchedFiles } from '../certificates/watched-files.ts'
import {
  createSigningKey,
  parseSigningKeys,
  type SigningKey,
  type SigningKeys,
  type SigningKeySource,
} from '../enforce/identity-token-key.ts'
import type { IdentityTokenOptions } from '../enforce/options.ts'
import type { Clock } from '../model/clock.ts'
import { Fault } from '../model/fault.ts'
import type { Log } from '../telemetry/log.ts'

export interface IdentityKeyParts {
  readonly options: IdentityTokenOptions
  readonly log: Log
  readonly clock: Clock
  /** How often the file is looked at; default: every second. */
  readonly pollMs?: number
  /** Not of the first keys: for others that sign and publish as well. */
  readonly changed?: (keys: SigningKeys) => void
}

interface Published {
  readonly key: SigningKey
  readonly sinceMs: number
  /** Null: as long as it is wanted. */
  untilMs: number | null
}

/** What a receiver's clock and its copy of the key set may lag behind. */
const graceMs = 120_000
const tickMs = 10_000

/**
 * The keys that sign identity tokens, changed without downtime: a key is published for
 * `publishLeadS` before it signs, and for the lifetime of its last token after.
 */
export class IdentityKeys implements SigningKeySource {
  readonly #parts: IdentityKeyParts
  readonly #published: Published[] = []
  readonly #watched: WatchedFiles<readonly SigningKey[]>
  readonly #timer: NodeJS.Timeout
  #wanted: readonly SigningKey[] = []
  #signingSinceMs = 0
  #current: SigningKeys | null = null

  private constructor(parts: IdentityKeyParts) {
    this.#parts = parts
    const { keyFile } = parts.options
    this.#watched = new WatchedFiles<readonly SigningKey[]>({
      files: keyFile === null ? [] : [keyFile],
      pollMs: parts.pollMs,
      build: (texts) => {
        if (keyFile === null) return []
        const keys = parseSigningKeys(texts.get(keyFile) ?? '')
        return typeof keys === 'string' ? new FileProblem(keyFile, keys) : keys
      },
      accept: (keys) => this.#want(keys),
      reject: ({ file, message }) => {
        const reason = `the file ${file}: ${message}`
        parts.log.error({ reason }, 'Changed identity token keys rejected: the last good ones sign')
      },
    })
    this.#timer = setInterval(() => this.tick(), tickMs)
    this.#timer.unref()
  }

  /** Throws a Fault (`ERR_READ`) when the file cannot be used. */
  static async open(parts: IdentityKeyParts): Promise<IdentityKeys> {
    const keys = new IdentityKeys(parts)
    const started = await keys.#watched.start()
    if (started instanceof FileProblem) {
      clearInterval(keys.#timer)
      const message = started.message.startsWith('cannot be read')
        ? 'the file cannot be read'
        : started.message
      throw new Fault('ERR_READ', `Cannot use identity token key ${started.file}: ${message}`)
    }
    keys.#want(started.length > 0 ? started : [createSigningKey()])
    return keys
  }

  get current(): SigningKeys {
    if (this.#current === null) throw new Error('No key has been read')
    return this.#current
  }

  async reload(): Promise<void> {
    await this.#watched.reload()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#watched.close()
  }

  /** Does what is due by now; called every few seconds. */
  tick(): void {
    const { options, clock } = this.#parts
    const nowMs = clock.nowMs()
    const dueMs = this.#signingSinceMs + (options.rotationIntervalS - options.publishLeadS) * 1_000
    const isWaiting = this.#wanted[0]?.kid !== this.#current?.signing.kid
    if (options.keyFile === null && !isWaiting && nowMs >= dueMs) this.#want([createSigningKey()])
    else this.#settle(nowMs)
  }

  #want(keys: readonly SigningKey[]): void {
    const nowMs = this.#parts.clock.nowMs()
    this.#wanted = keys
    for (const key of keys) {
      const known = this.#published.find((published) => published.key.kid === key.kid)
      if (known === undefined) this.#published.push({ key, sinceMs: nowMs, untilMs: null })
      else known.untilMs = null
    }
    this.#settle(nowMs)
  }

  #settle(nowMs: number): void {
    const before = this.#current
    const signing = this.#choose(nowMs, before?.signing ?? null)
    if (signing === null) return
    for (const published of this.#published) {
      const isNeeded =
        published.key.kid === signing.kid ||
        this.#wanted.some(({ kid }) => kid === published.key.kid)
      if (isNeeded) published.untilMs = null
      else published.untilMs ??= nowMs + this.#parts.options.lifetimeS * 1_000 + graceMs
    }
    const kept = this.#published.filter(({ untilMs }) => untilMs === null || untilMs > nowMs)
    this.#published.splice(0, this.#published.length, ...kept)
    const published = this.#inOrder(signing)
    if (before !== null && isSame(before, signing, published)) return
    if (before?.signing.kid !== signing.kid) this.#signingSinceMs = nowMs
    this.#current = Object.freeze({ signing, published: Object.freeze(published) })
    if (before === null) return
    this.#parts.changed?.(this.#current)
    this.#parts.log.info(
      { kid: signing.kid, published: published.map(({ kid }) => kid) },
      'Identity token keys changed',
    )
  }

  /** The key that is wanted, once everybody has had time to learn of it. */
  #choose(nowMs: number, before: SigningKey | null): SigningKey | null {
    const [wanted] = this.#wanted
    if (wanted === undefined || before === null || wanted.kid === before.kid)
      return wanted ?? before
    const published = this.#published.find(({ key }) => key.kid === wanted.kid)
    const sinceMs = published?.sinceMs ?? nowMs
    return nowMs - sinceMs >= this.#parts.options.publishLeadS * 1_000 ? wanted : before
  }

  #inOrder(signing: SigningKey): readonly JWK[] {
    const others = this.#published.filter(({ key }) => key.kid !== signing.kid)
    return [signing.publicJwk, ...others.map(({ key }) => key.publicJwk)]
  }
}

function isSame(before: SigningKeys, signing: SigningKey, published: readonly JWK[]): boolean {
  return (
    before.signing.kid === signing.kid &&
    before.published.length === published.length &&
    before.published.every(({ kid }, index) => kid === published[index]?.kid)
  )
}
