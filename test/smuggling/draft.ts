import type { Random } from '../differential/random.ts'

/** A message in pieces, octets as latin1 characters, so that any piece can be spoilt. */
export interface Draft {
  /** Of six characters, in every target of the case; tells whose octets are seen where. */
  readonly id: string
  /** A whole message that must never be taken for one where it is part of something else. */
  readonly hidden: string
  before: string
  /** Method, target, version; or version, status, phrase. */
  first: [string, string, string]
  gaps: [string, string]
  firstEnd: string
  fields: string[]
  fieldEnd: string
  headEnd: string
  body: string
  after: string
}

/** One way of spoiling a message; `name` is the class under which differences are counted. */
export interface FaultClass {
  readonly name: string
  apply(draft: Draft, random: Random): void
}

export function render(draft: Draft): string {
  const { before, first, gaps, firstEnd, fields, fieldEnd, headEnd, body, after } = draft
  const line = `${first[0]}${gaps[0]}${first[1]}${gaps[1]}${first[2]}${firstEnd}`
  return `${before}${line}${fields.map((field) => field + fieldEnd).join('')}${headEnd}${body}${after}`
}

export function hiddenRequest(id: string, method = 'GET'): string {
  return `${method} /files/${id}-h HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer eve\r\nX-Hidden: ${id}\r\n\r\n`
}

export function hiddenResponse(id: string): string {
  const body = `poison of ${id}\n`
  return `HTTP/1.1 200 OK\r\nX-Poison: ${id}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

/** In one to three chunks. */
export function chunked(text: string, random: Random): string {
  let chunks = ''
  let rest = text
  while (rest !== '') {
    const size = chunks.length > 200 ? rest.length : 1 + random.below(rest.length)
    chunks += `${size.toString(16)}\r\n${rest.slice(0, size)}\r\n`
    rest = rest.slice(size)
  }
  return `${chunks}0\r\n\r\n`
}

export function setField(draft: Draft, name: string, ...values: readonly string[]): void {
  dropField(draft, name)
  for (const value of values) draft.fields.push(`${name}: ${value}`)
}

export function dropField(draft: Draft, name: string): void {
  const lower = `${name.toLowerCase()}:`
  draft.fields = draft.fields.filter((field) => !field.toLowerCase().startsWith(lower))
}

export function shuffleFields(draft: Draft, random: Random): void {
  const { fields } = draft
  for (let index = fields.length - 1; index > 0; index -= 1) {
    const other = random.below(index + 1)
    const one = fields[index] ?? ''
    fields[index] = fields[other] ?? ''
    fields[other] = one
  }
}

/** Octets on which parsers disagree, and some that are merely odd. */
export const oddOctets = [
  '\0',
  '\x01',
  '\x07',
  '\b',
  '\t',
  '\n',
  '\x0b',
  '\x0c',
  '\r',
  '\x1b',
  '\x1f',
  ' ',
  '"',
  '#',
  '%',
  '(',
  ')',
  ',',
  '/',
  ':',
  ';',
  '<',
  '=',
  '>',
  '?',
  '@',
  '[',
  '\\',
  ']',
  '{',
  '|',
  '}',
  '\x7f',
  '\x80',
  '\x85',
  '\xa0',
  '\xad',
  '\xff',
  '\r\n',
  '\n\n',
  '\r\r',
  '\r\n\r\n',
  '\xc0\x8a',
  '\xe2\x80\xa8',
  '\xc4\x8a',
  '\xef\xbb\xbf',
]

function insertAt(text: string, index: number, octets: string): string {
  return text.slice(0, index) + octets + text.slice(index)
}

/** Anywhere but within the id of a case, which has to stay legible. */
export function insertSomewhere(text: string, octets: string, random: Random): string {
  return insertAt(text, somewhere(text, random), octets)
}

function somewhere(text: string, random: Random): number {
  for (;;) {
    const at = random.below(text.length + 1)
    if (!/[qr]\d{5}/.test(text.slice(Math.max(0, at - 5), at + 6))) return at
    // A text that is little else.
    if (text.length < 24) return text.length
  }
}

/** Here and there one octet more, less or other, or an early end. */
export function spoilOctets(bytes: string, random: Random): string {
  if (bytes === '') return bytes
  const at = Math.min(somewhere(bytes, random), bytes.length - 1)
  switch (random.below(20)) {
    case 0:
      return bytes.slice(0, at)
    case 1:
      return insertAt(bytes, at, random.pick(oddOctets))
    case 2:
      return bytes.slice(0, at) + bytes.slice(at + 1)
    case 3:
      return bytes.slice(0, at) + String.fromCharCode(random.below(256)) + bytes.slice(at + 1)
    default:
      return bytes
  }
}
