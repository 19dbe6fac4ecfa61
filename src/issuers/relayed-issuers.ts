import type { IssuerKeys, KeyLookup, KeySource } from '../authenticate/key-source.ts'
import type { IssuerOptions, SignatureAlgorithm } from '../authenticate/options.ts'
import type { Clock } from '../model/clock.ts'
import type { IssuerNews } from './issuer-key-reader.ts'
import { readKeySet } from './key-set.ts'
import { KeptKeys } from './kept-keys.ts'
import type { KeyFetchOptions } from './options.ts'

export interface RelayedIssuers extends KeySource {
  take(news: IssuerNews): void
  /** The reading that was asked for is over, or there is none to be had now. */
  refreshed(issuer: string): void
}

export interface RelayContext {
  readonly clock: Clock
  readonly fetchOptions: KeyFetchOptions
  /** Has the issuer's keys read again, by whoever reads them for all. */
  readonly ask: (issuer: string) => void
}

/** Issuers whose keys somebody else reads: nothing is fetched here. */
export function createRelayedIssuers(
  options: readonly IssuerOptions[],
  context: RelayContext,
): RelayedIssuers {
  const all = new Map(
    options.map((issuer) => [issuer.issuer, new RelayedKeys(issuer, context)] as const),
  )
  return {
    keysOf: (issuer) => all.get(issuer) ?? null,
    take: (news) => all.get(news.issuer)?.take(news),
    refreshed: (issuer) => all.get(issuer)?.refreshed(),
  }
}

class RelayedKeys implements IssuerKeys {
  readonly issuer: string
  readonly #options: IssuerOptions
  readonly #context: RelayContext
  readonly #kept: KeptKeys
  /** One document after the other: importing keys takes its time. */
  #taking = Promise.resolve()
  #asked: PromiseWithResolvers<void> | null = null
  #askedAtMs: number | null = null
  #patience: NodeJS.Timeout | undefined

  constructor(options: IssuerOptions, context: RelayContext) {
    this.issuer = options.issuer
    this.#options = options
    this.#context = context
    this.#kept = new KeptKeys(context.clock, context.fetchOptions.staleUseMs)
  }

  get generation(): number {
    return this.#kept.generation
  }

  findKey(kid: string | null, algorithm: SignatureAlgorithm): KeyLookup {
    return this.#kept.find(kid, algorithm)
  }

  /** With a cool-down of its own, so that bad tokens do not become messages. */
  refresh(): Promise<void> | null {
    if (this.#asked !== null) return this.#asked.promise
    const { clock, fetchOptions, ask } = this.#context
    const nowMs = clock.nowMs()
    const sinceMs = this.#askedAtMs === null ? Infinity : nowMs - this.#askedAtMs
    if (sinceMs >= 0 && sinceMs < fetchOptions.cooldownMs) return null
    this.#askedAtMs = nowMs
    this.#asked = Promise.withResolvers<void>()
    this.#patience = setTimeout(() => this.refreshed(), fetchOptions.timeoutMs).unref()
    const { promise } = this.#asked
    ask(this.issuer)
    return promise
  }

  take(news: IssuerNews): void {
    this.#taking = this.#taking.then(() => this.#keep(news))
  }

  refreshed(): void {
    const asked = this.#asked
    this.#asked = null
    clearTimeout(this.#patience)
    if (asked !== null) void this.#taking.then(() => asked.resolve())
  }

  async #keep(news: IssuerNews): Promise<void> {
    if (news.failure !== null) {
      this.#kept.fail(news.failure)
      return
    }
    try {
      const { algorithms } = this.#options
      const { maxKeys } = this.#context.fetchOptions
      this.#kept.keep(await readKeySet(news.document, algorithms, maxKeys), news.readAtMs)
    } catch (error) {
      // Whoever read it could make keys of it, and says when an issuer is of no use.
      this.#kept.fail(error instanceof Error ? error.message : 'unknown failure')
    }
  }
}
