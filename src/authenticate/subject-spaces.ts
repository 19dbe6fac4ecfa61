import type { ClientIdentityOptions, IssuerOptions } from './options.ts'
import { serviceAccountPrefix } from './service-account.ts'

/** Names of subjects that begin alike, and whose they are. */
interface Space {
  readonly prefix: string
  /** By whom it is spoken for; null: by nobody but who was given the prefix, whatever his types. */
  readonly subjectType: string | null
}

/** Who is kept apart: the beginnings of his own names, and of those that are none of his. */
export interface KeptApart {
  readonly issuers: readonly IssuerOptions[]
  /** Of nobody whom a client certificate identifies. */
  readonly foreignToCertificates: readonly string[]
}

/**
 * Beside a prefix `corp:` nobody whose prefix is empty can be called `corp:ann`. Beside a Kubernetes
 * issuer none can name a service account, and beside client certificates with SPIFFE IDs none a
 * workload of their trust domains: unless it says by its `subject_type` that it speaks of the same.
 */
export function keepApart(
  issuers: readonly IssuerOptions[],
  clientIdentity: ClientIdentityOptions | null,
): KeptApart {
  const certificates =
    clientIdentity === null || clientIdentity.subjectFrom === 'none' ? null : clientIdentity
  const ofIssuers = issuers.map(spacesOfIssuer)
  const ofCertificates = certificates === null ? [] : spacesOfCertificates(certificates)
  return {
    issuers: issuers.map((issuer, index) => {
      const others = [...ofIssuers.toSpliced(index, 1).flat(), ...ofCertificates]
      return { ...issuer, foreignPrefixes: foreignTo(issuer, others) }
    }),
    foreignToCertificates: certificates === null ? [] : foreignTo(certificates, ofIssuers.flat()),
  }
}

function spacesOfIssuer({ subjectPrefix, subjectType, preset }: IssuerOptions): readonly Space[] {
  const whole = { prefix: subjectPrefix, subjectType: null }
  if (preset !== 'kubernetes') return [whole]
  return [whole, { prefix: subjectPrefix + serviceAccountPrefix, subjectType }]
}

function spacesOfCertificates(options: ClientIdentityOptions): readonly Space[] {
  const { subjectPrefix, subjectType, subjectFrom, trustDomains } = options
  const whole = { prefix: subjectPrefix, subjectType: null }
  if (subjectFrom !== 'spiffe') return [whole]
  const domains = trustDomains.map((name) => `${subjectPrefix}spiffe://${name}/`)
  return [whole, ...domains.map((prefix) => ({ prefix, subjectType }))]
}

function foreignTo(
  own: Pick<IssuerOptions, 'subjectPrefix' | 'subjectType'>,
  others: readonly Space[],
): readonly string[] {
  const foreign = others.filter(
    ({ prefix, subjectType }) =>
      prefix !== own.subjectPrefix &&
      prefix.startsWith(own.subjectPrefix) &&
      subjectType !== own.subjectType,
  )
  return [...new Set(foreign.map(({ prefix }) => prefix))]
}
