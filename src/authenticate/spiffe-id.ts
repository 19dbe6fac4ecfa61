/** A SPIFFE ID (SPIFFE-ID specification, section 2), taken apart. */
export interface SpiffeId {
  readonly id: string
  readonly trustDomain: string
  /** Begins with a slash; empty: the trust domain itself. */
  readonly path: string
}

const maxLength = 2_048
const maxTrustDomainLength = 255
const trustDomainPattern = /^[a-z0-9._-]+$/
const segmentPattern = /^[A-Za-z0-9._-]+$/
const scheme = 'spiffe://'

/**
 * Strict, and nothing is normalised: a trust domain is lower case, a path has no empty and no dot
 * segments, no escapes and no slash at its end; there is neither port, user, query nor fragment.
 * Null for everything else.
 */
export function parseSpiffeId(text: string): SpiffeId | null {
  if (!text.startsWith(scheme) || text.length > maxLength) return null
  const rest = text.slice(scheme.length)
  const slash = rest.indexOf('/')
  const trustDomain = slash < 0 ? rest : rest.slice(0, slash)
  const path = slash < 0 ? '' : rest.slice(slash)
  if (!isTrustDomain(trustDomain)) return null
  if (path !== '') {
    for (const segment of path.slice(1).split('/')) {
      if (!segmentPattern.test(segment) || segment === '.' || segment === '..') return null
    }
  }
  return { id: text, trustDomain, path }
}

function isTrustDomain(text: string): boolean {
  return text.length <= maxTrustDomainLength && trustDomainPattern.test(text)
}
