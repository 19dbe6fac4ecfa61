import { LineWriter } from './line-writer.ts'
import type { LogSink } from './log-sink.ts'

export interface LineCollectorEvents {
  /** Once per run of failures. */
  failing(error: unknown): void
  recovered(): void
}

/**
 * Writes the lines of several processes to a place that cannot tell their writes apart: a pipe cuts
 * and mixes what exceeds its atomic size. Whoever hands lines over waits until they are written, so
 * what waits here is at most one batch of each.
 */
export class LineCollector {
  readonly #writer: LineWriter
  #waiting: (() => void)[] = []

  constructor(sink: LogSink, events: LineCollectorEvents) {
    this.#writer = new LineWriter(sink, {
      ...events,
      written: () => this.#waiting.shift()?.(),
      failed: () => {},
      idle: () => {},
    })
    this.#writer.reopen()
  }

  /** Whole lines. Settles once they are written. */
  append(lines: Uint8Array): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#waiting.push(resolve)
    this.#writer.append(lines, 0)
    return promise
  }

  reopen(): void {
    this.#writer.reopen()
  }

  async close(timeoutMs: number): Promise<void> {
    await this.#writer.close(timeoutMs)
  }
}
