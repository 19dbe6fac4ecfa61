import type { ClientCertificate } from '../model/client-certificate.ts'
import type { Confirmation, Identity } from '../model/identity.ts'
import { refuse, type Refusal } from '../model/refusal.ts'
import type { ClientAddress } from '../model/request-facts.ts'

/**
 * Whether the sender of a bearer token may use it: who has a token that is bound to a key (RFC 7800)
 * has to prove that he has the key as well. Asked on every request, also where the token is known.
 */
export function refuseBinding({ confirmation }: Identity, client: ClientAddress): Refusal | null {
  if (confirmation === null) return null
  const refusal = refuseCertificate(confirmation, client)
  return refusal ?? (confirmation.jkt === null ? null : boundToKey)
}

/** RFC 8705 section 3: bound to a certificate that is not the one of this connection. */
export function refuseCertificate(
  { x5tS256 }: Confirmation,
  client: ClientAddress,
): Refusal | null {
  if (x5tS256 === null) return null
  const certificate = certificateOf(client)
  if (certificate === null) return noCertificate
  return thumbprintOf(certificate) === x5tS256 ? null : anotherCertificate
}

/** What the client itself proved; a trusted proxy's own certificate says nothing about its clients. */
export function certificateOf(client: ClientAddress): ClientCertificate | null {
  return client.viaTrustedProxy ? null : (client.certificate ?? null)
}

const kept = new WeakMap<ClientCertificate, string>()

/** `x5t#S256`: what the fingerprint is in hexadecimal, in base64url. */
export function thumbprintOf(certificate: ClientCertificate): string {
  let thumbprint = kept.get(certificate)
  if (thumbprint === undefined) {
    thumbprint = Buffer.from(certificate.fingerprint, 'hex').toString('base64url')
    kept.set(certificate, thumbprint)
  }
  return thumbprint
}

const boundToKey = refuse(
  'proof_missing',
  'The token is bound to a key ("cnf.jkt") and came as a bearer token without proof of possession',
)
const noCertificate = refuse(
  'token_certificate_mismatch',
  'The token is bound to a client certificate ("cnf.x5t#S256"), and the client showed none',
)
const anotherCertificate = refuse(
  'token_certificate_mismatch',
  'The token is bound to another client certificate ("cnf.x5t#S256")',
)
