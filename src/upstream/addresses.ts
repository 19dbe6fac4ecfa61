import { BlockList, isIPv4, type LookupFunction } from 'node:net'

/** Addresses or CIDR ranges that connections to upstreams may lead to. */
export interface AddressRules {
  /** Empty: every address, but those of this machine and of its link only where a route names them. */
  readonly allowed: readonly string[]
  /** Never, whatever else is said. */
  readonly denied: readonly string[]
}

/**
 * Judges where connections to upstreams lead. Without a list a name may stand for any ordinary
 * address; that it stands for this machine or for a link-local address, where clouds keep the
 * credentials of the machine (169.254.169.254), has to be said in so many words: whoever can change
 * the name could otherwise make the gateway talk to what only the gateway can reach.
 */
export class UpstreamAddresses {
  readonly #allowed: BlockList | null
  readonly #denied: BlockList

  /** The entries have been checked by the configuration. */
  constructor({ allowed, denied }: AddressRules) {
    this.#allowed = allowed.length === 0 ? null : listOf(allowed)
    this.#denied = listOf(denied)
  }

  /** Why there may be no connection to the address, or null; `name` is null where a route names it. */
  refuse(address: string, name: string | null): string | null {
    const from = name === null ? address : `${name} resolves to ${address}, which`
    if (has(this.#denied, address)) return `${from} is in "upstreams.denied_addresses"`
    if (this.#allowed !== null) {
      return has(this.#allowed, address) ? null : `${from} is not in "upstreams.allowed_addresses"`
    }
    if (name === null || !has(unusual, address)) return null
    if (isLocalName(name) && has(loopback, address)) return null
    return `${from} no name may stand for unless "upstreams.allowed_addresses" says so`
  }

  /** Resolves a name and leaves out what may not be connected to; with nothing left, an error. */
  judging(resolve: LookupFunction): LookupFunction {
    return (name, options, callback) => {
      resolve(name, { ...options, all: true }, (error, answer) => {
        if (error !== null) return callback(error, [])
        const addresses = typeof answer === 'string' ? [] : answer
        const reasons: string[] = []
        const accepted = addresses.filter(({ address }) => {
          const reason = this.refuse(address, name)
          if (reason !== null) reasons.push(reason)
          return reason === null
        })
        const [first] = accepted
        if (first === undefined) return callback(new Error(reasons.join('; ')), [])
        if (options.all === true) return callback(null, accepted)
        return callback(null, first.address, first.family)
      })
    }
  }
}

/** RFC 6761 section 6.3. */
function isLocalName(name: string): boolean {
  const lower = name.toLowerCase()
  return lower === 'localhost' || lower.endsWith('.localhost')
}

const loopback = listOf(['127.0.0.0/8', '::1'])
/** Nothing that serves requests on a network has one of these. */
const unusual = listOf([
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '::/96',
  'fe80::/10',
  'ff00::/8',
  // Metadata services that are not link-local, and link-local ones behind NAT64.
  'fd00:ec2::254',
  '100.100.100.200',
  '64:ff9b::7f00:0/104',
  '64:ff9b::a9fe:0/112',
])

function listOf(entries: readonly string[]): BlockList {
  const list = new BlockList()
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  return list
}

/** An IPv4-mapped IPv6 address is found under its IPv4 address as well. */
function has(list: BlockList, address: string): boolean {
  const [bare = ''] = address.split('%')
  return list.check(bare, isIPv4(bare) ? 'ipv4' : 'ipv6')
}
