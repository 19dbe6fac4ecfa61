import { setImmediate } from 'node:timers/promises'
import type { Steps } from '../model/steps.ts'

/** A request that arrives meanwhile waits this long at most. */
const sliceMs = 0.25

/** Long work between the requests of a process that answers some. An abort rejects. */
export async function runInSlices<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    const end = performance.now() + sliceMs
    do {
      const { done, value } = steps.next()
      if (done === true) return value
    } while (performance.now() < end)
    await setImmediate(undefined, { signal })
  }
}
