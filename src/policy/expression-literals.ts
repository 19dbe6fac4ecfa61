import type { ExpressionError } from './expression-syntax.ts'

/** A literal the scanner has read itself. */
interface ScannedLiteral {
  readonly value: string | number | Uint8Array
  readonly end: number
}

/**
 * An expression made digestible for the parser, which knows no `br"…"`, no `.5`, no quoted field
 * and no form feed, and reads bytes as Latin-1. What it is given has the same length, so that
 * positions hold: literals become empty strings, quoted fields plain names, comments spaces.
 */
export interface ScannedExpression {
  readonly text: string
  /** By offset of the first character. */
  readonly literals: ReadonlyMap<number, ScannedLiteral>
  readonly quotedFields: ReadonlyMap<number, string>
  /** Offsets of names written with a leading dot, which no macro variable shadows. */
  readonly absoluteNames: ReadonlySet<number>
  /** Offsets of `?` before elements of lists and entries of maps, which the parser does not know. */
  readonly optionalMarks: ReadonlySet<number>
}

export function scanLiterals(text: string): ScannedExpression | ExpressionError {
  const scanner = new Scanner(text)
  return scanner.run() ?? scanner.result()
}

const stringPrefix = /^(?:[bB]?[rR]?)$/
const identifierStart = /[A-Za-z_]/
const identifierPart = /[A-Za-z0-9_]/
const blockVariable = /cel\.(?:index|iterVar)\( *\d{1,4}(?: *, *\d{1,4})? *\)/y
const quotedField = /^[A-Za-z0-9_\-./ ]+$/
const float = /^\.[0-9]+(?:[eE][+-]?[0-9]+)?/
/** After one of these a dot selects a member. */
const operandEnd = /[A-Za-z0-9_)\]}'"`]/

class Scanner {
  readonly #text: string
  readonly #literals = new Map<number, ScannedLiteral>()
  readonly #quotedFields = new Map<number, string>()
  readonly #absoluteNames = new Set<number>()
  readonly #optionalMarks = new Set<number>()
  #out = ''
  #at = 0
  #previous = ''
  /** The last `[` follows an operand. */
  #isIndex = false

  constructor(text: string) {
    this.#text = text
  }

  result(): ScannedExpression {
    return {
      text: this.#out,
      literals: this.#literals,
      quotedFields: this.#quotedFields,
      absoluteNames: this.#absoluteNames,
      optionalMarks: this.#optionalMarks,
    }
  }

  run(): ExpressionError | null {
    while (this.#at < this.#text.length) {
      const error = this.#step(this.#text.charAt(this.#at))
      if (error !== null) return error
    }
    return null
  }

