import type { Registry } from 'prom-client'

import type { Clock } from '../model/clock.ts'
import type { Log } from '../telemetry/log.ts'
import { lineBufferBytes, LineBuffers } from './line-buffers.ts'
import { LineWriter } from './line-writer.ts'
import type { LogSink } from './log-sink.ts'
import { createAuditMetrics } from './metrics.ts'
import type { AuditMetrics } from './metrics.ts'
import type { AuditOptions } from './options.ts'
import { writeLossLine, writeRecordLine } from './record-line.ts'
import type { RecordEntry } from './record.ts'

/** Goes to the writer without waiting for the flush. */
const fullAtBytes = 131_072
/** Of a line in UTF-8, for each of its characters. */
const maxBytesPerCharacter = 3
/** Lines waiting for a slow disk take at most this much memory a place in the queue. */
const bytesPerPlace = 1_024
const closeTimeoutMs = 5_000

export interface RecorderState {
  readonly isFailing: boolean
  readonly sinceMs: number | null
  readonly reason: string | null
  readonly queued: number
}

/**
 * A line is made of each entry at once, since an entry that waits keeps a whole request alive; lines
 * wait for the next flush, and then for the writer, bounded in number and in bytes.
 */
export class QueuedRecorder {
  readonly #capacity: number
  readonly #log: Log
  readonly #clock: Clock
  readonly #writer: LineWriter
  readonly #metrics: AuditMetrics
  readonly #timer: NodeJS.Timeout
  readonly #buffers = new LineBuffers()
  /** Lines that the writer does not have yet; null: none. */
  #lines: Buffer | null = null
  #bytes = 0
  #records = 0
  #isClosed = false
  #closed: Promise<void> | null = null
  #lost = 0
  #lostSinceMs = 0
  #lostUntilMs = 0
  #failure: { readonly sinceMs: number; readonly reason: string } | null = null

  constructor(options: AuditOptions, sink: LogSink, log: Log, registry: Registry, clock: Clock) {
    this.#capacity = options.queueCapacity
    this.#log = log
    this.#clock = clock
    this.#metrics = createAuditMetrics(
      registry,
      () => this.#queued,
      () => this.#failure !== null,
    )
    this.#writer = new LineWriter(sink, {
      written: ({ bytes, records }) => {
        this.#metrics.written.inc(records)
        this.#metrics.bytes.inc(bytes.length)
        // Announcements have a place of their own.
        if (records > 0) this.#buffers.give(Buffer.from(bytes.buffer))
      },
      failed: () => this.#metrics.writeErrors.inc(),
      failing: (error) => this.#startFailing(error),
      recovered: () => this.#recover(),
      idle: () => this.#announceLoss(),
    })
    this.#timer = setTimeout(() => this.#flush(), options.flushIntervalMs).unref()
    this.#writer.reopen()
  }

  record(entry: RecordEntry): void {
    if (this.#isClosed || this.#queued >= this.#capacity) {
      this.#lose(entry.timeMs)
      return
    }
    const line = this.#lineOf(entry)
    if (line === null || !this.#hasRoom(line)) this.#lose(entry.timeMs)
    else this.#add(line)
  }

  reopen(): void {
    this.#writer.reopen()
  }

  state(): RecorderState {
    return {
      isFailing: this.#failure !== null,
      sinceMs: this.#failure?.sinceMs ?? null,
      reason: this.#failure?.reason ?? null,
      queued: this.#queued,
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#end()
    return this.#closed
  }

  async #end(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#handOver()
    this.#announceLoss()
    const left = await this.#writer.close(closeTimeoutMs)
    if (left === 0) return
    this.#metrics.lost.inc(left)
    this.#log.error({ lost: left }, 'Decision records could not be written before the end')
  }

  get #queued(): number {
    return this.#records + this.#writer.pendingRecords
  }

  #flush(): void {
    if (this.#isClosed) return
    if (this.#writer.pendingRecords > 0) {
      // Behind a write that takes long lines gather in one place, which has room for many.
      this.#timer.refresh()
      return
    }
    this.#handOver()
    this.#announceLoss()
  }

  #hasRoom(line: string): boolean {
    const pending = this.#writer.pendingBytes + this.#bytes
    return pending + line.length <= this.#capacity * bytesPerPlace
  }

  #add(line: string): void {
    if (this.#bytes + line.length * maxBytesPerCharacter > lineBufferBytes) this.#handOver()
    if (this.#lines === null) {
      this.#lines = this.#buffers.take()
      this.#timer.refresh()
    }
    this.#bytes += this.#lines.write(line, this.#bytes)
    this.#records += 1
    if (this.#bytes >= fullAtBytes) this.#handOver()
  }

  #handOver(): void {
    if (this.#lines === null) return
    const lines = this.#lines.subarray(0, this.#bytes)
    const records = this.#records
    this.#lines = null
    this.#bytes = 0
    this.#records = 0
    this.#writer.append(lines, records)
  }

  #lineOf(entry: RecordEntry): string | null {
    try {
      return writeRecordLine(entry)
    } catch (error) {
      // One entry that cannot be written must not take the others, or the process, with it.
      this.#log.error({ err: error, id: entry.id }, 'Cannot build a decision record')
      return null
    }
  }

  #lose(timeMs: number): void {
    this.#metrics.lost.inc()
    this.#lostUntilMs = timeMs
    this.#lost += 1
    if (this.#lost > 1) return
    this.#lostSinceMs = timeMs
    this.#log.warn(
      { queued: this.#queued, capacity: this.#capacity },
      'Decision records are being lost: they cannot be written quickly enough',
    )
  }

  /** Once there is room again, so that one outage makes one announcement. */
  #announceLoss(): void {
    if (this.#lost === 0 || (!this.#isClosed && this.#queued > this.#capacity / 2)) return
    const lost = this.#lost
    this.#lost = 0
    this.#handOver()
    const line = writeLossLine(lost, this.#lostSinceMs, this.#lostUntilMs)
    this.#log.warn(
      { lost },
      'Decision records were lost; the stream says so where they are missing',
    )
    this.#writer.append(Buffer.from(line), 0)
  }

  #startFailing(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    this.#failure = { sinceMs: this.#clock.nowMs(), reason }
    this.#log.warn({ reason, queued: this.#queued }, 'Cannot write decision records: trying again')
  }

  #recover(): void {
    this.#failure = null
    this.#log.info({ queued: this.#queued }, 'Decision records are written again')
  }
}
