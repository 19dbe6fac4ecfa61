const kept = new Int32Array(new SharedArrayBuffer(4))

/**
 * Takes time and nothing else. Each round waits for everything before it: a processor would do other
 * work beside a mere calculation, and so short a time would be none.
 */
export function spin(rounds: number): void {
  for (let round = 0; round < rounds; round += 1) Atomics.add(kept, 0, 1)
}
