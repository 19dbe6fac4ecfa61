import { isIPv6 } from 'node:net'

export interface Authority {
  /** Lower case, without port; an IPv6 address keeps its brackets. */
  readonly host: string
  /** Lower case, with the port when one was named. */
  readonly authority: string
}

/** A name is at most 253 octets (RFC 1035), a port five digits. */
const maxLength = 260
const maxKept = 1_024
const kept = new Map<string, Authority>()

/**
 * Reads a Host field or the authority of a target: a name of letters, digits, `-` and `_`, an IPv4
 * address or a bracketed IPv6 address, and perhaps a port. Null for anything else: userinfo, percent
 * escapes, empty labels (a dot at the end among them) have more than one reading.
 */
export function readAuthority(text: string): Authority | null {
  const known = kept.get(text)
  if (known !== undefined) return known
  const read = parseAuthority(text)
  if (read !== null) {
    // Names come from clients: start over rather than grow.
    if (kept.size >= maxKept) kept.clear()
    kept.set(text, read)
  }
  return read
}

function parseAuthority(text: string): Authority | null {
  if (text.length === 0 || text.length > maxLength) return null
  const lower = text.toLowerCase()
  const end = lower.startsWith('[') ? lower.indexOf(']') + 1 : lower.indexOf(':')
  const host = end > 0 ? lower.slice(0, end) : lower
  if (lower.startsWith('[') ? !isBracketed(host) : !isName(host)) return null
  const rest = lower.slice(host.length)
  if (rest !== '' && !isPort(rest)) return null
  return { host, authority: lower }
}

function isBracketed(host: string): boolean {
  // A zone identifier means something on one machine only.
  return host.endsWith(']') && !host.includes('%') && isIPv6(host.slice(1, -1))
}

function isName(host: string): boolean {
  let previous = 0x2e
  for (let index = 0; index < host.length; index += 1) {
    const code = host.charCodeAt(index)
    const letter = code >= 0x61 && code <= 0x7a
    const digit = code >= 0x30 && code <= 0x39
    if (!letter && !digit && code !== 0x2d && code !== 0x5f && code !== 0x2e) return false
    if (code === 0x2e && previous === 0x2e) return false
    previous = code
  }
  return previous !== 0x2e
}

function isPort(rest: string): boolean {
  if (rest.charCodeAt(0) !== 0x3a || rest.length < 2 || rest.length > 6) return false
  let port = 0
  for (let index = 1; index < rest.length; index += 1) {
    const digit = rest.charCodeAt(index) - 0x30
    if (digit < 0 || digit > 9) return false
    port = port * 10 + digit
  }
  return port > 0 && port <= 65_535
}
