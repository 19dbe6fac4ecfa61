const tickMs = 10

/**
 * Time as this process lives it, in milliseconds: while the machine does something else the clock
 * goes on and this does not, for ticks that are missed are not made up for.
 */
export function startTicks(): { readonly elapsedMs: () => number; readonly stop: () => void } {
  let ticks = 0
  const timer = setInterval(() => {
    ticks += 1
  }, tickMs)
  return { elapsedMs: () => ticks * tickMs, stop: () => clearInterval(timer) }
}
