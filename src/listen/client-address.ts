import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net'
import { unixPeer } from '../model/request-facts.ts'

/** Peers whose forwarding fields are believed. */
export interface TrustedProxies {
  has(ip: string): boolean
}

/** A list this wide would believe strangers; fc00::/7 is the widest range of private addresses. */
const shortestPrefix = { ipv4: 8, ipv6: 7 } as const

/**
 * Addresses and CIDR ranges, compiled. Throws a TypeError that names the entry for one that is
 * malformed or so wide that anybody would be believed.
 */
export function compileTrustedProxies(entries: readonly string[]): TrustedProxies | null {
  if (entries.length === 0) return null
  const list = new BlockList()
  for (const entry of entries) {
    if (entry !== unixPeer) addEntry(list, entry)
  }
  const hasUnix = entries.includes(unixPeer)
  return {
    has: (ip) => {
      if (ip === unixPeer) return hasUnix
      return ip !== '' && list.check(ip, isIPv4(ip) ? 'ipv4' : 'ipv6')
    },
  }
}

function addEntry(list: BlockList, entry: string): void {
  const [address = '', prefix, ...rest] = entry.split('/')
  const family = isIPv4(address) ? 'ipv4' : 'ipv6'
  if (isIP(address) === 0 || address.includes('%') || rest.length > 0) {
    throw new TypeError(`Trusted proxy "${entry}" is neither an address nor a CIDR range`)
  }
  if (family === 'ipv6' && normaliseIp(address) !== address.toLowerCase()) {
    throw new TypeError(`Trusted proxy "${entry}" is a mapped address: write the IPv4 address`)
  }
  if (prefix === undefined) {
    list.addAddress(address, family)
    return
  }
  const bits = /^(?:0|[1-9][0-9]{0,2})$/.test(prefix) ? Number(prefix) : -1
  if (bits < 0 || bits > (family === 'ipv4' ? 32 : 128)) {
    throw new TypeError(`Trusted proxy "${entry}" has no valid prefix length`)
  }
  if (bits < shortestPrefix[family]) {
    throw new TypeError(
      `Trusted proxy "${entry}" would trust strangers: list the addresses of the proxies`,
    )
  }
  list.addSubnet(address, bits, family)
}

const mappedPrefix = '::ffff:'

/** An IPv4-mapped IPv6 address as the IPv4 address it is, any other in lower case without zone. */
export function normaliseIp(ip: string): string {
  const lower = ip.toLowerCase()
  if (lower.startsWith(mappedPrefix)) {
    const tail = lower.slice(mappedPrefix.length)
    if (isIPv4(tail)) return tail
    const [high, low, ...rest] = tail.split(':')
    if (high !== undefined && low !== undefined && rest.length === 0) return fromWords(high, low)
  }
  const zone = lower.indexOf('%')
  return zone < 0 ? lower : lower.slice(0, zone)
}

function fromWords(high: string, low: string): string {
  const [upper, lower] = [Number.parseInt(high, 16), Number.parseInt(low, 16)]
  return `${upper >> 8}.${upper & 255}.${lower >> 8}.${lower & 255}`
}

/**
 * One entry of X-Forwarded-For or a node of `Forwarded`: an address, perhaps with a port. Null for
 * anything else, obfuscated identifiers among them.
 */
export function readNode(text: string): string | null {
  if (isIPv4(text)) return text
  if (text.startsWith('[')) {
    const end = text.indexOf(']')
    const address = text.slice(1, end)
    const rest = text.slice(end + 1)
    return end > 0 && isBareIPv6(address) && isPortSuffix(rest) ? normaliseIp(address) : null
  }
  if (isBareIPv6(text)) return normaliseIp(text)
  const colon = text.indexOf(':')
  const address = text.slice(0, colon)
  return colon > 0 && isIPv4(address) && isPortSuffix(text.slice(colon)) ? address : null
}

function isBareIPv6(text: string): boolean {
  return isIPv6(text) && !text.includes('%')
}

function isPortSuffix(text: string): boolean {
  return text === '' || /^:[0-9]{1,5}$/.test(text)
}
