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
}

/** A reader of stderr that stalls must not fill memory: beyond this, lines are dropped. */
const maxWaitingBytes = 4_194_304

/** One JSON object a line on stderr, so that stdout stays free for results and decision records. */
export function createLog(level: LogLevel): Log {
  const destination = pino.destination({
    fd: 2,
    sync: false,
    minLength: 0,
    maxLength: maxWaitingBytes,
  })
  let dropped = 0
  destination.on('drop', () => {
    dropped += 1
  })
  const log = pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'message',
    },
    destination,
  )
  return Object.assign(log, { droppedLines: () => dropped })
}
