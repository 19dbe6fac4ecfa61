import { limitSubjects, type Rate, type RateLimits, readRate } from '../model/rate-limit.ts'
import type { RouteSyntax } from './syntax.ts'

/** The schema has judged the form of each. */
export function readLimits({ limits }: RouteSyntax): RateLimits {
  const read: Partial<Record<keyof RateLimits, Rate>> = {}
  for (const whose of limitSubjects) {
    const text = limits.find(([name]) => name === whose)?.[1].value
    const rate = text === undefined ? null : readRate(text)
    if (rate !== null) read[whose] = rate
  }
  return read
}
