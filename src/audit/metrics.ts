import { Counter, Gauge } from 'prom-client'
import type { Registry } from 'prom-client'

export interface AuditMetrics {
  readonly queued: Gauge
  readonly failing: Gauge
  readonly written: Counter
  readonly lost: Counter
  readonly bytes: Counter
  readonly writeErrors: Counter
}

export function createAuditMetrics(
  registry: Registry,
  queuedRecords: () => number,
  isFailing: () => boolean,
): AuditMetrics {
  const registers = [registry]
  return {
    queued: new Gauge({
      name: 'sallyport_audit_queue_records',
      help: 'Decision records waiting to be written',
      registers,
      collect() {
        this.set(queuedRecords())
      },
    }),
    failing: new Gauge({
      name: 'sallyport_audit_failing',
      help: '1 while decision records cannot be written',
      aggregator: 'max',
      registers,
      collect() {
        this.set(isFailing() ? 1 : 0)
      },
    }),
    written: new Counter({
      name: 'sallyport_audit_records_written_total',
      help: 'Decision records written',
      registers,
    }),
    lost: new Counter({
      name: 'sallyport_audit_records_lost_total',
      help: 'Decision records lost because the queue was full or writing failed until the end',
      registers,
    }),
    bytes: new Counter({
      name: 'sallyport_audit_written_bytes_total',
      help: 'Bytes of decision records written',
      registers,
    }),
    writeErrors: new Counter({
      name: 'sallyport_audit_write_errors_total',
      help: 'Attempts to write decision records that failed; they are repeated',
      registers,
    }),
  }
}
