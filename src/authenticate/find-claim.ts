/**
 * The value of a claim: by its name, whatever is in it, or by a path through objects that begins
 * with a slash, such as `/realm_access/roles` (RFC 6901).
 */
export function findClaim(payload: Readonly<Record<string, unknown>>, claim: string): unknown {
  if (!claim.startsWith('/')) return Object.hasOwn(payload, claim) ? payload[claim] : undefined
  let value: unknown = payload
  for (const step of claim.slice(1).split('/')) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    if (!Object.hasOwn(value, name)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[name]
  }
  return value
}
