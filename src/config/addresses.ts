import { BlockList, isIP } from 'node:net'
import { originPattern } from '../listen/options.ts'
import { unbracketed } from '../model/loopback.ts'

/** Wider than any organisation's proxies: 10.0.0.0/8 and fc00::/7 are the largest that make sense. */
const shortestPrefix = { 4: 8, 6: 7 } as const

/** Whether two listeners on one port would get in each other's way. */
export function isSameListener(left: string, right: string): boolean {
  const [a, b] = [unbracketed(left).toLowerCase(), unbracketed(right).toLowerCase()]
  return a === b || isEverywhere(a) || isEverywhere(b)
}

/** What is wrong with an address or a CIDR range, or null. */
export function findRangeProblem(text: string): string | null {
  const [address = '', prefix, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0 || address.includes('%')) {
    return 'is neither an address such as 10.1.2.3 nor a range such as 10.1.0.0/16'
  }
  if (prefix === undefined) return null
  const longest = family === 4 ? 32 : 128
  const length = /^\d{1,3}$/u.test(prefix) ? Number(prefix) : Number.NaN
  return length <= longest ? null : `has no prefix length from 0 to ${longest}`
}

/** What is wrong with a trusted proxy, or null. */
export function findProxyProblem(text: string): string | null {
  const [address = '', prefix] = text.split('/')
  const problem = findRangeProblem(text)
  if (problem !== null || prefix === undefined) return problem
  return isTooWide(address, Number(prefix), isIP(address) === 4 ? 4 : 6)
    ? 'is too wide: whoever is in it may claim to be any client'
    : null
}

/** What is wrong with an origin, or null. */
export function findOriginProblem(text: string): string | null {
  return originPattern.test(text) ? null : 'is not an origin such as https://app.example.com'
}

function isTooWide(address: string, length: number, family: 4 | 6): boolean {
  if (length < shortestPrefix[family]) return true
  if (family === 4) return false
  // ::ffff:0:0/96 is all of IPv4 in IPv6 clothes.
  const range = new BlockList()
  range.addSubnet(address, length, 'ipv6')
  const holdsMapped =
    range.check('::ffff:0.0.0.0', 'ipv6') || range.check('::ffff:255.255.255.255', 'ipv6')
  return holdsMapped && length < 96 + shortestPrefix[4]
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}
