import type { Registry } from 'prom-client'

import type { Clock } from '../model/clock.ts'
import type { Log } from '../telemetry/log.ts'
import { LineWriter } from './line-writer.ts'
import type { LogSink } from './log-sink.ts'
import { createAuditMetrics } from './metrics.ts'
import type { AuditMetrics } from './metrics.ts'
import type { AuditOptions } from './options.ts'
import { writeLossLine, writeRecordLine } from './record-line.ts'
import type { RecordEntry } from './record.ts'

/** Lines built in one turn of the event loop: a fraction of a millisecond. */
const linesPerTurn = 128
const charactersPerTurn = 262_144
const flushEarlyAt = 1_024
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
 * Entries wait for the next flush, which makes lines of them and frees what they hold; lines wait
 * for the writer. Both together are bounded in number, the lines in bytes as well.
 */
export class QueuedRecorder {
  readonly #capacity: number
  readonly #flushAt: number
  readonly #log: Log
  readonly #clock: Clock
  readonly #writer: LineWriter
  readonly #metrics: AuditMetrics
  readonly #timer: NodeJS.Timeout
  #entries: RecordEntry[] = []
  #isScheduled = false
  #isClosed = false
  #closed: Promise<void> | null = null
  #lost = 0
  #lostSinceMs = 0
  #lostUntilMs = 0
  #failure: { readonly sinceMs: number; readonly reason: string } | null = null

  constructor(options: AuditOptions, sink: LogSink, log: Log, registry: Registry, clock: Clock) {
    this.#capacity = options.queueCapacity
    this.#flushAt = Math.min(flushEarlyAt, Math.ceil(options.queueCapacity / 2))
    this.#log = log
    this.#clock = clock
    this.#metrics = createAuditMetrics(
      registry,
      () => this.#queued,
      () => this.#failure !== null,
    )
    this.#writer = new LineWriter(sink, {
      written: (records, bytes) => {
        this.#metrics.written.inc(records)
        this.#metrics.bytes.inc(bytes)
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
    const waiting = this.#entries.push(entry)
    if (!this.#isScheduled) {
      this.#isScheduled = true
      this.#timer.refresh()
    } else if (waiting === this.#flushAt) {
      setImmediate(() => this.#flush())
    }
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
    while (this.#entries.length > 0) this.#writeSome()
    this.#announceLoss()
    const left = await this.#writer.close(closeTimeoutMs)
    if (left === 0) return
    this.#metrics.lost.inc(left)
    this.#log.error({ lost: left }, 'Decision records could not be written before the end')
  }

  get #queued(): number {
    return this.#entries.length + this.#writer.pendingRecords
  }

  #flush(): void {
    if (this.#isClosed) return
    this.#writeSome()
    this.#announceLoss()
    this.#isScheduled = this.#entries.length > 0
    if (this.#isScheduled) setImmediate(() => this.#flush())
  }

  #writeSome(): void {
    const entries = this.#entries
    const room = this.#capacity * bytesPerPlace - this.#writer.pendingBytes
    let lines = ''
    let records = 0
    let taken = 0
    for (const entry of entries) {
      if (taken >= linesPerTurn || lines.length >= charactersPerTurn) break
      taken += 1
      const line = this.#lineOf(entry)
      if (line === null || lines.length + line.length > room) {
        this.#lose(entry.timeMs)
        continue
      }
      lines += line
      records += 1
    }
    this.#entries = taken === entries.length ? [] : entries.slice(taken)
    if (records > 0) this.#writer.append(Buffer.from(lines), records)
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
