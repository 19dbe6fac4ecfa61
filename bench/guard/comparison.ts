/** This revision by the baseline: above 1 is slower, or larger. */
export interface Comparison {
  readonly name: string
  readonly ratio: number
  readonly own: number
  readonly baseline: number
  readonly unit: string
}

export interface Pair<Value> {
  readonly own: Value
  readonly baseline: Value
}

export type Which = keyof Pair<unknown>

/** Whose turn it is: the other order every other time, so that neither is always the first. */
export function turns(time: number): readonly Which[] {
  return time % 2 === 0 ? ['own', 'baseline'] : ['baseline', 'own']
}

/**
 * By the mean of the best of what each took: whatever else the machine does can only add to it, and
 * meets both alike because they took turns.
 */
export function summarise(
  name: string,
  unit: string,
  taken: Pair<readonly number[]>,
  bestShare: number,
): Comparison {
  const best = (values: readonly number[]): number => {
    const count = Math.max(1, Math.round(values.length * bestShare))
    const kept = values.toSorted((a, b) => a - b).slice(0, count)
    return kept.reduce((sum, value) => sum + value, 0) / count
  }
  const [own, baseline] = [best(taken.own), best(taken.baseline)]
  return { name, unit, ratio: own / baseline, own, baseline }
}
