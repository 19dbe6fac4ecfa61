import { pino } from 'pino'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'

/** Structured log: fields first, then one sentence. Never a token, a cookie or a secret in either. */
export interface Log {
  isLevelEnabled(level: string): boolean
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
  /** Since start; absent where lines are never dropped. */
  droppedLines?(): number
  /** Settles once what was said so far is written, or nobody reads it. */
  flush?(): Promise<void>
}

/** A reader of stderr that stalls must not fill memory: beyond this, lines are dropped. */
const maxWaitingBytes = 4_194_304

/** Several processes may write to one pipe, which keeps whole what is no longer than this. */
const atomicPipeBytes = 4_096
/** In characters, of which the longest take three octets. */
const maxWriteCharacters = Math.floor(atomicPipeBytes / 3)
const flushTimeoutMs = 500

/**
 * One JSON object a line on stderr, so that stdout stays free for results and decision records.
 * `origin` is part of every line, and what is logged as `err` is written as `describeError` says.
 */
export function createLog(
  level: LogLevel,
  origin: object | null = null,
  describeError?: (error: unknown) => unknown,
): Log {
  const destination = pino.destination({
    fd: 2,
    sync: false,
    // At once, and yet not the zero with which a flush would wait for nothing.
    minLength: 1,
    maxLength: maxWaitingBytes,
    maxWrite: maxWriteCharacters,
  })
  let dropped = 0
  destination.on('drop', () => {
    dropped += 1
  })
  const log = pino(
    {
      level,
      base: origin,
      ...(describeError === undefined ? null : { serializers: { err: describeError } }),
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'message',
    },
    destination,
  )
  const flush = (): Promise<void> =>
    new Promise((resolve) => {
      setTimeout(resolve, flushTimeoutMs).unref()
      destination.flush(() => resolve())
    })
  return Object.assign(log, { droppedLines: () => dropped, flush })
}
