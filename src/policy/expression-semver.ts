import { CelFailure, CelSemver } from './expression-values.ts'

export const maxVersionLength = 256
const maxNumber = 0x7fff_ffff_ffff_ffffn
const malformed = new CelFailure('Malformed semantic version')
const form =
  /^(?<major>0|[1-9]\d{0,18})\.(?<minor>0|[1-9]\d{0,18})\.(?<patch>0|[1-9]\d{0,18})(?:-(?<prerelease>[0-9A-Za-z.-]+))?(?:\+(?<build>[0-9A-Za-z.-]+))?$/
const looseForm = /^v?(?<numbers>\d{1,64}(?:\.\d{1,64}){0,2})(?<rest>[-+].*)?$/s
const digits = /^\d+$/

/** As semver.org has it, version 2.0.0. */
export function parseSemver(text: string): CelSemver | CelFailure {
  if (text.length > maxVersionLength) return malformed
  const groups = form.exec(text)?.groups
  if (groups === undefined) return malformed
  const { major = '', minor = '', patch = '', prerelease: tag, build } = groups
  const numbers = [BigInt(major), BigInt(minor), BigInt(patch)] as const
  const prerelease = tag?.split('.') ?? []
  const areIdentifiers =
    prerelease.every((part) => part !== '' && !(digits.test(part) && /^0./.test(part))) &&
    (build?.split('.') ?? []).every((part) => part !== '')
  if (!areIdentifiers || numbers.some((number) => number > maxNumber)) return malformed
  return new CelSemver(text, numbers, prerelease)
}

/** `v1.2` and `01.2.3` made into versions, as Kubernetes does when asked to normalize. */
export function normalizeSemver(text: string): string {
  if (text.length > maxVersionLength) return text
  const groups = looseForm.exec(text)?.groups
  if (groups === undefined) return text
  const numbers = (groups['numbers'] ?? '')
    .split('.')
    .map((number) => number.replace(/^0+(?=\d)/, ''))
  while (numbers.length < 3) numbers.push('0')
  return numbers.join('.') + (groups['rest'] ?? '')
}

/** Precedence: the build does not count. */
export function compareSemvers(a: CelSemver, b: CelSemver): -1 | 0 | 1 {
  for (const [at, number] of a.numbers.entries()) {
    const other = b.numbers[at] ?? 0n
    if (number !== other) return number < other ? -1 : 1
  }
  const [tags, others] = [a.prerelease, b.prerelease]
  if (tags.length === 0 || others.length === 0) {
    if (tags.length === others.length) return 0
    return tags.length === 0 ? 1 : -1
  }
  for (const [at, tag] of tags.entries()) {
    const other = others[at]
    if (other === undefined) return 1
    if (tag !== other) return compareIdentifiers(tag, other)
  }
  return tags.length === others.length ? 0 : -1
}

/** Numbers come before words; neither has leading zeros, so that the longer number is larger. */
function compareIdentifiers(a: string, b: string): -1 | 1 {
  const [isNumber, isOtherNumber] = [digits.test(a), digits.test(b)]
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  if (isNumber && a.length !== b.length) return a.length < b.length ? -1 : 1
  return a < b ? -1 : 1
}
