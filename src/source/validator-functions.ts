// Of a text with one byte a character the answer is known at once.
const mayBePair = /[\ud800-\udbff]/

/** What generated validators call, under the names ajv gives them. Length in code points. */
export function ucs2length(text: string): number {
  let length = text.length
  if (!mayBePair.test(text)) return length
  for (let at = 0; at < text.length - 1; at += 1) {
    if (isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1))) length -= 1
  }
  return length
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}

/** Both lists of errors in the first, which nobody else holds. */
export function joined<Found>(found: Found[] | null, more: Found[]): Found[] {
  if (found === null) return more
  for (const error of more) found.push(error)
  return found
}

/** Documents hold objects without prototype, schemas hold ordinary ones: only the content counts. */
export function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) => Object.hasOwn(b, key) && equal(valueAt(a, key), valueAt(b, key)))
}

function valueAt(value: object, key: string): unknown {
  return (value as Readonly<Record<string, unknown>>)[key]
}
