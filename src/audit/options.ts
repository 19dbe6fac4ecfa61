/** Decision records: one JSON object a line. */
export interface AuditOptions {
  readonly sink: 'stdout' | 'file' | 'none'
  /** With `sink: file`: appended to; reopened on SIGHUP, so that log rotation works. */
  readonly file: string | null
  /** Records waiting to be written; past it records are lost, counted and announced. */
  readonly queueCapacity: number
  readonly flushIntervalMs: number
}

export const defaultAuditOptions: AuditOptions = {
  sink: 'stdout',
  file: null,
  queueCapacity: 65_536,
  flushIntervalMs: 50,
}
