/** What generated validators call, under the names ajv gives them. Length in code points. */
export function ucs2length(text: string): number {
  let length = 0
  for (const _ of text) length += 1
  return length
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
