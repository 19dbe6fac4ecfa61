import { isUtf8 } from 'node:buffer'
import { findInexactNumber, isExact } from '../model/inexact-number.ts'

/** What the body is not; for the caller to read. */
export type Problem = string

const quote = 0x22
const backslash = 0x5c
const colon = 0x3a
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

/**
 * A request body as I-JSON (RFC 7493): UTF-8, no member twice in one object, no number that was
 * rounded to a whole one, no lone surrogates. Nesting is measured before anything is built. Two members of one name would be read
 * differently by another parser on the way, and so would the question.
 */
export function readJsonObject(bytes: Buffer, maxDepth: number): Record<string, unknown> | Problem {
  if (bytes.length === 0) return 'The body is empty'
  if (!isUtf8(bytes)) return 'The body is not UTF-8'
  const members = countMembers(bytes, maxDepth)
  if (members === tooDeep) return `The body is nested deeper than ${maxDepth} levels`
  const text = bytes.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'The body is not valid JSON'
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'The body is not a JSON object'
  }
  const walk = text.includes('\\') ? walkSuspicious : walkPlain
  const read = walk(value)
  if (Number.isNaN(read)) return describeForbidden(value)
  if (read !== members) return 'The body has a member twice in one object'
  return value as Record<string, unknown>
}

function describeForbidden(value: object): Problem {
  const place = findInexactNumber(value)
  if (place === null) return 'The body has a lone surrogate'
  return `"${place}" is a number too large to be kept exactly; send it as a string`
}

const tooDeep = -1

/**
 * In valid JSON a colon outside of strings is one member; what is not valid fails to parse. Read from
 * the octets, which takes half as long as from text: none of these characters is part of another one
 * in UTF-8.
 */
function countMembers(bytes: Buffer, maxDepth: number): number {
  let members = 0
  let depth = 0
  const { length } = bytes
  for (let at = 0; at < length; at += 1) {
    switch (bytes[at] as number) {
      case quote:
        at = endOfString(bytes, at, length)
        break
      case colon:
        members += 1
        break
      case openBrace:
      case openBracket:
        depth += 1
        if (depth > maxDepth) return tooDeep
        break
      case closeBrace:
      case closeBracket:
        depth -= 1
        break
      default:
    }
  }
  return members
}

function endOfString(bytes: Buffer, start: number, length: number): number {
  let at = start + 1
  while (at < length) {
    const code = bytes[at]
    if (code === quote) return at
    at += code === backslash ? 2 : 1
  }
  return length
}

/**
 * Members that parsing kept, or NaN when a value is not I-JSON. Recursion is as deep as the nesting
 * that was measured.
 */
function walkPlain(value: unknown): number {
  if (typeof value === 'number') return isExact(value) ? 0 : Number.NaN
  if (typeof value !== 'object' || value === null) return 0
  let members = 0
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[]) members += walkPlain(item)
    return members
  }
  const object = value as Readonly<Record<string, unknown>>
  // Without a list of the names, which would cost as much as all the rest. A member that something
  // had given every object would be counted too many, and the body refused.
  for (const name in object) {
    members += 1
    const member = object[name]
    if (typeof member !== 'string') members += walkPlain(member)
  }
  return members
}

/** As `walkPlain`; only an escape can bring a lone surrogate into text that was UTF-8. */
function walkSuspicious(value: unknown): number {
  if (typeof value === 'string') return value.isWellFormed() ? 0 : Number.NaN
  if (typeof value !== 'object' || value === null) return walkPlain(value)
  let members = 0
  const object = value as Readonly<Record<string, unknown>>
  const isArray = Array.isArray(value)
  for (const name of Object.keys(object)) {
    if (!isArray) members += 1
    members += name.isWellFormed() ? walkSuspicious(object[name]) : Number.NaN
  }
  return members
}
