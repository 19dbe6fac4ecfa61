/** An instant with nanoseconds, within the years 1 to 9999. */
export class CelTimestamp {
  readonly seconds: number
  readonly nanos: number

  constructor(seconds: number, nanos: number) {
    this.seconds = seconds
    this.nanos = nanos
  }

  static fromMs(timeMs: number): CelTimestamp {
    const seconds = Math.floor(timeMs / 1000)
    return new CelTimestamp(seconds, Math.round((timeMs - seconds * 1000) * 1e6))
  }
}
