/**
 * RFC 9110 section 9.2.2: what changes nothing when it is done twice. DELETE and PUT too, as long as
 * no body went with them.
 */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])

/** The connection was closed under the request, before anything could be answered. */
export function mayRepeat(method: string, error: Error): boolean {
  if (!idempotent.has(method)) return false
  const { code } = error as NodeJS.ErrnoException
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE'
}
