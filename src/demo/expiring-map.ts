/** Values by secret text, each for a time; the oldest makes room. */
export class ExpiringMap<Value> {
  readonly #maxEntries: number
  readonly #entries = new Map<string, { readonly value: Value; readonly endsAtMs: number }>()

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    return entry !== undefined && Date.now() < entry.endsAtMs ? entry.value : undefined
  }

  set(key: string, value: Value, lifetimeMs: number): void {
    const [oldest] = this.#entries.keys()
    if (oldest !== undefined && this.#entries.size >= this.#maxEntries) this.#entries.delete(oldest)
    this.#entries.set(key, { value, endsAtMs: Date.now() + lifetimeMs })
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  deleteWhere(matches: (value: Value) => boolean): void {
    for (const [key, { value }] of this.#entries) if (matches(value)) this.#entries.delete(key)
  }
}
