import { RE2JS } from '@bufbuild/re2'
import { compileCost } from './expression-regex.ts'
import { CelFailure, Meter, overBudget } from './expression-values.ts'

const maxGlobLength = 512
const maxSeparators = 16
const maxNesting = 8
const maxKeptGlobs = 200
const malformed = new CelFailure('Malformed glob')

const kept = new Map<string, RE2JS | CelFailure>()

/**
 * Translated for RE2, so that matching takes time linear to the text whatever the pattern: `*` and
 * `?` stop at separators, `**` does not, `[a-z]` and `[!a-z]` are one character that is no
 * separator, `{a,b}` is one of several, and a backslash takes the next character for itself.
 */
export function compileGlob(
  pattern: string,
  separators: string,
  meter = Meter.single,
): RE2JS | CelFailure {
  if (pattern.length > maxGlobLength || separators.length > maxSeparators) {
    return new CelFailure('Glob is too long')
  }
  const key = `${separators.length} ${separators}${pattern}`
  const known = kept.get(key)
  if (known !== undefined) return known
  if (!meter.take(pattern.length * compileCost)) return overBudget
  const compiled = compile(pattern, separators)
  // A pattern may come with a request: the store is bounded, and dropped rather than kept in order.
  if (kept.size >= maxKeptGlobs) kept.clear()
  kept.set(key, compiled)
  return compiled
}

function compile(pattern: string, separators: string): RE2JS | CelFailure {
  const text = pattern + separators
  if (!text.isWellFormed()) return malformed
  const source = new Translation(Array.from(pattern), Array.from(separators)).run()
  if (source === null) return malformed
  try {
    return RE2JS.compile(source, RE2JS.DOTALL)
  } catch {
    return malformed
  }
}

class Translation {
  readonly #chars: readonly string[]
  readonly #separators: readonly string[]
  readonly #one: string
  #at = 0

  constructor(chars: readonly string[], separators: readonly string[]) {
    this.#chars = chars
    this.#separators = separators
    this.#one = separators.length === 0 ? '.' : `[^${separators.map(escaped).join('')}]`
  }

  /** Null: malformed, here and below. */
  run(): string | null {
    const source = this.#sequence(0)
    return this.#at === this.#chars.length ? source : null
  }

  #sequence(nesting: number): string | null {
    let source = ''
    while (this.#at < this.#chars.length) {
      const char = this.#chars[this.#at] ?? ''
      if (nesting > 0 && (char === ',' || char === '}')) return source
      const part = this.#part(char, nesting)
      if (part === null) return null
      source += part
    }
    return source
  }

  #part(char: string, nesting: number): string | null {
    this.#at += 1
    switch (char) {
      case '*':
        return this.#stars()
      case '?':
        return this.#one
      case '[':
        return this.#characters()
      case '{':
        return this.#alternatives(nesting + 1)
      case ']':
      case '}':
        return null
      case '\\':
        return this.#literal()
      default:
        return escaped(char)
    }
  }

  #stars(): string {
    let count = 1
    for (; this.#chars[this.#at] === '*'; count++) this.#at += 1
    return count === 1 ? `${this.#one}*` : '.*'
  }

  #literal(): string | null {
    const char = this.#chars[this.#at]
    this.#at += 1
    return char === undefined ? null : escaped(char)
  }

  #alternatives(nesting: number): string | null {
    if (nesting > maxNesting) return null
    const alternatives: string[] = []
    for (;;) {
      const alternative = this.#sequence(nesting)
      const end = this.#chars[this.#at]
      if (alternative === null || end === undefined) return null
      alternatives.push(alternative)
      this.#at += 1
      if (end === '}') return `(?:${alternatives.join('|')})`
    }
  }

  #characters(): string | null {
    const isNegated = this.#chars[this.#at] === '!'
    if (isNegated) this.#at += 1
    const ranges: (readonly [string, string])[] = []
    while (this.#chars[this.#at] !== ']') {
      const low = this.#member()
      if (low === null) return null
      let high: string | null = low
      if (this.#chars[this.#at] === '-' && this.#chars[this.#at + 1] !== ']') {
        this.#at += 1
        high = this.#member()
      }
      if (high === null || codeOf(high) < codeOf(low)) return null
      ranges.push([low, high])
    }
    this.#at += 1
    if (ranges.length === 0) return null
    const source = ranges.map(([low, high]) => `${escaped(low)}-${escaped(high)}`).join('')
    if (isNegated) return `[^${source}${this.#separators.map(escaped).join('')}]`
    return this.#holdSeparator(ranges) ? null : `[${source}]`
  }

  #holdSeparator(ranges: readonly (readonly [string, string])[]): boolean {
    return this.#separators.some((separator) =>
      ranges.some(([low, high]) => {
        const code = codeOf(separator)
        return codeOf(low) <= code && code <= codeOf(high)
      }),
    )
  }

  #member(): string | null {
    const char = this.#chars[this.#at]
    this.#at += 1
    if (char !== '\\') return char ?? null
    const next = this.#chars[this.#at]
    this.#at += 1
    return next ?? null
  }
}

function codeOf(char: string): number {
  return char.codePointAt(0) ?? 0
}

function escaped(char: string): string {
  return `\\x{${codeOf(char).toString(16)}}`
}
