import { isTextOctet, isTokenOctet, octet } from './octets.ts'

/** More is needed before anything can be said. */
export const unfinished = -1

/** More fields than any application sends. */
export const maxFields = 512

/** Where each name and value begins and ends, until the block is complete. */
const marks = new Uint32Array(4 * maxFields)
let marked = 0

/** Name, value, name, value, and the offset behind the empty line. */
export interface FoundFields {
  readonly fields: string[]
  readonly end: number
}

/** Field lines from `start` to the empty line that ends them, null when more is needed, or why not. */
export function readFields(bytes: Buffer, start: number, end: number): FoundFields | null | string {
  const after = scanFields(bytes, start, end)
  if (typeof after === 'string') return after
  if (after === unfinished) return null
  return { fields: cutFields(bytes.toString('latin1', start, after), start), end: after }
}

/**
 * Looks for the end of the field lines that begin at `start` (RFC 9112 section 5), and marks what
 * `cutFields` cuts out. The offset behind the empty line, or `unfinished`, or why they are refused. What
 * has two readings is refused, leniency that RFC 9112 permits included: folded lines, lines that end in
 * LF alone, spaces before the colon.
 */
export function scanFields(bytes: Buffer, start: number, end: number): number | string {
  let at = start
  let count = 0
  for (;;) {
    if (at >= end) return unfinished
    if (bytes[at] === octet.carriage) {
      if (at + 1 >= end) return unfinished
      if (bytes[at + 1] !== octet.feed) return 'a CR without LF'
      marked = count
      return at + 2
    }
    const nameStart = at
    while (at < end && isTokenOctet[bytes[at] as number] === 1) at += 1
    if (at >= end) return unfinished
    if (bytes[at] !== octet.colon || at === nameStart) return 'a malformed field name'
    const nameEnd = at
    at += 1
    while (at < end && isSpace(bytes[at] as number)) at += 1
    const valueStart = at
    while (at < end && isTextOctet[bytes[at] as number] === 1) at += 1
    if (at >= end) return unfinished
    if (bytes[at] !== octet.carriage) return 'a control character in a field value'
    if (at + 1 >= end) return unfinished
    if (bytes[at + 1] !== octet.feed) return 'a CR without LF'
    let valueEnd = at
    while (valueEnd > valueStart && isSpace(bytes[valueEnd - 1] as number)) valueEnd -= 1
    at += 2
    if (count === marks.length) return `more than ${maxFields} fields`
    marks[count] = nameStart
    marks[count + 1] = nameEnd
    marks[count + 2] = valueStart
    marks[count + 3] = valueEnd
    count += 4
  }
}

/**
 * What `scanFields` has just marked, out of the text of the octets from `start` on: to make a string of
 * the octets of each costs several times as much.
 */
export function cutFields(text: string, start: number): string[] {
  const fields: string[] = []
  for (let index = 0; index < marked; index += 4) {
    fields.push(
      text.slice((marks[index] as number) - start, (marks[index + 1] as number) - start),
      text.slice((marks[index + 2] as number) - start, (marks[index + 3] as number) - start),
    )
  }
  return fields
}

function isSpace(code: number): boolean {
  return code === octet.space || code === octet.tab
}
