import { createLog, type Log, type LogLevel } from '../telemetry/log.ts'
import { describeError } from './describe-error.ts'

/** The log of a process: whatever error is logged as `err`, no credential comes out with it. */
export function createProcessLog(level: LogLevel, origin: object | null = null): Log {
  return createLog(level, origin, (error) =>
    error instanceof Error ? describeError(error) : error,
  )
}
