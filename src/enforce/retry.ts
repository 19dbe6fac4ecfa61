/**
 * RFC 9110 section 9.2.2: what changes nothing when it is done twice. DELETE and PUT too, as long as
 * no body went with them.
 */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

export function mayRepeat(method: string): boolean {
  return idempotent.has(method)
}
