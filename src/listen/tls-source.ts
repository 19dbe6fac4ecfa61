import type { SecureContext, SecureContextOptions } from 'node:tls'

/** The certificates a listener shows; immutable, replaced as one. */
export interface ServedCertificates {
  /** For whoever names no server, or a name that no certificate has. */
  readonly fallback: SecureContextOptions
  /** Tells the authorities of client certificates from others; empty: nobody is asked for one. */
  readonly authorities: string
  /** Null: no certificate has that name. */
  find(serverName: string): SecureContext | null
}

/** Certificates as they are at the moment: renewed files take the place of the old ones. */
export interface TlsSource {
  readonly current: ServedCertificates
  /** Called after each renewal. */
  onSwap(listener: () => void): void
}
