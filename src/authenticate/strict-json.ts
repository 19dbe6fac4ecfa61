import { findInexactNumber } from '../model/inexact-number.ts'

/**
 * JSON as a token may carry it. Two members of one name are read differently by different parsers
 * (RFC 8259 section 4; RFC 7515 section 4 lets a verifier refuse them), so they are refused, as are
 * nesting that no honest token has and integers that were rounded: of two users, one may be the other.
 */
export type StrictJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly reason: string; readonly isRounded: boolean }

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

export function parseStrictJson(text: string, maxDepth: number): StrictJson {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, reason: 'is not JSON', isRounded: false }
  }
  const reason = findForbidden(text, maxDepth)
  if (reason !== null) return { ok: false, reason, isRounded: false }
  const place = findInexactNumber(value)
  if (place === null) return { ok: true, value }
  const rounded = `has a number too large to be kept exactly in "${place}"`
  return { ok: false, reason: rounded, isRounded: true }
}

/** INVARIANT: `text` is valid JSON, so strings end and brackets match. */
function findForbidden(text: string, maxDepth: number): string | null {
  // One entry a level: the member names seen so far, or null inside an array.
  const levels: (Set<string> | null)[] = []
  let isName = false
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case quote: {
        const end = endOfString(text, at)
        const names = levels.at(-1)
        if (isName && names) {
          // Decoded before comparing: "\u0069ss" and "iss" are one name.
          const name = JSON.parse(text.slice(at, end + 1)) as string
          if (names.has(name)) return 'has a member twice'
          names.add(name)
          isName = false
        }
        at = end
        break
      }
      case openBrace:
        if (levels.push(new Set()) > maxDepth) return `is nested deeper than ${maxDepth} levels`
        isName = true
        break
      case openBracket:
        if (levels.push(null) > maxDepth) return `is nested deeper than ${maxDepth} levels`
        isName = false
        break
      case closeBrace:
      case closeBracket:
        levels.pop()
        isName = false
        break
      case comma:
        isName = levels.at(-1) !== null
        break
      default:
    }
  }
  return null
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  for (let code = text.charCodeAt(at); code !== quote; code = text.charCodeAt(at)) {
    at += code === backslash ? 2 : 1
  }
  return at
}
