import assert from 'node:assert/strict'

import type { Registry } from 'prom-client'

import { systemClock } from '../model/clock.ts'
import type { Clock } from '../model/clock.ts'
import type { Log } from '../telemetry/log.ts'
import { LogFile } from './log-file.ts'
import type { LogSink } from './log-sink.ts'
import type { AuditOptions } from './options.ts'
import { QueuedRecorder } from './queued-recorder.ts'
import type { RecorderState } from './queued-recorder.ts'
import type { RecordEntry } from './record.ts'
import { openStandardOutput } from './standard-output.ts'

/** Takes decision records off the request path. */
export interface Recorder {
  /** Returns at once and never throws: a record that finds the queue full is lost and counted. */
  record(entry: RecordEntry): void
  /** Opens the file anew, after log rotation moved it. */
  reopen(): void
  /** Writes what is queued, within a bounded time. */
  close(): Promise<void>
}

export interface AuditRecorder extends Recorder {
  /** For readiness: failing means that records are kept, and lost once the queue is full. */
  state(): RecorderState
}

export function createRecorder(
  options: AuditOptions,
  log: Log,
  registry: Registry,
  clock: Clock = systemClock,
  sink: LogSink | null = null,
): AuditRecorder {
  if (options.sink === 'none') return noRecorder
  return new QueuedRecorder(options, sink ?? openSink(options), log, registry, clock)
}

/** The place that the options name, for this process alone. */
export function openSink({ sink, file }: AuditOptions): LogSink {
  if (sink === 'stdout') return openStandardOutput()
  assert(file !== null, 'A file sink names its file')
  return new LogFile(file)
}

const noFailure: RecorderState = { isFailing: false, sinceMs: null, reason: null, queued: 0 }

const noRecorder: AuditRecorder = {
  record: () => {},
  reopen: () => {},
  state: () => noFailure,
  close: () => Promise.resolve(),
}
