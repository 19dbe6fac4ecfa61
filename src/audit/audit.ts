import assert from 'node:assert/strict'

import type { Registry } from 'prom-client'

import { systemClock } from '../model/clock.ts'
import type { Clock } from '../model/clock.ts'
import type { Log } from '../telemetry/log.ts'
import { LogFile } from './log-file.ts'
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
): AuditRecorder {
  if (options.sink === 'none') return noRecorder
  assert(options.sink === 'stdout' || options.file !== null, 'A file sink names its file')
  const sink =
    options.sink === 'file' && options.file !== null
      ? new LogFile(options.file)
      : openStandardOutput()
  return new QueuedRecorder(options, sink, log, registry, clock)
}

const noFailure: RecorderState = { isFailing: false, sinceMs: null, reason: null, queued: 0 }

const noRecorder: AuditRecorder = {
  record: () => {},
  reopen: () => {},
  state: () => noFailure,
  close: () => Promise.resolve(),
}
