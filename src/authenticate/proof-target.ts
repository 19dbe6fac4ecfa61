/** What the client asked for, as this gateway understood it. */
export interface ProofTarget {
  readonly method: string
  readonly scheme: 'http' | 'https'
  /** Lower case, with the port when one was named. */
  readonly authority: string
  /** Normalised. */
  readonly path: string
}

/** The one path normaliser of the gateway; null: more than one reading. */
export type NormalisePath = (raw: string) => string | null

const urlPattern = /^(https?):\/\/([^/?#@\\]{1,260})([^?#]*)/i

/**
 * RFC 9449 section 4.3, check 9: `htu` is what was asked, query and fragment left aside, after the
 * normalisation of RFC 3986 sections 6.2.2 and 6.2.3: case of scheme and host, the usual port, dot
 * segments never, escapes as the gateway itself reads them.
 */
export function isTarget(url: string, target: ProofTarget, normalisePath: NormalisePath): boolean {
  const [, scheme = '', authority = '', path = ''] = urlPattern.exec(url) ?? []
  const named = scheme.toLowerCase()
  if (named !== target.scheme) return false
  if (bareAuthority(authority.toLowerCase(), named) !== bareAuthority(target.authority, named)) {
    return false
  }
  return normalisePath(path === '' ? '/' : path) === target.path
}

/** Without the port that the scheme implies; an empty one implies the same. */
function bareAuthority(authority: string, scheme: string): string {
  const usual = scheme === 'https' ? ':443' : ':80'
  if (authority.endsWith(usual)) return authority.slice(0, -usual.length)
  return authority.endsWith(':') && !authority.endsWith('::') ? authority.slice(0, -1) : authority
}
