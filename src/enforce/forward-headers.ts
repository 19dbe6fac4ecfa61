import { type Identity, isAnonymous } from '../model/identity.ts'
import { type ClientAddress, type RequestFacts, unixPeer } from '../model/request-facts.ts'
import { identityFieldsOf, roleListOf } from './identity-fields.ts'
import { inOnePiece } from './in-one-piece.ts'
import { fieldFate, fieldFateOf } from './request-field.ts'

/** Who the upstream is told is calling. */
export interface Assertion {
  readonly identity: Identity
  readonly roles: readonly string[]
  /** The minted JWT; empty for whoever is anonymous. */
  readonly token: string
  /** The Authorization field for the upstream; null: none. */
  readonly authorization: string | null
  /** Whether subject, issuer and roles are also sent as plain fields. */
  readonly isPlain: boolean
  /** The field in which API keys are credentials of this gateway, lower case; null: none. */
  readonly apiKeyField: string | null
}

/**
 * The fields of the request to the upstream, a line each. What the client sent is passed on but for
 * fields of this hop, its credential and everything that states who or where it is; those are written
 * anew, after any removal, so that nothing the client names can remove them. Host is the client's
 * own: applications build their links from it.
 */
export function requestFields(facts: RequestFacts, assertion: Assertion): string {
  const { apiKeyField, authorization } = assertion
  return (
    `host: ${facts.authority}\r\n${clientFields(facts, apiKeyField)}` +
    `x-request-id: ${facts.requestId}\r\nsallyport-decision: ${facts.id}\r\n` +
    (authorization === null ? '' : `authorization: ${authorization}\r\n`) +
    identityFields(assertion)
  )
}

/**
 * Whom a client has sent last to, and what of it is passed on: for as long as its connection, and of
 * clients that nobody vouches for, who are the same with every request.
 */
const lastFields = new WeakMap<ClientAddress, LastFields>()

interface LastFields {
  rawHeaders: readonly string[]
  authority: string
  /** Null: nothing has been sent yet. */
  scheme: RequestFacts['scheme'] | null
  apiKeyField: string | null
  /** What says where it came from. */
  origin: string
  fields: string
  isInOnePiece: boolean
}

/** What depends on nothing but the client and its header. */
function clientFields(facts: RequestFacts, apiKeyField: string | null): string {
  const { rawHeaders, authority, scheme, client } = facts
  const last = client.viaTrustedProxy ? null : lastFieldsOf(client)
  if (last === null) {
    const passed = passWithout(facts, apiKeyField)
    return `${passed.fields}${originFields(facts, passed)}`
  }
  const isSameOrigin = last.authority === authority && last.scheme === scheme
  // `listen` hands on the same array for the same header.
  if (isSameOrigin && last.rawHeaders === rawHeaders && last.apiKeyField === apiKeyField) {
    if (!last.isInOnePiece) last.fields = inOnePiece(last.fields)
    last.isInOnePiece = true
    return last.fields
  }
  const passed = passWithout(facts, apiKeyField)
  if (!isSameOrigin) last.origin = inOnePiece(originFields(facts, passed))
  last.rawHeaders = rawHeaders
  last.authority = authority
  last.scheme = scheme
  last.apiKeyField = apiKeyField
  last.fields = `${passed.fields}${last.origin}`
  last.isInOnePiece = false
  return last.fields
}

function lastFieldsOf(client: ClientAddress): LastFields {
  let last = lastFields.get(client)
  if (last === undefined) {
    const nothing = { rawHeaders: [], authority: '', scheme: null, apiKeyField: null }
    last = { ...nothing, origin: '', fields: '', isInOnePiece: false }
    lastFields.set(client, last)
  }
  return last
}

/** Without what `Connection` names. */
function passWithout(facts: RequestFacts, apiKeyField: string | null): Passed {
  const passed = passOn(facts, apiKeyField, null)
  const { nominated } = passed
  if (nominated === null || isUsualConnection(nominated)) return passed
  const names = new Set(nominated.split(',').map((name) => name.trim()))
  return passOn(facts, apiKeyField, names)
}

