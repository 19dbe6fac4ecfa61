import { isTextOctet, isTokenOctet, octet } from './octets.ts'

/** More is needed before anything can be said. */
export const unfinished = -1

/** More fields than any application sends. */
export const maxFields = 512

/** Where each name and value begins and ends, until the block is complete. */
const marks = new Uint32Array(4 * maxFields)

/**
 * Reads field lines from `start` to the empty line that ends them (RFC 9112 section 5), and adds
 * name, value, name, value to `fields`, as they were received. The offset behind the empty line, or
 * `unfinished`, or why they are refused. What has two readings is refused, leniency that RFC 9112
 * permits included: folded lines, lines that end in LF alone, spaces before the colon.
 */
export function readFields(
  bytes: Buffer,
  start: number,
  end: number,
  fields: string[],
): number | string {
  let at = start
  let count = 0
  for (;;) {
    if (at >= end) return unfinished
    if (bytes[at] === octet.carriage) {
      if (at + 1 >= end) return unfinished
      if (bytes[at + 1] !== octet.feed) return 'a CR without LF'
      pushFields(bytes.toString('latin1', start, at), start, count, fields)
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

/** Cut out of one string: a string of its own for each costs several times as much. */
function pushFields(text: string, start: number, count: number, fields: string[]): void {
  for (let index = 0; index < count; index += 4) {
    fields.push(
      text.slice((marks[index] as number) - start, (marks[index + 1] as number) - start),
      text.slice((marks[index + 2] as number) - start, (marks[index + 3] as number) - start),
    )
  }
}

function isSpace(code: number): boolean {
  return code === octet.space || code === octet.tab
}
