import type { RecordEntry } from './record.ts'

/** Takes decision records off the request path. */
export interface Recorder {
  /** Returns at once and never throws: a record that finds the queue full is lost and counted. */
  record(entry: RecordEntry): void
  /** Opens the file anew, after log rotation moved it. */
  reopen(): void
  /** Writes what is queued, within a bounded time. */
  close(): Promise<void>
}
