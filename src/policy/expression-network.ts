import {
  cidrContainsCidr,
  cidrContainsIp,
  formatIp,
  maskCidr,
  octetsOf,
  parseCidr,
  parseIp,
} from './expression-ip.ts'
import { type CelFunction, defineFunction, on, on2 } from './expression-overload.ts'
import { cidr, ip, text } from './expression-params.ts'
import { type Type, boolType, cidrType, intType, ipType } from './expression-types.ts'
import {
  type CelCidr,
  CelFailure,
  type CelIp,
  type Meter,
  overBudget,
} from './expression-values.ts'

/** Named and meant as in the IP and CIDR libraries of Kubernetes. */
export const networkFunctions: readonly (readonly [string, CelFunction])[] = [
  ['ip', defineFunction('ip', [on(text, ipType, paid(parseIp))], { isParser: true })],
  [
    'isIP',
    defineFunction('isIP', [
      on(
        text,
        boolType,
        paid((value) => isParsed(parseIp(value))),
      ),
    ]),
  ],
  [
    'ip.isCanonical',
    defineFunction('ip.isCanonical', [on(text, boolType, paid(isCanonical))], { isParser: true }),
  ],
  ['cidr', defineFunction('cidr', [on(text, cidrType, paid(parseCidr))], { isParser: true })],
  [
    'isCIDR',
    defineFunction('isCIDR', [
      on(
        text,
        boolType,
        paid((value) => isParsed(parseCidr(value))),
      ),
    ]),
  ],
]

export const networkMembers: readonly (readonly [string, CelFunction])[] = [
  ipMember('family', intType, ({ words }) => (words.length === 1 ? 4n : 6n)),
  ipMember('isUnspecified', boolType, ({ words }) => words.every((word) => word === 0)),
  ipMember('isLoopback', boolType, isLoopback),
  ipMember('isLinkLocalUnicast', boolType, isLinkLocalUnicast),
  ipMember('isLinkLocalMulticast', boolType, isLinkLocalMulticast),
  ipMember('isGlobalUnicast', boolType, isGlobalUnicast),
  [
    'containsIP',
    defineFunction(
      'containsIP',
      [
        on2(cidr, ip, boolType, cidrContainsIp),
        on2(cidr, text, boolType, (network, other, meter) => {
          const parsed = meter.take(parseCost) ? parseIp(other) : overBudget
          return parsed instanceof CelFailure ? parsed : cidrContainsIp(network, parsed)
        }),
      ],
      { check: ([, other]) => checkText(other, parseIp) },
    ),
  ],
  [
    'containsCIDR',
    defineFunction(
      'containsCIDR',
      [
        on2(cidr, cidr, boolType, cidrContainsCidr),
        on2(cidr, text, boolType, (network, other, meter) => {
          const parsed = meter.take(parseCost) ? parseCidr(other) : overBudget
          return parsed instanceof CelFailure ? parsed : cidrContainsCidr(network, parsed)
        }),
      ],
      { check: ([, other]) => checkText(other, parseCidr) },
    ),
  ],
  ['ip', defineFunction('ip', [on(cidr, ipType, (network) => network.ip)])],
  ['masked', defineFunction('masked', [on(cidr, cidrType, maskCidr)])],
  [
    'prefixLength',
    defineFunction('prefixLength', [on(cidr, intType, (network) => BigInt(network.prefixLength))]),
  ],
]

/** Reading an address takes about as long as this many parts of a loop, at most. */
const parseCost = 50

function paid(run: (value: string) => unknown): (value: string, meter: Meter) => unknown {
  return (value, meter) => (meter.take(parseCost) ? run(value) : overBudget)
}

function ipMember(
  name: string,
  result: Type,
  run: (value: CelIp) => unknown,
): readonly [string, CelFunction] {
  return [name, defineFunction(name, [on(ip, result, run)])]
}

function isParsed(value: CelIp | CelCidr | CelFailure): boolean {
  return !(value instanceof CelFailure)
}

function checkText(
  value: unknown,
  parse: (value: string) => CelIp | CelCidr | CelFailure,
): CelFailure | null {
  const parsed = typeof value === 'string' ? parse(value) : null
  return parsed instanceof CelFailure ? parsed : null
}

function isCanonical(value: string): boolean | CelFailure {
  const parsed = parseIp(value)
  return parsed instanceof CelFailure ? parsed : formatIp(parsed) === value
}

function isLoopback({ words }: CelIp): boolean {
  const [first = 0, second, third, last] = words
  if (words.length === 1) return first >>> 24 === 127
  return first === 0 && second === 0 && third === 0 && last === 1
}

function isLinkLocalUnicast({ words }: CelIp): boolean {
  const [first = 0] = words
  return words.length === 1 ? first >>> 16 === 0xa9fe : first >>> 22 === 0xfe80 >>> 6
}

function isLinkLocalMulticast({ words }: CelIp): boolean {
  const [first = 0] = words
  return words.length === 1 ? first >>> 8 === 0xe0_0000 : ((first >>> 16) & 0xff0f) === 0xff02
}

/** Neither unspecified, loopback, multicast, link-local unicast nor broadcast: private ones are. */
function isGlobalUnicast(value: CelIp): boolean {
  const { words } = value
  const [first = 0] = words
  const [octet = 0] = octetsOf(first)
  const isMulticast = words.length === 1 ? octet >>> 4 === 0xe : octet === 0xff
  const isBroadcast = words.length === 1 && first === 0xffff_ffff
  return (
    !isMulticast &&
    !isBroadcast &&
    !isLoopback(value) &&
    !isLinkLocalUnicast(value) &&
    words.some((word) => word !== 0)
  )
}
