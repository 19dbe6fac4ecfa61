import type { Log } from '../../src/telemetry/log.ts'

export interface RecordingLog extends Log {
  readonly lines: { readonly level: string; readonly fields: object; readonly message: string }[]
}

export function createRecordingLog(): RecordingLog {
  const lines: RecordingLog['lines'] = []
  const write =
    (level: string) =>
    (fields: object, message: string): void => {
      lines.push({ level, fields, message })
    }
  return {
    lines,
    isLevelEnabled: () => true,
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  }
}
