/** Repeatable choices: the same seed makes the same policies on every machine (mulberry32). */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** 0 up to, not including, `limit`. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit)
  }

  happens(percent: number): boolean {
    return this.below(100) < percent
  }

  pick<T>(choices: readonly T[]): T {
    const chosen = choices[this.below(choices.length)]
    if (chosen === undefined) throw new Error('nothing to choose from')
    return chosen
  }

  some<T>(choices: readonly T[], least = 0): T[] {
    const chosen = choices.filter(() => this.happens(50))
    while (chosen.length < least) {
      const one = this.pick(choices)
      if (!chosen.includes(one)) chosen.push(one)
    }
    return chosen
  }

  many<T>(from: number, to: number, make: (at: number) => T): T[] {
    return Array.from({ length: from + this.below(to - from + 1) }, (_, at) => make(at))
  }
}
