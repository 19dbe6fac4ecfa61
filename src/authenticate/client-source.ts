import { isIPv6 } from 'node:net'
import type { ClientAddress } from '../model/request-facts.ts'

const mappedPrefix = '::ffff:'

/**
 * What failures and work of a client are counted under: its address; of IPv6 the /64, which a client
 * has to itself and of which it may use any address.
 */
export function sourceOf({ ip }: ClientAddress): string {
  if (!isIPv6(ip)) return ip
  const lower = ip.toLowerCase()
  // An IPv4 client on a socket that takes both, as Node.js shows it.
  const isMapped = lower.startsWith(mappedPrefix) && lower.includes('.')
  return isMapped ? lower.slice(mappedPrefix.length) : networkOf(lower)
}

/** Of a source: the network around it, a /16 of IPv4 or a /32 of IPv6. */
export function regionOf(source: string): string {
  return source.split(source.includes(':') ? ':' : '.', 2).join(' ')
}

/** The first four of the eight groups, without leading zeros. */
function networkOf(ip: string): string {
  const [head = '', tail] = (ip.split('%')[0] ?? '').split('::')
  const groups = groupsIn(head)
  if (tail !== undefined) {
    const after = groupsIn(tail)
    while (groups.length + after.length < 8) groups.push('0')
    groups.push(...after)
  }
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')
}

/** An IPv4 address at the end stands for two groups. */
function groupsIn(text: string): string[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => (group.includes('.') ? ['0', '0'] : [group]))
}
