import { BlockList, isIP, isIPv4 } from 'node:net'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileGlob } from '../../src/policy/expression-glob.ts'
import { cidrContainsIp, formatIp, parseCidr, parseIp } from '../../src/policy/expression-ip.ts'
import { compareSemvers, parseSemver } from '../../src/policy/expression-semver.ts'
import { CelFailure, CelIp, CelSemver } from '../../src/policy/expression-values.ts'
import { runs } from './runs.ts'

/** The meaning of a glob, tried out in every way there is. */
function globReference(pattern: string, text: string): boolean {
  const braces = /\{(?<choices>[^{}]*)\}/.exec(pattern)
  if (braces !== null) {
    const [before, after] = [
      pattern.slice(0, braces.index),
      pattern.slice(braces.index + braces[0].length),
    ]
    const choices = (braces.groups?.['choices'] ?? '').split(',')
    return choices.some((choice) => globReference(before + choice + after, text))
  }
  if (pattern === '') return text === ''
  const [first, rest] = [text.charAt(0), text.slice(1)]
  const isOne = first !== '' && first !== '/'
  if (pattern.startsWith('**')) {
    return globReference(pattern.slice(2), text) || (first !== '' && globReference(pattern, rest))
  }
  if (pattern.startsWith('*')) {
    return globReference(pattern.slice(1), text) || (isOne && globReference(pattern, rest))
  }
  if (pattern.startsWith('?')) return isOne && globReference(pattern.slice(1), rest)
  if (pattern.startsWith('[!b]')) {
    return isOne && first !== 'b' && globReference(pattern.slice(4), rest)
  }
  if (pattern.startsWith('[ab]')) return /^[ab]/.test(text) && globReference(pattern.slice(4), rest)
  return first === pattern.charAt(0) && globReference(pattern.slice(1), rest)
}

describe('globs', () => {
  const pieces = fc.constantFrom(
    'a',
    'b',
    '/',
    '.',
    '*',
    '**',
    '?',
    '[!b]',
    '[ab]',
    '{a,b/}',
    '{*,}',
  )
  const patterns = fc
    .array(pieces, { maxLength: 6 })
    .map((parts) => parts.join(''))
    // Stars that meet once braces are resolved would mean something else to the reference.
    .filter((pattern) => !/\*\*\*|\*\{\*|\{\*,\}(?:\*|\{\*)/.test(pattern))
  const texts = fc
    .array(fc.constantFrom('a', 'b', '/', '.'), { maxLength: 8 })
    .map((parts) => parts.join(''))

  it('match what the reference matches', () => {
    let matched = 0
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        const glob = compileGlob(pattern, '/')
        if (glob instanceof CelFailure) throw new Error(`${pattern}: ${glob.message}`)
        const wanted = globReference(pattern, text)
        matched += Number(wanted)
        expect(glob.testExact(text), `${pattern} against ${text}`).toBe(wanted)
      }),
      runs(5_000),
    )
    expect(matched).toBeGreaterThan(100)
  })

  it('match a text without special characters exactly', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        (text, other) => {
          const escaped = Array.from(text, (char) => `\\${char}`).join('')
          const glob = compileGlob(escaped, '/')
          if (glob instanceof CelFailure) throw new Error(glob.message)
          expect(glob.testExact(text)).toBe(true)
          expect(glob.testExact(other)).toBe(text === other)
        },
      ),
      runs(1_000),
    )
  })
})

