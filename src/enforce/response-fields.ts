import { STATUS_CODES } from 'node:http'
import type { ResponseHead } from '../upstream/response-head.ts'
import { hopFields } from './hop-fields.ts'
import { inOnePiece } from './in-one-piece.ts'

const removedNames: ReadonlySet<string> = new Set(['connection', ...hopFields])

/** What of an answer from the upstream the client gets, a line each. */
export interface PassedHead {
  readonly statusLine: string
  /**
   * Without the fields of the upstream's hop and without any `Sallyport-*`, which a client could take
   * for the gateway's word.
   */
  readonly fields: string
  readonly hasDate: boolean
}

/** Those of answers that come again and again. */
const knownHeads = new WeakMap<ResponseHead, PassedHead>()

export function passedHead(head: ResponseHead): PassedHead {
  const known = head.isRepeated ? knownHeads.get(head) : undefined
  if (known !== undefined) return known
  const { status, phrase } = head
  const said = isPlainPhrase(phrase) ? phrase : (STATUS_CODES[status] ?? 'unknown')
  const fields = responseFields(head)
  const passed = {
    statusLine: `HTTP/1.1 ${status} ${said}\r\n`,
    fields: head.isRepeated ? inOnePiece(fields) : fields,
    hasDate: hasField(head.fields, 'date'),
  }
  if (head.isRepeated) knownHeads.set(head, passed)
  return passed
}

function hasField(fields: readonly string[], name: string): boolean {
  for (let index = 0; index < fields.length; index += 2) {
    const one = fields[index] as string
    if (one.length === name.length && one.toLowerCase() === name) return true
  }
  return false
}

export function responseFields({ status, fields, connection }: ResponseHead): string {
  const nominated = nominatedBy(connection)
  // RFC 9110 section 8.6: neither a 1xx nor a 204 has a length.
  const hasLength = status >= 200 && status !== 204
  let lines = ''
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const name = fields[index] as string
    const fate = fateOf(name)
    if (fate === removed || (fate === length && !hasLength)) continue
    if (nominated !== null && fate !== length && nominated.has(name.toLowerCase())) continue
    lines += `${name}: ${fields[index + 1] as string}\r\n`
  }
  return lines
}

/** RFC 9110 section 7.6.1; null: nothing but what is removed in any case. */
function nominatedBy(connection: string): ReadonlySet<string> | null {
  if (connection === '' || connection === 'keep-alive' || connection === 'close') return null
  return new Set(connection.split(',').map((name) => name.trim()))
}

const kept = 0
const removed = 1
const length = 2
const maxKnown = 2_048
const known = new Map<string, number>()

/** By the name as received; kept, because upstreams send the same few again and again. */
function fateOf(name: string): number {
  const fate = known.get(name)
  if (fate !== undefined) return fate
  const found = classify(name.toLowerCase())
  // Names come from upstreams, which may let others choose them: start over rather than grow.
  if (known.size >= maxKnown) known.clear()
  known.set(name, found)
  return found
}

function classify(lower: string): number {
  if (lower === 'content-length') return length
  if (removedNames.has(lower)) return removed
  return lower.startsWith('sallyport') && !/^sallyport[a-z0-9]/.test(lower) ? removed : kept
}

/** Any other reason phrase is left to the standard one of the status. */
function isPlainPhrase(phrase: string): boolean {
  for (let index = 0; index < phrase.length; index += 1) {
    const code = phrase.charCodeAt(index)
    if (code < 0x20 || code > 0x7e) return false
  }
  return phrase.length > 0
}
