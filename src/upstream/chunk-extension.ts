import { isTextOctet, isTokenOctet, octet } from './octets.ts'

const state = { name: 0, value: 1, token: 2, quoted: 3, escaped: 4, closed: 5 } as const

/**
 * Reads over the extensions of a chunk, octet by octet (RFC 9112 section 7.1.1): names, with or
 * without a value that is a token or quoted. The spaces that a recipient may put up with are malformed
 * here.
 */
export class ChunkExtension {
  #state: number = state.name
  #length = 0

  /** Behind a semicolon. */
  begin(): void {
    this.#state = state.name
    this.#length = 0
  }

  /** Whether the line may end here. */
  get isWhole(): boolean {
    switch (this.#state) {
      case state.name:
      case state.token:
        return this.#length > 0
      default:
        return this.#state === state.closed
    }
  }

  /** False: the octet cannot stand there. */
  read(code: number): boolean {
    switch (this.#state) {
      case state.quoted:
        if (code === quote) this.#state = state.closed
        else if (code === backslash) this.#state = state.escaped
        return isTextOctet[code] === 1
      case state.escaped:
        this.#state = state.quoted
        return isTextOctet[code] === 1
      case state.value:
        this.#state = code === quote ? state.quoted : state.token
        this.#length = 1
        return code === quote || isTokenOctet[code] === 1
      default:
        return this.#readWord(code)
    }
  }

  /** In a name or a token, or behind a quoted value. */
  #readWord(code: number): boolean {
    if (code === octet.semicolon) {
      const { isWhole } = this
      this.begin()
      return isWhole
    }
    if (code === equals) {
      const isNamed = this.#state === state.name && this.#length > 0
      this.#state = state.value
      return isNamed
    }
    this.#length += 1
    return this.#state !== state.closed && isTokenOctet[code] === 1
  }
}

const quote = 34
const equals = 61
const backslash = 92