interface Passed {
  readonly fields: string
  /** What `Connection` names, in lower case. */
  readonly nominated: string | null
  readonly forwardedFor: string | null
  readonly forwarded: string | null
}

/** `without`: names that are of this hop only (RFC 9110 section 7.6.1). */
function passOn(
  { rawHeaders, client }: RequestFacts,
  apiKeyField: string | null,
  without: ReadonlySet<string> | null,
): Passed {
  let fields = ''
  let nominated: string | null = null
  let forwardedFor: string | null = null
  let forwarded: string | null = null
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    const value = rawHeaders[index + 1] ?? ''
    switch (fieldFateOf(name)) {
      case fieldFate.kept:
        if (apiKeyField !== null && dashed(name) === apiKeyField) break
        if (without?.has(name.toLowerCase()) !== true) fields += `${name}: ${value}\r\n`
        break
      case fieldFate.apiKey:
        if (apiKeyField === usualApiKeyField) break
        if (without?.has(name.toLowerCase()) !== true) fields += `${name}: ${value}\r\n`
        break
      case fieldFate.removed:
        break
      case fieldFate.connection:
        nominated = append(nominated, value.toLowerCase())
        break
      case fieldFate.forwardedFor:
        forwardedFor = append(forwardedFor, value)
        break
      case fieldFate.forwarded:
        forwarded = append(forwarded, value)
        break
      case fieldFate.vouched:
        if (client.viaTrustedProxy && without?.has(name.toLowerCase()) !== true) {
          fields += `${name}: ${value}\r\n`
        }
        break
    }
  }
  return { fields, nominated, forwardedFor, forwarded }
}

const usualApiKeyField = 'x-api-key'

/** Servers that turn names into variables read `X_Key` and `X-Key` as one. */
function dashed(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '-')
}

function append(list: string | null, value: string): string {
  return list === null ? value : `${list}, ${value}`
}

/** What nearly every client sends, and which names no field. */
function isUsualConnection(nominated: string): boolean {
  return nominated === 'keep-alive' || nominated === 'close'
}

function originFields(facts: RequestFacts, { forwardedFor, forwarded }: Passed): string {
  const { client, scheme, authority } = facts
  const addresses = addressesOf(client, forwardedFor)
  const elements = forwardedOf(facts, forwarded)
  return (
    (addresses === null ? '' : `x-forwarded-for: ${addresses}\r\n`) +
    `x-forwarded-proto: ${scheme}\r\nx-forwarded-host: ${authority}\r\n` +
    (elements === null ? '' : `forwarded: ${elements}\r\n`)
  )
}

/** For as long as the identity; its token is renewed long before it expires. */
const knownIdentities = new WeakMap<Identity, KeptIdentity>()

interface KeptIdentity {
  readonly key: Told
  readonly fields: string
}

type Told = Pick<Assertion, 'token' | 'roles' | 'isPlain'>

function isSame(kept: Told, { token, roles, isPlain }: Told): boolean {
  return kept.token === token && kept.roles === roles && kept.isPlain === isPlain
}

function identityFields(assertion: Assertion): string {
  const { identity, roles, token, isPlain } = assertion
  const known = knownIdentities.get(identity)
  if (known !== undefined && isSame(known.key, assertion)) return known.fields
  const { subject, issuer } = identityFieldsOf(identity)
  const list = isAnonymous(identity) ? '' : roleListOf(roles)
  const plain = `sallyport-subject: ${subject}\r\nsallyport-issuer: ${issuer}\r\nsallyport-roles: ${list}\r\n`
  const fields = `${isPlain ? plain : ''}sallyport-identity: ${token}\r\n`
  // Without the credential, which must not lie about for as long as the identity.
  const key = { token, roles, isPlain }
  knownIdentities.set(identity, { key, fields: inOnePiece(fields) })
  return fields
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
