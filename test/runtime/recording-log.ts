import type { Log } from '../../src/telemetry/log.ts'

export interface LoggedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly fields: object
  readonly message: string
}

/** Keeps what is logged, for assertions. */
export function recordingLog(): { readonly log: Log; readonly lines: readonly LoggedLine[] } {
  const lines: LoggedLine[] = []
  const at = (level: LoggedLine['level']) => (fields: object, message: string) => {
    lines.push({ level, fields, message })
  }
  const log: Log = {
    isLevelEnabled: () => true,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  }
  return { log, lines }
}
