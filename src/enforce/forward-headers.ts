import { type Identity, isAnonymous } from '../model/identity.ts'
import { type ClientAddress, type RequestFacts, unixPeer } from '../model/request-facts.ts'
import { identityFieldsOf, roleListOf } from './identity-fields.ts'
import { fieldFate, fieldFateOf } from './request-field.ts'

/** Who the upstream is told is calling. */
export interface Assertion {
  readonly identity: Identity
  readonly roles: readonly string[]
  /** The minted JWT; empty for whoever is anonymous. */
  readonly token: string
}

/**
 * The header of the request to the upstream, as name, value, name, value. What the client sent is
 * passed on but for fields of this hop, its credential and everything that states who or where it
 * is; those are written anew, after any removal, so that nothing the client names can remove them.
 * Host is the client's own: applications build their links from it.
 */
export function requestHeaders(facts: RequestFacts, assertion: Assertion): string[] {
  const headers = ['host', facts.authority]
  const { rawHeaders, client } = facts
  let nominated: string | null = null
  let forwardedFor: string | null = null
  let forwarded: string | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    const value = rawHeaders[index + 1] ?? ''
    switch (fieldFateOf(name)) {
      case fieldFate.kept:
        headers.push(name, value)
        break
      case fieldFate.removed:
        break
      case fieldFate.connection:
        nominated = append(nominated, value)
        break
      case fieldFate.forwardedFor:
        forwardedFor = append(forwardedFor, value)
        break
      case fieldFate.forwarded:
        forwarded = append(forwarded, value)
        break
      case fieldFate.vouched:
        if (client.viaTrustedProxy) headers.push(name, value)
        break
    }
  }
  if (nominated !== null && !isUsualConnection(nominated)) removeNominated(headers, nominated)
  pushOrigin(headers, facts, forwardedFor, forwarded)
  const { subject, issuer } = identityFieldsOf(assertion.identity)
  headers.push(
    'sallyport-subject',
    subject,
    'sallyport-issuer',
    issuer,
    'sallyport-roles',
    isAnonymous(assertion.identity) ? '' : roleListOf(assertion.roles),
    'sallyport-decision',
    facts.id,
    'sallyport-identity',
    assertion.token,
  )
  return headers
}

function append(list: string | null, value: string): string {
  return list === null ? value : `${list}, ${value}`
}

/** What nearly every client sends, and which names no field. */
function isUsualConnection(value: string): boolean {
  return value === 'keep-alive' || value === 'close' || value === 'Keep-Alive' || value === 'Close'
}

/** RFC 9110 section 7.6.1. */
function removeNominated(headers: string[], nominated: string): void {
  const names = new Set(
    nominated
      .toLowerCase()
      .split(',')
      .map((name) => name.trim()),
  )
  let to = 2
  for (let from = 2; from + 1 < headers.length; from += 2) {
    const name = headers[from] ?? ''
    if (names.has(name.toLowerCase())) continue
    headers[to] = name
    headers[to + 1] = headers[from + 1] ?? ''
    to += 2
  }
  headers.length = to
}

function pushOrigin(
  headers: string[],
  facts: RequestFacts,
  forwardedFor: string | null,
  forwarded: string | null,
): void {
  const { client, scheme, authority } = facts
  const addresses = addressesOf(client, forwardedFor)
  if (addresses !== null) headers.push('x-forwarded-for', addresses)
  headers.push(
    'x-forwarded-proto',
    scheme,
    'x-forwarded-host',
    authority,
    'x-request-id',
    facts.requestId,
  )
  const elements = forwardedOf(facts, forwarded)
  if (elements !== null) headers.push('forwarded', elements)
}

/** Null: nobody has an address. */
function forwardedOf(
  { client, scheme, authority }: RequestFacts,
  forwarded: string | null,
): string | null {
  const { ip, peerIp, viaTrustedProxy } = client
  const rest = `host=${quoteAuthority(authority)};proto=${scheme}`
  const own = peerIp === unixPeer ? null : `for=${forwardedNode(peerIp)};${rest}`
  if (!viaTrustedProxy) return own
  if (forwarded !== null) return own === null ? forwarded : `${forwarded}, ${own}`
  if (ip === peerIp) return own
  return own === null ? `for=${forwardedNode(ip)};${rest}` : `for=${forwardedNode(ip)}, ${own}`
}

/** Null: nobody has an address. */
function addressesOf(client: ClientAddress, forwardedFor: string | null): string | null {
  const { ip, peerIp, viaTrustedProxy } = client
  const peer = peerIp === unixPeer ? null : peerIp
  if (!viaTrustedProxy) return peer
  if (forwardedFor !== null) return peer === null ? forwardedFor : `${forwardedFor}, ${peer}`
  if (ip === peerIp) return peer
  return peer === null ? ip : `${ip}, ${peer}`
}

/** RFC 7239 section 6: an IPv6 address goes in brackets, and so in quotes. */
function forwardedNode(ip: string): string {
  return ip.includes(':') ? `"[${ip}]"` : ip
}

function quoteAuthority(authority: string): string {
  return authority.includes(':') ? `"${authority}"` : authority
}