describe('addresses', () => {
  const groups = fc.oneof(
    fc.constantFrom('0', 'ffff', '1', '::', '', '01', '10.0.0.1'),
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdefABCDEF:.%')), maxLength: 5 }),
  )
  const written = fc.oneof(
    fc.ipV4(),
    fc.ipV6(),
    fc.array(groups, { maxLength: 9 }).map((parts) => parts.join(':')),
    fc.array(fc.nat(300), { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.')),
  )

  it('are those that Node knows, but for zones and mapped ones', () => {
    fc.assert(
      fc.property(written, (text) => {
        const parsed = parseIp(text)
        const isKnown = isIP(text) !== 0 && !text.includes('%') && !isMapped(text)
        expect([text, !(parsed instanceof CelFailure)]).toEqual([text, isKnown])
        if (parsed instanceof CelFailure) return
        expect(parsed.words.length).toBe(isIPv4(text) ? 1 : 4)
        expect(parseIp(formatIp(parsed))).toEqual(parsed)
        expect(formatIp(parsed)).toBe(isIPv4(text) ? text : canonical(text))
      }),
      runs(5_000),
    )
  })

  it('are in a network exactly when a block list of Node finds them there', () => {
    const addresses = fc.oneof(
      fc.tuple(fc.ipV4(), fc.ipV4(), fc.nat(32)),
      fc.tuple(fc.ipV6(), fc.ipV6(), fc.nat(128)),
      fc.tuple(fc.ipV4(), fc.ipV6(), fc.nat(32)),
    )
    fc.assert(
      fc.property(
        addresses,
        fc.nat(128),
        fc.boolean(),
        ([network, other, length], keep, isNear) => {
          const cidr = parseCidr(`${network}/${length}`)
          const address = parseIp(other)
          if (cidr instanceof CelFailure || address instanceof CelFailure) return
          const near = isNear ? nearTo(cidr.ip, address, keep) : address
          const text = formatIp(near)
          const list = new BlockList()
          list.addSubnet(network, length, isIPv4(network) ? 'ipv4' : 'ipv6')
          const wanted =
            isIPv4(network) === isIPv4(text) && list.check(text, isIPv4(text) ? 'ipv4' : 'ipv6')
          expect(cidrContainsIp(cidr, near), `${network}/${length} ${text}`).toBe(wanted)
        },
      ),
      runs(5_000),
    )
  })
})

function isMapped(text: string): boolean {
  const host = canonical(text)
  return host.startsWith('::ffff:') && host.split(':').length === 5
}

/** As the URL parser writes it. */
function canonical(text: string): string {
  return isIP(text) === 6 && !text.includes('%')
    ? new URL(`http://[${text}]`).hostname.slice(1, -1)
    : ''
}

/** The first bits of one address and the rest of another: most random pairs differ at once. */
function nearTo(network: CelIp, other: CelIp, keep: number): CelIp {
  if (network.words.length !== other.words.length) return other
  return new CelIp(
    network.words.map((word, at) => {
      const bits = Math.min(32, Math.max(0, keep - at * 32))
      const mask = bits === 0 ? 0 : -1 << (32 - bits)
      return ((word & mask) | ((other.words[at] ?? 0) & ~mask)) >>> 0
    }),
  )
}

describe('versions', () => {
  /** Of semver.org, section 11, and neighbours, in order. */
  const ascending = [
    '0.0.0-0',
    '0.0.0',
    '0.9.10',
    '1.0.0-0',
    '1.0.0-1',
    '1.0.0-9',
    '1.0.0-10',
    '1.0.0--',
    '1.0.0-A',
    '1.0.0-a',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.10',
    '1.9.0',
    '1.10.0',
    '2.0.0',
    '2.1.0',
    '2.1.1',
    '10.0.0',
  ]

  it('have the precedence of the specification', () => {
    for (const [at, a] of ascending.entries()) {
      for (const [otherAt, b] of ascending.entries()) {
        const [first, second] = [parseSemver(a), parseSemver(b)]
        if (first instanceof CelFailure || second instanceof CelFailure)
          throw new Error(`${a} ${b}`)
        expect(compareSemvers(first, second), `${a} ${b}`).toBe(Math.sign(at - otherAt))
      }
    }
  })

  it('are what the expression of the specification accepts', () => {
    const official =
      /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$/
    const pieces = fc.constantFrom('0', '1', '10', '01', '.', '-', '+', 'a', 'rc', '1.2.3', ' ')
    const texts = fc.array(pieces, { maxLength: 10 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(texts, (text) => {
        const isTooLarge = text
          .split(/[.+-]/)
          .slice(0, 3)
          .some((number) => number.length > 18)
        if (isTooLarge) return
        expect([text, parseSemver(text) instanceof CelSemver]).toEqual([text, official.test(text)])
      }),
      runs(5_000),
    )
  })
})
