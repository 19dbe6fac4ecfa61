import type { IssuerNews } from './issuer-key-reader.ts'

/**
 * What somebody who comes later has to be told to know as much as those who heard it all: of each
 * issuer the last keys that could be read, and whether reading has failed since.
 */
export class IssuerMemory {
  readonly #keys = new Map<string, IssuerNews>()
  readonly #failures = new Map<string, IssuerNews>()

  note(news: IssuerNews): void {
    if (news.failure !== null) {
      this.#failures.set(news.issuer, news)
      return
    }
    this.#keys.set(news.issuer, news)
    this.#failures.delete(news.issuer)
  }

  get all(): readonly IssuerNews[] {
    return [...this.#keys.values(), ...this.#failures.values()]
  }
}
