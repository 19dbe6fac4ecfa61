import { createRequire } from 'node:module'
import type * as Undici from 'undici'

/**
 * The parts of undici that speak HTTP/1.1 to an upstream. Its entry loads fetch, WebSocket and
 * caches as well: 109 files for 18, half of the time and a third of the memory on top. The version
 * is pinned, so a file that moves is noticed by every test that forwards.
 */
const load = createRequire(import.meta.url)

/** Where a client keeps its connection, and a connection its parser. */
export const { kParser, kSocket } = load('undici/lib/core/symbols.js') as {
  readonly kParser: symbol
  readonly kSocket: symbol
}
export const Client = load('undici/lib/dispatcher/client.js') as typeof Undici.Client
export const errors = load('undici/lib/core/errors.js') as typeof Undici.errors
