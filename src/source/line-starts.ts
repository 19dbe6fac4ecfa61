/** Both count from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** Where each line of a text begins. The YAML library's own count loses lines in damaged text. */
export class LineStarts {
  readonly #starts: readonly number[]

  constructor(text: string) {
    const starts = [0]
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
      starts.push(at + 1)
    this.#starts = starts
  }

  placeOf(offset: number): Place {
    const line = lastAtMost(this.#starts, offset)
    return { line: line + 1, column: offset - (this.#starts[line] ?? 0) + 1 }
  }
}

/** Position of the last of the ascending numbers that is not above the limit. */
function lastAtMost(ascending: readonly number[], limit: number): number {
  let [low, high] = [0, ascending.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((ascending[middle] ?? 0) <= limit) low = middle
    else high = middle - 1
  }
  return low
}
