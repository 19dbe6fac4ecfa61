import type { IncomingHttpHeaders } from 'node:http'
import { hopFields } from './hop-fields.ts'

const removedNames: ReadonlySet<string> = new Set(['connection', ...hopFields])

/**
 * The header of the answer, as name, value, name, value: the upstream's without the fields of its
 * hop and without any `Sallyport-*`, which a client could take for the gateway's word, and with the
 * decision's id, by which a client can name a permitted request too; null in an interim answer.
 */
export function responseHeaders(
  upstream: IncomingHttpHeaders,
  status: number,
  decisionId: string | null,
): string[] {
  const headers: string[] = decisionId === null ? [] : ['Sallyport-Decision', decisionId]
  const { connection } = upstream
  const nominated =
    connection === undefined || connection === 'keep-alive' || connection === 'close'
      ? null
      : new Set(
          connection
            .toLowerCase()
            .split(',')
            .map((name) => name.trim()),
        )
  for (const name in upstream) {
    if (removedNames.has(name)) continue
    if (name.charCodeAt(0) === letterS && isOurs(name)) continue
    if (nominated !== null && name !== 'content-length' && nominated.has(name)) continue
    // RFC 9110 section 8.6: a 204 has no length.
    if (status === 204 && name === 'content-length') continue
    const value = upstream[name]
    if (typeof value === 'string') headers.push(name, value)
    else if (value !== undefined) for (const one of value) headers.push(name, one)
  }
  return headers
}

const letterS = 0x73

function isOurs(name: string): boolean {
  return name.startsWith('sallyport') && !/^sallyport[a-z0-9]/.test(name)
}

/** -1 when none is announced. */
export function announcedLength(headers: IncomingHttpHeaders): number {
  const text = headers['content-length']
  return text === undefined ? -1 : Number(text)
}

/** Any other reason phrase is left to the standard one of the status. */
export function isPlainPhrase(phrase: string): boolean {
  for (let index = 0; index < phrase.length; index += 1) {
    const code = phrase.charCodeAt(index)
    if (code < 0x20 || code > 0x7e) return false
  }
  return phrase.length > 0
}
