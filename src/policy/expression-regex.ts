import { RE2JS } from '@bufbuild/re2'
import { CelFailure, Meter, overBudget } from './expression-values.ts'

const maxPatternLength = 1_000
/** Product of the counts in `{n}`: they multiply the compiled program. */
const maxRepetition = 1_000
const maxKeptPatterns = 200
const repetition = /\{(?<low>\d+)(?:,(?<high>\d*))?\}/g

const kept = new Map<string, RE2JS | CelFailure>()

/** What compiling costs for each character, in parts of a loop. */
export const compileCost = 100

/** RE2 runs in time linear to the text; the pattern's own size is bounded here. */
export function compilePattern(pattern: string, meter = Meter.single): RE2JS | CelFailure {
  const known = kept.get(pattern)
  if (known !== undefined) return known
  if (pattern.length > maxPatternLength) return new CelFailure('Regular expression is too long')
  if (!meter.take(pattern.length * compileCost)) return overBudget
  const compiled = compile(pattern)
  // A pattern may come with a request: the store is bounded, and dropped rather than kept in order.
  if (kept.size >= maxKeptPatterns) kept.clear()
  kept.set(pattern, compiled)
  return compiled
}

function compile(pattern: string): RE2JS | CelFailure {
  let copies = 1
  for (const { groups } of pattern.matchAll(repetition)) {
    copies *= Math.max(1, Number(groups?.['low'] ?? 1), Number(groups?.['high'] ?? 1))
    if (copies > maxRepetition) return new CelFailure('Regular expression repeats too often')
  }
  try {
    return RE2JS.compile(pattern)
  } catch {
    return new CelFailure('Malformed regular expression')
  }
}
