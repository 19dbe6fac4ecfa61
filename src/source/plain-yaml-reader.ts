import { readBlockScalar } from './plain-yaml-block.ts'
import { readFlow } from './plain-yaml-flow.ts'
import { type Found, plainScalar, readKey, startsKey } from './plain-yaml-scalars.ts'
import type { PlainYamlLimits } from './plain-yaml.ts'

const newline = 10
const space = 32
const quote = 34
const hash = 35
const apostrophe = 39
const dash = 45
const greater = 62
const openList = 91
const openMap = 123
const pipe = 124

/** Not of the plain part of YAML. */
const foreign = Symbol('foreign')

type Read = unknown

/** One pass over the text; the first thing out of the ordinary ends it. */
export class PlainYamlReader {
  /** Of a list the offsets of its items; of a mapping those of key and value in turn. */
  readonly starts = new Map<object, number[]>()
  readonly #text: string
  readonly #limits: PlainYamlLimits
  #at = 0
  /** Of the line that comes next, when there is one. */
  #indent = -1
  #values = 0

  constructor(text: string, limits: PlainYamlLimits) {
    this.#text = text
    this.#limits = limits
  }

  /** Undefined: something is out of the ordinary. */
  readDocument(): object | undefined {
    if (/[\t\r\u0085\u2028\u2029]/u.test(this.#text)) return undefined
    if (!this.#nextLine() || this.#indent !== 0) return undefined
    const value = this.#isItem() ? foreign : this.#mapping(0, 1)
    if (value === foreign || this.#hasMore) return undefined
    return value as object
  }

  get #hasMore(): boolean {
    return this.#indent !== -1
  }

  /** To the first character of the next line that says something. False: there is none. */
  #nextLine(): boolean {
    const text = this.#text
    let at = this.#at
    for (;;) {
      const start = at
      while (text.charCodeAt(at) === space) at += 1
      const code = text.charCodeAt(at)
      if (code === newline) at += 1
      else if (code === hash) at = this.#lineEnd(at) + 1
      else {
        this.#at = at
        this.#indent = at >= text.length ? -1 : at - start
        return this.#hasMore
      }
      if (at >= text.length) {
        this.#at = text.length
        this.#indent = -1
        return false
      }
    }
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf('\n', from)
    return end === -1 ? this.#text.length : end
  }

  #isItem(): boolean {
    if (this.#text.charCodeAt(this.#at) !== dash) return false
    const next = this.#text.charCodeAt(this.#at + 1)
    return next === space || next === newline || Number.isNaN(next)
  }

  /** Stands at the first key; `indent` is its column. */
  #mapping(indent: number, depth: number): Read {
    if (!this.isWithinLimits(depth)) return foreign
    const read = Object.create(null) as Record<string, unknown>
    const starts: number[] = []
    this.starts.set(read, starts)
    do {
      const keyStart = this.#at
      const found = readKey(this.#text, keyStart)
      if (found === null || Object.hasOwn(read, found.value)) return foreign
      this.#at = found.end
      const value = this.#valueOfKey(indent, depth + 1)
      if (value === foreign) return foreign
      starts.push(keyStart, this.#valueStart)
      read[found.value] = value
    } while (this.#indent === indent && !this.#isItem())
    return this.#indent > indent || (this.#indent === indent && this.#isItem()) ? foreign : read
  }

  /** Where the value last read begins. */
  #valueStart = 0

  #valueOfKey(indent: number, depth: number): Read {
    const text = this.#text
    const afterColon = this.#at
    while (text.charCodeAt(this.#at) === space) this.#at += 1
    const code = text.charCodeAt(this.#at)
    if (code === newline || (code === hash && this.#at > afterColon)) {
      this.#at = this.#lineEnd(this.#at)
      this.#nextLine()
      if (this.#indent > indent) {
        return this.#isItem() ? this.#list(this.#indent, depth) : this.#nested(indent, depth)
      }
      if (this.#indent === indent && this.#isItem()) return this.#list(indent, depth)
      return foreign
    }
    if (Number.isNaN(code)) return foreign
    return this.#inline(indent, depth)
  }

  #nested(indent: number, depth: number): Read {
    const start = this.#at
    const code = this.#text.charCodeAt(start)
    if (code === openList || code === openMap) return this.#inline(indent, depth)
    if (!this.#startsMapping()) return foreign
    const value = this.#mapping(this.#indent, depth)
    this.#valueStart = start
    return value
  }

  #list(indent: number, depth: number): Read {
    if (!this.isWithinLimits(depth)) return foreign
    const start = this.#at
    const read: unknown[] = []
    const starts: number[] = []
    this.starts.set(read, starts)
    do {
      const dashAt = this.#at
      this.#at += 1
      while (this.#text.charCodeAt(this.#at) === space) this.#at += 1
      const code = this.#text.charCodeAt(this.#at)
      if (code === newline || code === hash || code === dash || Number.isNaN(code)) return foreign
      const itemStart = this.#at
      const value = this.#startsMapping()
        ? this.#mapping(indent + itemStart - dashAt, depth + 1)
        : this.#inline(indent, depth + 1)
      if (value === foreign) return foreign
      starts.push(itemStart)
      read.push(value)
    } while (this.#indent === indent && this.#isItem())
    if (this.#indent > indent) return foreign
    this.#valueStart = start
    return read
  }

  #startsMapping(): boolean {
    return startsKey(this.#text, this.#at)
  }

  /** A value that begins on the line of its key or dash; on to the next line after it. */
  #inline(indent: number, depth: number): Read {
    const text = this.#text
    const start = this.#at
    const code = text.charCodeAt(start)
    const isBlock = code === pipe || code === greater
    const value = isBlock
      ? this.#take(readBlockScalar(text, start, indent))
      : code === openList || code === openMap || code === quote || code === apostrophe
        ? this.#endOfLine(this.#take(readFlow(text, start, depth, this)))
        : this.#plainLine()
    if (value === foreign) return foreign
    if (typeof value !== 'object' && !this.isWithinLimits(depth)) return foreign
    this.#valueStart = start
    this.#nextLine()
    // What continues a scalar on the next line, or hangs under a finished one, is not plain.
    return this.#indent > indent ? foreign : value
  }

  #endOfLine(value: Read): Read {
    const text = this.#text
    const from = this.#at
    while (text.charCodeAt(this.#at) === space) this.#at += 1
    const code = text.charCodeAt(this.#at)
    if (code === hash && this.#at > from) this.#at = this.#lineEnd(this.#at)
    else if (code !== newline && !Number.isNaN(code)) return foreign
    return value
  }

  #plainLine(): Read {
    const text = this.#text
    const start = this.#at
    let end = this.#lineEnd(start)
    this.#at = end
    const comment = text.slice(start, end).indexOf(' #')
    if (comment !== -1) end = start + comment
    while (text.charCodeAt(end - 1) === space) end -= 1
    const written = text.slice(start, end)
    if (written.includes(': ') || written.endsWith(':')) return foreign
    return plainScalar(written) ?? foreign
  }

  #take(found: Found | null): Read {
    if (found === null) return foreign
    this.#at = found.end
    return found.value
  }

  /** Counts a value at a depth. */
  isWithinLimits(depth: number): boolean {
    this.#values += 1
    return this.#values <= this.#limits.maxValues && depth <= this.#limits.maxDepth
  }
}
