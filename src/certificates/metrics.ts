import { Counter, Gauge, type Registry } from 'prom-client'

type ReloadResult = 'swapped' | 'rejected'

export interface CertificateMetrics {
  setExpiries(area: string, expiresAtMs: ReadonlyMap<string, number>): void
  countReload(area: string, result: ReloadResult): void
}

export function createCertificateMetrics(registry: Registry): CertificateMetrics {
  const registers = [registry]
  const known = new Map<string, ReadonlyMap<string, number>>()
  const expires: Gauge<'file'> = new Gauge({
    name: 'sallyport_tls_certificate_expires_timestamp_seconds',
    help: 'When the certificate in use expires, by file, seconds since the Unix epoch',
    labelNames: ['file'] as const,
    registers,
    collect: () => {
      expires.reset()
      for (const files of known.values()) {
        for (const [file, atMs] of files) expires.set({ file }, atMs / 1_000)
      }
    },
  })
  const reloads = new Counter({
    name: 'sallyport_tls_reload_total',
    help: 'Changes of certificate files by result: swapped, rejected',
    labelNames: ['area', 'result'] as const,
    registers,
  })
  const current = new Gauge({
    name: 'sallyport_tls_current',
    help: '1: the certificates in use are what the files hold; 0: the last change was rejected',
    labelNames: ['area'] as const,
    registers,
  })
  return {
    setExpiries: (area, expiresAtMs) => {
      known.set(area, expiresAtMs)
      current.set({ area }, 1)
      for (const result of ['swapped', 'rejected']) reloads.inc({ area, result }, 0)
    },
    countReload: (area, result) => {
      reloads.inc({ area, result })
      current.set({ area }, result === 'rejected' ? 0 : 1)
    },
  }
}
