import { constants } from 'node:crypto'
import { createSecureContext, type SecureContextOptions, type SecureVersion } from 'node:tls'

/**
 * TLS 1.3 leaves nothing to choose but its suites, all sound. For TLS 1.2, where it is asked for: only
 * forward secrecy with authenticated encryption (RFC 9325 section 4.2).
 */
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':')

const classicGroups = 'X25519:P-256:P-384'

/**
 * Key exchange, best first. The hybrid with ML-KEM keeps what is recorded today closed to tomorrow's
 * quantum computers; OpenSSL has it from 3.5 on.
 */
let keyExchangeGroups: string | null = null

export type MinVersion = '1.2' | '1.3'

/** What every context of ours has in common, towards clients and towards upstreams. */
export function commonTlsOptions(minVersion: MinVersion): SecureContextOptions {
  keyExchangeGroups ??= chooseGroups()
  return {
    minVersion: `TLSv${minVersion}` satisfies SecureVersion,
    maxVersion: 'TLSv1.3',
    ciphers,
    ecdhCurve: keyExchangeGroups,
    honorCipherOrder: true,
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
  }
}

function chooseGroups(): string {
  const hybrid = `X25519MLKEM768:${classicGroups}`
  try {
    createSecureContext({ ecdhCurve: hybrid, ca: [] })
    return hybrid
  } catch {
    return classicGroups
  }
}
