import { type Message, type Reading, readRequest, skipLineEnds, valuesOf } from './strict-reader.ts'

/** What a strict reader makes of the octets of one client connection. */
export interface Reference {
  /** Whole requests, in order, up to the one after which the connection is over. */
  readonly messages: readonly Message[]
  /** What follows them, when it is no whole request. */
  readonly rest: Exclude<Reading, Message> | null
  /** The last request asks for the end of the connection, or begins something else than HTTP. */
  readonly closes: boolean
}

export function readReference(bytes: string): Reference {
  const messages: Message[] = []
  let from = skipLineEnds(bytes, 0)
  while (from < bytes.length) {
    const reading = readRequest(bytes, from)
    if (reading.kind !== 'message') return { messages, rest: reading, closes: false }
    messages.push(reading)
    if (isLast(reading)) return { messages, rest: null, closes: true }
    from = skipLineEnds(bytes, reading.end)
  }
  return { messages, rest: null, closes: false }
}

function isLast(request: Message): boolean {
  const options = valuesOf(request, 'connection')
    .flatMap((value) => value.toLowerCase().split(','))
    .map((option) => option.trim())
  if (request.first[0] === 'CONNECT' || options.includes('close')) return true
  return request.first[2] === 'HTTP/1.0' && !options.includes('keep-alive')
}

/**
 * Two spellings of one target compare equal; the authority of an absolute form and the mark of an empty
 * query are left out.
 */
export function looseTarget(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?#]*/i, '')
  return path
    .replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    )
    .replace(/^(?!\/)/, '/')
    .replace(/\?$/, '')
}
