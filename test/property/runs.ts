import type { Parameters } from 'fast-check'

/**
 * How often a property is tried: `PROPERTY_RUNS=20 npm test` tries twenty times as many, and
 * `PROPERTY_SEED=1` repeats a run.
 */
export function runs<T>(usual: number): Parameters<T> {
  const factor = Number(process.env['PROPERTY_RUNS'] ?? '1')
  const seed = process.env['PROPERTY_SEED']
  const numRuns = Math.max(1, Math.round(usual * factor))
  return seed === undefined ? { numRuns } : { numRuns, seed: Number(seed) }
}
