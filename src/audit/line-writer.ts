import { setTimeout as sleep } from 'node:timers/promises'

import type { LogSink } from './log-sink.ts'

const firstRetryMs = 10
const longestRetryMs = 5_000
/** A full pipe is back-pressure, not a failure, until it lasts this many attempts (about 1 s). */
const patienceWithFullPipe = 6
/** While closing: a disk that is full now will be full in a second, and the end must not wait. */
const closingAttempts = 50
const lineFeed = 0x0a

/** Whole lines. */
interface LineBatch {
  readonly bytes: Uint8Array
  readonly records: number
}

interface Batch extends LineBatch {
  offset: number
}

export interface LineWriterEvents {
  /** Its bytes are not needed any more. */
  written(batch: LineBatch): void
  /** Once per run of failures. */
  failing(error: unknown): void
  recovered(): void
  /** After each failed attempt. */
  failed(): void
  idle(): void
}

/** Appends batches of whole lines in order, one write at a time, and tries again until it succeeds. */
export class LineWriter {
  readonly #sink: LogSink
  readonly #events: LineWriterEvents
  readonly #closing = new AbortController()
  #batches: Batch[] = []
  #pendingBytes = 0
  #pendingRecords = 0
  #isRunning = false
  #running: Promise<void> = Promise.resolve()
  #mustReopen = true
  #attempts = 0
  #attemptsClosing = 0
  #isFailing = false

  constructor(sink: LogSink, events: LineWriterEvents) {
    this.#sink = sink
    this.#events = events
  }

  get pendingBytes(): number {
    return this.#pendingBytes
  }

  get pendingRecords(): number {
    return this.#pendingRecords
  }

  append(bytes: Uint8Array, records: number): void {
    this.#batches.push({ bytes, records, offset: 0 })
    this.#pendingBytes += bytes.length
    this.#pendingRecords += records
    this.#start()
  }

  reopen(): void {
    this.#mustReopen = true
    this.#start()
  }

  /** Waits until all is written, at most so long; says how many records were not. */
  async close(timeoutMs: number): Promise<number> {
    const deadline = AbortSignal.timeout(timeoutMs)
    // Whoever sleeps between two attempts wakes up; the next sleeps are short.
    this.#closing.abort()
    while (this.#isRunning && !deadline.aborted) {
      await Promise.race([this.#running, sleep(firstRetryMs)])
    }
    const left = this.#pendingRecords
    if (!this.#isRunning) await this.#sink.close()
    this.#batches = []
    return left
  }

  #start(): void {
    if (this.#isRunning) return
    this.#isRunning = true
    this.#running = this.#run()
  }

  async #run(): Promise<void> {
    try {
      await this.#writeAll()
    } finally {
      this.#events.idle()
    }
  }

  /** Ends in the same turn in which it finds nothing to do: whoever comes later starts it anew. */
  async #writeAll(): Promise<void> {
    try {
      for (;;) {
        const batch = this.#batches[0]
        const isClosing = this.#closing.signal.aborted
        if (batch === undefined && (isClosing || !this.#mustReopen)) return
        try {
          await this.#open(batch)
          if (batch !== undefined) await this.#write(batch)
          this.#succeed()
        } catch (error) {
          if (!(await this.#mayTryAgain(error))) return
        }
      }
    } finally {
      this.#isRunning = false
    }
  }

  async #open(batch: Batch | undefined): Promise<void> {
    if (!this.#mustReopen && !(await this.#sink.isUnlinked(Date.now()))) return
    // Before the wait: whoever asks during it means the place as it is then.
    this.#mustReopen = false
    const isSame = await this.#sink.reopen()
    if (!isSame && batch !== undefined) rewindToLine(batch)
  }

  async #write(batch: Batch): Promise<void> {
    const written = await this.#sink.write(batch.bytes, batch.offset)
    batch.offset += written
    if (batch.offset < batch.bytes.length) return
    this.#batches.shift()
    this.#pendingBytes -= batch.bytes.length
    this.#pendingRecords -= batch.records
    this.#events.written(batch)
  }

  #succeed(): void {
    this.#attempts = 0
    if (!this.#isFailing) return
    this.#isFailing = false
    this.#events.recovered()
  }

  async #mayTryAgain(failure: unknown): Promise<boolean> {
    this.#attempts += 1
    this.#mustReopen = true
    this.#events.failed()
    const isFullPipe = failure instanceof Error && 'code' in failure && failure.code === 'EAGAIN'
    if (!this.#isFailing && (!isFullPipe || this.#attempts > patienceWithFullPipe)) {
      this.#isFailing = true
      this.#events.failing(failure)
    }
    if (this.#closing.signal.aborted) {
      this.#attemptsClosing += 1
      await sleep(firstRetryMs)
      return this.#attemptsClosing < closingAttempts
    }
    const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(this.#attempts, 16))
    const waking = { signal: this.#closing.signal, ref: false }
    await sleep(delayMs, undefined, waking).catch(ignore)
    return true
  }
}

/** In another file a line begins anew, so that no line is split between two files. */
function rewindToLine(batch: Batch): void {
  batch.offset = batch.bytes.lastIndexOf(lineFeed, Math.max(batch.offset - 1, 0)) + 1
}

function ignore(): void {
  // Woken by close: not a failure.
}
