import type { Client } from 'undici'
import { kParser, kSocket } from './undici-client.ts'

/** What undici keeps of its parser, a compiled module, and of the message it is at. */
interface Parser {
  readonly ptr: number
  readonly llhttp: {
    llhttp_get_http_major(ptr: number): number
    llhttp_get_http_minor(ptr: number): number
  }
}

/**
 * The HTTP version of the answer that is coming in, which undici tells nobody; empty when it cannot be
 * known. It decides what `Transfer-Encoding` means.
 */
export function responseVersion(connection: Client | null): string {
  const socket = connection === null ? undefined : read(connection, kSocket)
  const parser = socket === undefined ? undefined : (read(socket, kParser) as Parser | undefined)
  if (parser === undefined) return ''
  const { ptr, llhttp } = parser
  return `${llhttp.llhttp_get_http_major(ptr)}.${llhttp.llhttp_get_http_minor(ptr)}`
}

function read(holder: object, key: symbol): object | undefined {
  return (holder as Readonly<Record<symbol, object | null | undefined>>)[key] ?? undefined
}
