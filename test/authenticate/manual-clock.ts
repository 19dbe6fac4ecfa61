import type { Clock } from '../../src/model/clock.ts'

export interface ManualClock extends Clock {
  /** Seconds since the Unix epoch. */
  nowS(): number
  advanceS(seconds: number): void
}

export function createManualClock(startS = 1_800_000_000): ManualClock {
  let nowMs = startS * 1_000
  return {
    nowMs: () => nowMs,
    nowS: () => nowMs / 1_000,
    advanceS: (seconds) => {
      nowMs += seconds * 1_000
    },
  }
}
