import { isIP } from 'node:net'
import { unbracketed } from '../model/loopback.ts'

/**
 * DNS rebinding: a web page's own name is pointed at a loopback address, and the browser lets the
 * page read the answers. An address or a name under `localhost` cannot be pointed elsewhere by
 * anybody else, so only those are served.
 */
export function isLocalAuthority(authority: string | undefined, allowedHost?: string): boolean {
  if (authority === undefined) return true
  const host = hostOf(authority)
  if (host === 'localhost' || host.endsWith('.localhost') || host === allowedHost) return true
  return isIP(unbracketed(host)) !== 0
}

function hostOf(authority: string): string {
  const lower = authority.toLowerCase()
  const end = lower.startsWith('[') ? lower.indexOf(']') + 1 : lower.indexOf(':')
  return end > 0 ? lower.slice(0, end) : lower
}
