import { setTimeout as sleep } from 'node:timers/promises'

/** Waits until `find` finds something, and says what was waited for when it does not in time. */
export async function until<Found>(
  what: string,
  find: () => Found | null | false | Promise<Found | null | false>,
  timeoutMs = 60_000,
): Promise<Found> {
  const deadlineMs = performance.now() + timeoutMs
  for (;;) {
    const found = await find()
    if (found !== null && found !== false) return found
    if (performance.now() > deadlineMs) throw new Error(`Not within ${timeoutMs} ms: ${what}`)
    await sleep(5)
  }
}
