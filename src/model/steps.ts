/**
 * Long work that can be put down and taken up again: it yields where that is possible. One piece
 * between two yields takes well under a millisecond.
 */
export type Steps<T> = Generator<undefined, T, undefined>

export function runAtOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}
