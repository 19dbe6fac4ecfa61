import { BlockList, isIP } from 'node:net'

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** Whether only this machine reaches a listener bound to the host. */
export function isLoopbackHost(host: string): boolean {
  const family = isIP(host)
  if (family === 0) return host === 'localhost'
  return loopback.check(host, family === 4 ? 'ipv4' : 'ipv6')
}

/**
 * DNS rebinding: a web page's own name is pointed at a loopback address, and the browser lets the
 * page read the answers. An address or a name under `localhost` cannot be pointed elsewhere by
 * anybody else, so only those are served.
 */
export function isLocalAuthority(authority: string | undefined, allowedHost?: string): boolean {
  if (authority === undefined) return true
  const host = hostOf(authority)
  if (host === 'localhost' || host.endsWith('.localhost') || host === allowedHost) return true
  return isIP(host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host) !== 0
}

function hostOf(authority: string): string {
  const lower = authority.toLowerCase()
  const end = lower.startsWith('[') ? lower.indexOf(']') + 1 : lower.indexOf(':')
  return end > 0 ? lower.slice(0, end) : lower
}
