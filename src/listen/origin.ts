import { refuse, type Refusal } from '../model/refusal.ts'
import { originPattern } from './options.ts'

/** Origins whose pages may switch protocols here; throws a TypeError when one is malformed. */
export function compileOrigins(origins: readonly string[]): ReadonlySet<string> {
  for (const origin of origins) {
    if (!originPattern.test(origin)) {
      throw new TypeError(`"${origin}" is not an origin such as https://app.example.com`)
    }
  }
  return new Set(origins)
}

/**
 * Pages of any site may open a WebSocket to any other, and the browser sends cookies along: unlike
 * with a request of their script, nothing but the server's own look at Origin stops them (RFC 6455
 * section 10.2). Who is no browser sends none.
 */
export function refuseOrigin(
  rawHeaders: readonly string[],
  authority: string,
  allowed: ReadonlySet<string>,
): Refusal | null {
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if ((rawHeaders[index] ?? '').toLowerCase() !== 'origin') continue
    const origin = (rawHeaders[index + 1] ?? '').toLowerCase()
    if (!allowed.has(origin) && !isOwnOrigin(origin, authority)) {
      return refuse('origin_refused', 'Another site wants to switch protocols')
    }
  }
  return null
}

/** Host and port: whether TLS ended in front of the gateway is not always known here. */
function isOwnOrigin(origin: string, authority: string): boolean {
  const [, scheme, host, port = ''] = originPattern.exec(origin) ?? []
  if (scheme === undefined || host === undefined) return false
  const own = authority.toLowerCase()
  const usual = scheme === 'https' ? ':443' : ':80'
  return own === `${host}${port}` || (port === '' && own === `${host}${usual}`)
}
