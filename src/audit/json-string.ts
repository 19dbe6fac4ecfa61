import { redactText, redactWithin } from './redact.ts'

/**
 * What a string may not hold to be copied between quotes as it is: what JSON escapes, lone
 * surrogates, what some readers take for a line end (U+0085, U+2028, U+2029), what terminals obey
 * (C1 controls) or display in another order (bidirectional controls), and what may carry a secret.
 */
const notPlain =
  // oxlint-disable-next-line no-control-regex -- finding control characters is the purpose
  /[\u0000-\u001f"\\\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff?&;#]|eyJ|sp_[a-z0-9]{10}_|:\/\/[^/\s@]{1,256}@|^\s*(?:bearer|basic|dpop|apikey|digest|negotiate) /i

const escapedBeyondJson = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

// Hosts, paths, types, actions and addresses come back with every request: finding the text quoted
// before costs a tenth of looking at each character again. A direct-mapped table stays bounded
// whatever the texts are.
const slots = 1_024
const longestKept = 128
const keptTexts = Array.from({ length: slots }, () => '')
const keptQuoted = Array.from({ length: slots }, () => '""')

/** A JSON string on one line that no reader can take for two, with credentials taken out. */
export function quote(text: string): string {
  const { length } = text
  if (length === 0) return '""'
  if (length > longestKept) return quoteAnew(text)
  const slot = slotOf(text, length)
  if (keptTexts[slot] === text) return keptQuoted[slot] ?? quoteAnew(text)
  const quoted = quoteAnew(text)
  keptTexts[slot] = text
  keptQuoted[slot] = quoted
  return quoted
}

/** As `quote`, with at most `limit` characters of the text; what is cut ends in an ellipsis. */
export function quoteWithin(text: string, limit: number): string {
  return quote(text.length > limit ? redactWithin(text, limit) : text)
}

function slotOf(text: string, length: number): number {
  const first = text.charCodeAt(0)
  const middle = text.charCodeAt(length >> 1)
  const last = text.charCodeAt(length - 1)
  return (length * 131 + first * 31 + middle * 17 + last * 7) & (slots - 1)
}

function quoteAnew(text: string): string {
  return notPlain.test(text) ? quoteWithCare(redactText(text)) : `"${text}"`
}

function quoteWithCare(text: string): string {
  // JSON.stringify is well-formed: it escapes lone surrogates.
  return JSON.stringify(text).replace(
    escapedBeyondJson,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
