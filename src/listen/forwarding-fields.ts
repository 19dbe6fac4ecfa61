import { refuse, type Refusal } from '../model/refusal.ts'
import { readAuthority } from './authority.ts'
import { normaliseIp, readNode, type TrustedProxies } from './client-address.ts'
import { type ForwardedElement, readForwarded } from './forwarded.ts'
import type { HeaderFields } from './header-fields.ts'

/** What trusted proxies say of the request; null where they say nothing. */
export interface Forwarding {
  readonly ip: string
  readonly scheme: 'http' | 'https' | null
  readonly authority: string | null
}

/** More hops than any real chain has. */
const maxHops = 32

/**
 * Reads X-Forwarded-For, -Proto, -Host and `Forwarded` of a trusted peer. From the right, each
 * address that is itself a trusted proxy is passed over; the first that is not is the client, since
 * whatever stands further left the client may have written. Scheme and host are taken from the same
 * hop. Where both families are present they must agree: a proxy that knows only one of them passes
 * on what the client put into the other.
 */
export function readForwarding(
  fields: HeaderFields,
  peerIp: string,
  trusted: TrustedProxies,
): Forwarding | Refusal {
  const older = readXForwarded(fields, peerIp, trusted)
  if (isRefusal(older) || fields.forwarded === null) return older
  const newer = readStandard(fields.forwarded, peerIp, trusted)
  if (isRefusal(newer)) return newer
  const olderSilent = fields.forwardedFor === null
  const scheme = agree(older.scheme, newer.scheme)
  const authority = agree(older.authority, newer.authority)
  if ((!olderSilent && older.ip !== newer.ip) || scheme === conflict || authority === conflict) {
    return refuse('header_malformed', 'Forwarded and X-Forwarded-* contradict each other')
  }
  return { ip: newer.ip, scheme, authority }
}

const conflict = Symbol('conflict')

function agree<Value>(one: Value | null, other: Value | null): Value | null | typeof conflict {
  if (one === null || other === null) return one ?? other
  return one === other ? one : conflict
}

function isRefusal(value: Forwarding | Refusal): value is Refusal {
  return 'kind' in value
}

function readXForwarded(
  fields: HeaderFields,
  peerIp: string,
  trusted: TrustedProxies,
): Forwarding | Refusal {
  const nodes = readList(fields.forwardedFor)
  const protos = readList(fields.forwardedProto)
  const hosts = readList(fields.forwardedHost)
  if (nodes === null || protos === null || hosts === null) {
    return refuse('header_malformed', `X-Forwarded-* names more than ${maxHops} hops`)
  }
  const hop = findClient(nodes, peerIp, trusted)
  if (hop === null) return refuse('header_malformed', 'X-Forwarded-For holds no address')
  // Proxies that replace these two leave one value, whatever the number of hops.
  return describe(
    hop.ip,
    protos[Math.max(protos.length - 1 - hop.back, 0)],
    hosts[Math.max(hosts.length - 1 - hop.back, 0)],
  )
}

function readStandard(text: string, peerIp: string, trusted: TrustedProxies): Forwarding | Refusal {
  const elements = readForwarded(text, maxHops)
  if (elements === null) return refuse('header_malformed', 'Forwarded is malformed (RFC 7239)')
  const hop = findClient(
    elements.map((element) => element.node ?? ''),
    peerIp,
    trusted,
  )
  if (hop === null) return refuse('header_malformed', 'Forwarded names no address')
  const element: ForwardedElement | undefined = elements[elements.length - 1 - hop.back]
  return describe(hop.ip, element?.proto ?? undefined, element?.host ?? undefined)
}

interface Hop {
  readonly ip: string
  /** How many entries from the right. */
  readonly back: number
}

/** Null when a hop that a trusted proxy vouches for is not an address. */
function findClient(nodes: readonly string[], peerIp: string, trusted: TrustedProxies): Hop | null {
  let hop: Hop = { ip: peerIp, back: 0 }
  for (let back = 0; back < nodes.length; back += 1) {
    const ip = readNode(nodes[nodes.length - 1 - back] ?? '')
    if (ip === null) return null
    hop = { ip: normaliseIp(ip), back }
    if (!trusted.has(hop.ip)) return hop
  }
  return hop
}

function describe(
  ip: string,
  proto: string | undefined,
  host: string | undefined,
): Forwarding | Refusal {
  const scheme = proto?.toLowerCase() ?? null
  if (scheme !== null && scheme !== 'http' && scheme !== 'https') {
    return refuse('header_malformed', 'The forwarded scheme is neither http nor https')
  }
  const authority = host === undefined ? null : readAuthority(host)
  if (host !== undefined && authority === null) {
    return refuse('host_malformed', 'The forwarded host is malformed')
  }
  return { ip, scheme, authority: authority?.authority ?? null }
}

function readList(text: string | null): readonly string[] | null {
  if (text === null) return []
  const entries = text.split(',', maxHops + 1)
  return entries.length > maxHops ? null : entries.map((entry) => entry.trim())
}
