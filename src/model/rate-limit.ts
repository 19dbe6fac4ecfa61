/** So many at once, and as many again over the window. */
export interface Rate {
  readonly count: number
  readonly windowS: number
  /** How many may come at one moment after a silence. */
  readonly burst: number
}

/** Whose requests are counted together: each of these has a bucket of its own. */
export const limitSubjects = ['address', 'subject', 'client', 'all'] as const
type LimitSubject = (typeof limitSubjects)[number]

export type RateLimits = Readonly<Partial<Record<LimitSubject, Rate>>>

/** What was taken from one bucket, to be counted together with what others took. */
export interface Settlement {
  readonly bucket: string
  readonly intervalMs: number
  readonly capacityMs: number
  readonly count: number
}

/**
 * Where several processes count together. Says how far each bucket is from full, in milliseconds;
 * NaN where that is not known, null where the entry was not taken either and has to be told again.
 * Never rejects.
 */
export interface SharedLedger {
  settle(entries: readonly Settlement[]): Promise<readonly (number | null)[]>
}

const windows = { s: 1, m: 60, h: 3_600, d: 86_400 } as const

/** `100/m`, or `100/m burst 20`; null for anything else. */
export function readRate(text: string): Rate | null {
  const found = /^([1-9]\d{0,8})\/([smhd])(?: burst ([1-9]\d{0,8}))?$/u.exec(text)
  const [, count, unit, burst] = found ?? []
  if (count === undefined || unit === undefined) return null
  return {
    count: Number(count),
    windowS: windows[unit as keyof typeof windows],
    burst: Number(burst ?? count),
  }
}
