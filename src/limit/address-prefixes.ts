import { isIPv4, isIPv6 } from 'node:net'

/** An IPv6 host is given a whole /64, and could have as many buckets as it has addresses. */
export class AddressPrefixes {
  readonly #ipv4Bits: number
  readonly #ipv6Bits: number

  constructor(ipv4Bits: number, ipv6Bits: number) {
    this.#ipv4Bits = ipv4Bits
    this.#ipv6Bits = ipv6Bits
  }

  /** What an address is counted under; anything else is counted under itself. */
  of(ip: string): string {
    if (this.#ipv4Bits === 32 && !ip.includes(':')) return ip
    if (isIPv4(ip)) return prefixOf(ip.split('.').map(Number), 8, this.#ipv4Bits)
    if (!isIPv6(ip)) return ip
    return prefixOf(wordsOf(ip), 16, this.#ipv6Bits)
  }
}

function prefixOf(parts: readonly number[], width: number, bits: number): string {
  const kept = parts.map((part, index) => {
    const keep = Math.min(Math.max(bits - index * width, 0), width)
    return part & ~((1 << (width - keep)) - 1)
  })
  return `${width}/${bits}:${kept.join('.')}`
}

/** The eight words of an IPv6 address, which may end in an IPv4 address. */
function wordsOf(ip: string): readonly number[] {
  const [head = '', tail] = (ip.split('%')[0] ?? '').split('::')
  const front = wordsIn(head)
  if (tail === undefined) return front
  const back = wordsIn(tail)
  return [...front, ...Array<number>(8 - front.length - back.length).fill(0), ...back]
}

function wordsIn(text: string): readonly number[] {
  if (text === '') return []
  return text.split(':').flatMap((word) => {
    if (!word.includes('.')) return [Number.parseInt(word, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = word.split('.').map(Number)
    return [(a << 8) | b, (c << 8) | d]
  })
}
