const maxPlaceLength = 120

/**
 * Whether a number is what was written, as far as integers go: those beyond 2^53 - 1 have been
 * rounded, and two ids that differ may then be equal (RFC 7493 section 2.2).
 */
export function isExact(value: number): boolean {
  return Number.isSafeInteger(value) || (Number.isFinite(value) && !Number.isInteger(value))
}

/**
 * Where in JSON that has been read the first number stands that is not exact, as
 * `subject.properties.uid`; null: nowhere. INVARIANT: the nesting has been measured.
 */
export function findInexactNumber(value: unknown): string | null {
  const path: string[] = []
  if (!leadsToInexact(value, path)) return null
  const place = path.reverse().join('.').toWellFormed()
  return place.length > maxPlaceLength ? `${place.slice(0, maxPlaceLength)}…` : place
}

/** Leaves the names on the way in `path`, the last one first. */
function leadsToInexact(value: unknown, path: string[]): boolean {
  if (typeof value === 'number') return !isExact(value)
  if (typeof value !== 'object' || value === null) return false
  for (const name of Object.keys(value)) {
    if (leadsToInexact((value as Readonly<Record<string, unknown>>)[name], path)) {
      path.push(name)
      return true
    }
  }
  return false
}
