/** Writes to a socket what it has put together. Must not throw. */
export interface Writer {
  endOfTurn(): void
}

let waiting: Writer[] = []
let isScheduled = false

/**
 * Has it write when everything has been read that came in with this turn of the event loop. Written
 * one after another the answers of a turn cost half as much: each write wakes whoever reads it, and who
 * is awake already needs no waking. Where little comes in, a turn is one request, and nothing waits.
 */
export function writeAtEndOfTurn(writer: Writer): void {
  waiting.push(writer)
  if (isScheduled) return
  isScheduled = true
  setImmediate(onEnd)
}

/** At once, ahead of what else is to be written. */
export function writeNow(): void {
  if (waiting.length === 0) return
  const writers = waiting
  waiting = []
  for (const writer of writers) writer.endOfTurn()
}

function onEnd(): void {
  isScheduled = false
  writeNow()
}
