import type { Clock } from '../model/clock.ts'
import { refuse } from '../model/refusal.ts'
import { certificateOf } from './binding.ts'
import type { CertificateIdentities } from './certificate-identity.ts'
import type { AuthenticationMethod } from './method.ts'

/** The client certificate of the connection, where the request brings nothing else. */
export function createCertificateMethod(
  identities: CertificateIdentities,
  clock: Clock,
): AuthenticationMethod {
  return {
    kind: 'client_certificate',
    isOfConnection: true,
    finds: ({ client }) => certificateOf(client) !== null,
    authenticate({ client }) {
      const certificate = certificateOf(client)
      return certificate === null
        ? refuse('credential_missing', 'No client certificate')
        : identities.identify(certificate, client.certificateExpiresAtS ?? 0, clock.nowMs())
    },
  }
}
