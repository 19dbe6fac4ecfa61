import type { X509Certificate } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { ClientCertificate } from '../model/client-certificate.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { ListenTlsOptions } from './options.ts'

/** What the handshake of a connection established, worked out once. */
export interface SecureChannel {
  /** The name the client asked for, lower case; null: it named none. */
  readonly serverName: string | null
  readonly certificate: ClientCertificate | null
  /** Its end, seconds since the Unix epoch. */
  readonly certificateExpiresAtS: number
  /** The authorities its certificate was verified by; empty: by none. */
  readonly authorities: string
  /** Set where no request of the connection may pass. */
  readonly refusal: Refusal | null
}

export function readSecureChannel(
  socket: TLSSocket,
  options: ListenTlsOptions,
  authorities: string,
): SecureChannel {
  const { servername } = socket as { readonly servername?: string | false | null }
  const named = typeof servername === 'string' && servername !== '' ? servername : null
  const serverName = named === null ? null : named.toLowerCase()
  if (serverName === null && options.unknownNames === 'refuse') {
    return refused(null, refuse('misdirected_request', 'The client names no server'))
  }
  const bare = noCertificate(serverName, null)
  if (options.clientAuthorities === null) return bare
  const presented = socket.getPeerX509Certificate()
  if (presented === undefined) {
    if (options.clientCertificates === 'optional') return bare
    return refused(serverName, refuse('client_certificate_missing', 'The client showed none'))
  }
  if (!socket.authorized) {
    const reason = String(socket.authorizationError)
    return refused(serverName, refuse('client_certificate_invalid', reason))
  }
  const certificateExpiresAtS = presented.validToDate.getTime() / 1_000
  return { ...bare, certificate: describe(presented), certificateExpiresAtS, authorities }
}

function refused(serverName: string | null, refusal: Refusal): SecureChannel {
  return noCertificate(serverName, refusal)
}

function noCertificate(serverName: string | null, refusal: Refusal | null): SecureChannel {
  return { serverName, certificate: null, certificateExpiresAtS: 0, authorities: '', refusal }
}

function describe(certificate: X509Certificate): ClientCertificate {
  const { subject, issuer, subjectAltName, fingerprint256, serialNumber } = certificate
  return Object.freeze({
    subject: distinguishedName(subject),
    issuer: distinguishedName(issuer),
    san: Object.freeze(readAlternativeNames(subjectAltName)),
    fingerprint: fingerprint256.replaceAll(':', '').toLowerCase(),
    serial: serialNumber.toLowerCase(),
  })
}

/** node:crypto writes one part a line, in the order of the encoding, escaped as RFC 4514 asks. */
function distinguishedName(lines: string): string {
  return lines.split('\n').reverse().join(',')
}

/** Entries are parted by commas; one that holds anything doubtful is a JSON text. */
const entryPattern = /([A-Za-z0-9 ]+):("(?:[^"\\]|\\.)*"|[^,"]*)(?:, |$)/gy

/** None where some entry cannot be read: it could be a second name of the kind that counts. */
export function readAlternativeNames(text = ''): readonly string[] {
  let end = 0
  const names = Array.from(text.matchAll(entryPattern), ([entry, kind = '', value = '']) => {
    end += entry.length
    const plain = value.startsWith('"') ? String(JSON.parse(value)) : value
    return `${kind === 'IP Address' ? 'IP' : kind}:${plain}`
  })
  return end === text.length ? names : []
}
