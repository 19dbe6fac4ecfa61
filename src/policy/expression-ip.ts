import { CelCidr, CelFailure, CelIp } from './expression-values.ts'

const maxAddressLength = 45
const malformedIp = new CelFailure('Malformed IP address')
const mappedIp = new CelFailure('IPv4-mapped IPv6 address: write the IPv4 address')
const malformedCidr = new CelFailure('Malformed CIDR')

/**
 * One spelling, one meaning: no leading zeros (octal to some), no zone, no IPv4 address in the
 * clothes of IPv6, which rules about either family would miss.
 */
export function parseIp(text: string): CelIp | CelFailure {
  if (text.length > maxAddressLength) return malformedIp
  if (!text.includes(':')) {
    const word = parseIpv4(text)
    return word === null ? malformedIp : new CelIp([word])
  }
  const words = parseIpv6(text)
  if (words === null) return malformedIp
  return isMapped(words) ? mappedIp : new CelIp(words)
}

/** Bits beyond the prefix may be set; the prefix length has no leading zeros. */
export function parseCidr(text: string): CelCidr | CelFailure {
  const slash = text.indexOf('/')
  if (slash < 0) return malformedCidr
  const ip = parseIp(text.slice(0, slash))
  const digits = text.slice(slash + 1)
  if (ip instanceof CelFailure) return ip === mappedIp ? ip : malformedCidr
  const prefixLength = /^(?:0|[1-9]\d{0,2})$/.test(digits) ? Number(digits) : -1
  const isLength = prefixLength >= 0 && prefixLength <= ip.words.length * 32
  return isLength ? new CelCidr(ip, prefixLength) : malformedCidr
}

export function cidrContainsIp({ ip, prefixLength }: CelCidr, other: CelIp): boolean {
  if (ip.words.length !== other.words.length) return false
  let bits = prefixLength
  for (let at = 0; bits > 0; at++, bits -= 32) {
    const mask = bits >= 32 ? -1 : -1 << (32 - bits)
    if ((((ip.words[at] ?? 0) ^ (other.words[at] ?? 0)) & mask) !== 0) return false
  }
  return true
}

export function cidrContainsCidr(outer: CelCidr, inner: CelCidr): boolean {
  return outer.prefixLength <= inner.prefixLength && cidrContainsIp(outer, inner.ip)
}

export function maskCidr({ ip, prefixLength }: CelCidr): CelCidr {
  const words = ip.words.map((word, at) => {
    const bits = prefixLength - at * 32
    if (bits >= 32) return word
    return bits <= 0 ? 0 : (word & (-1 << (32 - bits))) >>> 0
  })
  return new CelCidr(new CelIp(words), prefixLength)
}

export function equalIps(a: CelIp, b: CelIp): boolean {
  return a.words.length === b.words.length && a.words.every((word, at) => word === b.words[at])
}

/** IPv6 as RFC 5952 writes it. */
export function formatIp({ words }: CelIp): string {
  if (words.length === 1) return octetsOf(words[0] ?? 0).join('.')
  const groups = words.flatMap((word) => [word >>> 16, word & 0xffff])
  const { start, length } = longestZeros(groups)
  const texts = groups.map((group) => group.toString(16))
  if (length < 2) return texts.join(':')
  return `${texts.slice(0, start).join(':')}::${texts.slice(start + length).join(':')}`
}

function longestZeros(groups: readonly number[]): { start: number; length: number } {
  let best = { start: 0, length: 0 }
  let length = 0
  for (const [at, group] of groups.entries()) {
    length = group === 0 ? length + 1 : 0
    if (length > best.length) best = { start: at - length + 1, length }
  }
  return best
}

export function octetsOf(word: number): readonly number[] {
  return [word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff]
}

/** Null: not an address. */
function parseIpv4(text: string): number | null {
  let word = 0
  let octets = 0
  let octet = -1
  for (let at = 0; at <= text.length; at++) {
    const code = at === text.length ? 46 : text.charCodeAt(at)
    if (code === 46) {
      if (octet < 0 || ++octets > 4) return null
      word = word * 256 + octet
      octet = -1
    } else if (code >= 48 && code <= 57) {
      if (octet === 0) return null
      octet = (octet < 0 ? 0 : octet * 10) + code - 48
      if (octet > 255) return null
    } else return null
  }
  return octets === 4 ? word : null
}

const hexGroup = /^[0-9A-Fa-f]{1,4}$/

function parseIpv6(text: string): readonly number[] | null {
  const gap = text.indexOf('::')
  if (gap < 0) {
    const groups = parseGroups(text, true)
    return groups?.length === 8 ? wordsOf(groups) : null
  }
  if (text.includes('::', gap + 1)) return null
  const head = gap === 0 ? [] : parseGroups(text.slice(0, gap), false)
  const tail = gap + 2 === text.length ? [] : parseGroups(text.slice(gap + 2), true)
  if (head === null || tail === null) return null
  const missing = 8 - head.length - tail.length
  if (missing < 1) return null
  return wordsOf([...head, ...Array.from({ length: missing }, () => 0), ...tail])
}

/** Groups of sixteen bits; an IPv4 address may stand for the last two. */
function parseGroups(text: string, isEnd: boolean): readonly number[] | null {
  const parts = text.split(':')
  const groups: number[] = []
  for (const [at, part] of parts.entries()) {
    if (hexGroup.test(part)) groups.push(Number.parseInt(part, 16))
    else {
      const word = isEnd && at === parts.length - 1 ? parseIpv4(part) : null
      if (word === null) return null
      groups.push(word >>> 16, word & 0xffff)
    }
  }
  return groups
}

function wordsOf(groups: readonly number[]): readonly number[] {
  return [0, 2, 4, 6].map((at) => (groups[at] ?? 0) * 0x1_0000 + (groups[at + 1] ?? 0))
}

function isMapped([first, second, third]: readonly number[]): boolean {
  return first === 0 && second === 0 && third === 0xffff
}
