import type { Log } from '../telemetry/log.ts'

export interface DemoLog extends Log {
  /** From now on what the gateway notes in passing is shown as well: denials, policy changes. */
  showNotes(): void
}

/** For somebody watching a terminal: a sentence, then what it is about. */
export function createDemoLog(say: (line: string) => void): DemoLog {
  let showsNotes = false
  const write = (label: string, fields: object, message: string) => {
    const time = new Date().toTimeString().slice(0, 8)
    const facts = renderFields(fields)
    say(`${time} ${label}${message}${facts === '' ? '' : `: ${facts}`}`)
  }
  return {
    isLevelEnabled: (level) => level !== 'debug',
    debug: () => {},
    info: (fields, message) => {
      if (showsNotes) write('', fields, message)
    },
    warn: (fields, message) => write('warning: ', fields, message),
    error: (fields, message) => write('error: ', fields, message),
    showNotes: () => {
      showsNotes = true
    },
  }
}

const maxValueLength = 300

function renderFields(fields: object): string {
  return Object.entries(fields)
    .map(([name, value]) => [name, renderValue(value)] as const)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => `${name} ${text}`)
    .join(', ')
}

function renderValue(value: unknown): string {
  if (value === null || value === undefined || value === 0) return ''
  if (Array.isArray(value) && value.length === 0) return ''
  const text = typeof value === 'string' ? value : describe(value)
  // A terminal obeys control characters, and some of this was written by whoever sent a request.
  const shown = text.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
  return shown.length > maxValueLength ? `${shown.slice(0, maxValueLength)}...` : shown
}

function describe(value: unknown): string {
  if (value instanceof Error) return value.message
  if (Array.isArray(value)) return value.map(String).join(' ')
  return JSON.stringify(value) ?? ''
}