  #step(char: string): ExpressionError | null {
    if (char === '"' || char === "'") return this.#string(this.#at, '')
    if (char === '`') return this.#quotedField()
    if (char === '/' && this.#text.charAt(this.#at + 1) === '/') return this.#comment()
    if (identifierStart.test(char)) return this.#identifier()
    if (char === '.' && !operandEnd.test(this.#previous)) return this.#leadingDot()
    if (char === '?' && this.#isMark()) {
      this.#optionalMarks.add(this.#at)
      this.#out += ' '
      this.#at += 1
      return null
    }
    if (char === '[') this.#isIndex = operandEnd.test(this.#previous)
    this.#out += char === '\f' ? ' ' : char
    this.#at += 1
    // In `.?` the dot is what the next name belongs to.
    if (!/\s/.test(char) && !(char === '?' && this.#previous === '.')) this.#previous = char
    return null
  }

  /** After a bracket that opens a list or a map, or after a comma. */
  #isMark(): boolean {
    if (this.#previous === '[') return !this.#isIndex
    return this.#previous === '{' || this.#previous === ','
  }

  #comment(): null {
    const newline = this.#text.indexOf('\n', this.#at)
    const end = newline < 0 ? this.#text.length : newline
    this.#out += ' '.repeat(end - this.#at)
    this.#at = end
    return null
  }

  #identifier(): ExpressionError | null {
    const start = this.#at
    let end = start + 1
    while (identifierPart.test(this.#text.charAt(end))) end += 1
    const name = this.#text.slice(start, end)
    const next = this.#text.charAt(end)
    this.#at = end
    if ((next === '"' || next === "'") && stringPrefix.test(name)) {
      return this.#string(start, name.toLowerCase())
    }
    const block = name === 'cel' && this.#previous !== '.' ? this.#blockName(start) : null
    this.#out += block ?? name
    this.#at = start + (block ?? name).length
    this.#previous = name === 'in' ? '<' : 'a'
    return null
  }

  /** `cel.index(0)` of `cel.block` as one plain name: the parser takes no call for a variable. */
  #blockName(start: number): string | null {
    blockVariable.lastIndex = start
    const call = blockVariable.exec(this.#text)?.[0]
    return call?.replaceAll(/[^A-Za-z0-9]/g, '_') ?? null
  }

  #leadingDot(): null {
    const start = this.#at
    const literal = float.exec(this.#text.slice(start))?.[0]
    if (literal !== undefined) {
      this.#placeLiteral(start, start + literal.length, Number(literal))
      return null
    }
    this.#out += ' '
    this.#at += 1
    while (/\s/.test(this.#text.charAt(this.#at))) {
      this.#out += ' '
      this.#at += 1
    }
    if (identifierStart.test(this.#text.charAt(this.#at))) this.#absoluteNames.add(this.#at)
    else this.#out = `${this.#out.slice(0, start)}.${this.#out.slice(start + 1)}`
    return null
  }

  #quotedField(): ExpressionError | null {
    const start = this.#at
    const close = this.#text.indexOf('`', start + 1)
    if (close < 0) return scanError('Unterminated quoted field', start, this.#text.length)
    const name = this.#text.slice(start + 1, close)
    if (!quotedField.test(name) || this.#previous !== '.') {
      return scanError('Malformed quoted field', start, close + 1)
    }
    this.#quotedFields.set(start, name)
    this.#at = close + 1
    this.#out += '_'.repeat(this.#at - start)
    this.#previous = '`'
    return null
  }

  #string(start: number, prefix: string): ExpressionError | null {
    const open = start + prefix.length
    const quote = this.#text.charAt(open)
    const triple = this.#text.startsWith(quote.repeat(3), open)
    const delimiter = triple ? quote.repeat(3) : quote
    const isRaw = prefix.includes('r')
    const first = open + delimiter.length
    let end = first
    while (!this.#text.startsWith(delimiter, end)) {
      const char = this.#text.charAt(end)
      const isBroken = !triple && (char === '\n' || char === '\r')
      if (char === '' || isBroken) {
        return scanError('Unterminated string', start, isBroken ? end : this.#text.length)
      }
      // A backslash keeps the quote behind it, in a raw string too.
      end += char === '\\' && end + 1 < this.#text.length ? 2 : 1
    }
    const body = this.#text.slice(first, end)
    const isBytes = prefix.includes('b')
    const pieces = isRaw ? [body] : unescape(body, first, isBytes)
    if ('message' in pieces) return pieces
    this.#placeLiteral(start, end + delimiter.length, isBytes ? toBytes(pieces) : toText(pieces))
    return null
  }

  #placeLiteral(start: number, end: number, value: string | number | Uint8Array): void {
    this.#literals.set(start, { value, end })
    this.#out += "''".padEnd(end - start)
    this.#at = end
    this.#previous = '"'
  }
}

const simpleEscapes: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
  ['\\', '\\'],
  ['?', '?'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
])

const escapeSequence =
  /\\(?:(?<simple>[abfnrtv\\?"'`])|[xX](?<hex>[0-9a-fA-F]{2})|u(?<short>[0-9a-fA-F]{4})|U(?<long>[0-9a-fA-F]{8})|(?<octal>[0-3][0-7]{2}))/y

/** Text, and the numbers of the characters (in bytes literals: of the bytes) that escapes name. */
type Piece = string | number

function unescape(
  body: string,
  offset: number,
  isBytes: boolean,
): readonly Piece[] | ExpressionError {
  const pieces: Piece[] = []
  let at = 0
  while (at < body.length) {
    const backslash = body.indexOf('\\', at)
    pieces.push(body.slice(at, backslash < 0 ? body.length : backslash))
    if (backslash < 0) break
    escapeSequence.lastIndex = backslash
    const groups = escapeSequence.exec(body)?.groups
    const start = offset + backslash
    if (groups === undefined) return scanError('Unknown escape sequence', start, start + 2)
    at = escapeSequence.lastIndex
    const { simple, hex, short, long, octal } = groups
    if (simple !== undefined) pieces.push(simpleEscapes.get(simple) ?? '')
    else if (hex !== undefined) pieces.push(Number.parseInt(hex, 16))
    else if (octal !== undefined) pieces.push(Number.parseInt(octal, 8))
    else {
      const code = Number.parseInt(short ?? long ?? '', 16)
      const isScalar = code <= 0x10_ffff && (code < 0xd800 || code > 0xdfff)
      if (isBytes) return scanError('Unicode escape in a bytes literal', start, offset + at)
      if (!isScalar) return scanError('Not a Unicode character', start, offset + at)
      pieces.push(code)
    }
  }
  return pieces
}

function toText(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => (typeof piece === 'number' ? String.fromCodePoint(piece) : piece))
    .join('')
}

const encoder = new TextEncoder()

function toBytes(pieces: readonly Piece[]): Uint8Array {
  const bytes: number[] = []
  for (const piece of pieces) {
    if (typeof piece === 'number') bytes.push(piece)
    else for (const byte of encoder.encode(piece)) bytes.push(byte)
  }
  return Uint8Array.from(bytes)
}

function scanError(message: string, start: number, end: number): ExpressionError {
  return { message, hint: null, start, end }
}
