import { toText } from './expression-conversions.ts'
import {
  CelCidr,
  CelDuration,
  CelIp,
  CelMap,
  CelOptional,
  CelSemver,
  CelTimestamp,
  CelUint,
} from './expression-values.ts'

/** A value that JSON cannot say, and why. */
export class NotJson {
  readonly message: string

  constructor(message: string) {
    this.message = message
  }
}

const maxValues = 10_000
const maxCharacters = 65_536
const maxDepth = 64
const tooMany = new NotJson(`more than ${maxValues} values`)
const tooLong = new NotJson(`more than ${maxCharacters} characters of text`)
const tooDeep = new NotJson(`nested deeper than ${maxDepth} levels`)

/**
 * What an expression has yielded as JSON: requests and decisions are recorded and replayed.
 * Variables that hold one another twice over are small until they are written out.
 */
export function toJson(value: unknown): unknown {
  return new JsonWriter().write(value, maxDepth)
}

class JsonWriter {
  #values = 0
  #characters = 0

  write(value: unknown, depth: number): unknown {
    this.#values += 1
    if (this.#values > maxValues) return tooMany
    if (typeof value === 'string') return this.#text(value)
    if (typeof value === 'boolean' || value === null) return value
    if (typeof value === 'number') {
      return Number.isFinite(value) ? value : new NotJson('not a finite number')
    }
    if (typeof value === 'bigint') return smallInteger(value)
    if (typeof value !== 'object') return new NotJson('no value')
    return depth === 0 ? tooDeep : this.#object(value, depth - 1)
  }

  #text(text: string): string | NotJson {
    this.#characters += text.length
    return this.#characters > maxCharacters ? tooLong : text
  }

  #object(value: object, depth: number): unknown {
    if (Array.isArray(value)) return this.#list(value, depth)
    if (value instanceof CelTimestamp || value instanceof CelDuration) return toText(value)
    if (value instanceof CelIp || value instanceof CelCidr) return toText(value)
    if (value instanceof CelSemver) return value.text
    if (value instanceof CelOptional) return this.write(value.value, depth)
    if (value instanceof CelUint) return smallInteger(value.value)
    if (value instanceof Uint8Array) return new NotJson('bytes cannot be an attribute')
    const entries = value instanceof CelMap ? value.entries() : Object.entries(value)
    const read = Object.create(null) as Record<string, unknown>
    for (const [key, item] of entries) {
      const name = this.#text(String(key))
      if (name instanceof NotJson) return name
      const json = this.write(item, depth)
      if (json instanceof NotJson) return json
      read[name] = json
    }
    return read
  }

  #list(list: readonly unknown[], depth: number): readonly unknown[] | NotJson {
    const items: unknown[] = []
    for (const item of list) {
      const json = this.write(item, depth)
      if (json instanceof NotJson) return json
      items.push(json)
    }
    return items
  }
}

function smallInteger(value: bigint): unknown {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : new NotJson('an integer too large')
}
