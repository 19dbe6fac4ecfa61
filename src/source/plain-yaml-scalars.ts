/** Read as something by YAML in one version or another, or by the library only. */
const special = /^(?:null|Null|NULL|true|True|TRUE|false|False|FALSE)$/u
const longestWord = 5

/** Durations, addresses and networks: digits that are no number in any version of YAML. */
const units = /^[0-9]+(?:ms|[smhd])$|^[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?:\/[0-9]{1,3})?$/u

/** A scalar without quotes, of one line. Undefined: its meaning is for the library to say. */
export function plainScalar(written: string): string | number | boolean | undefined {
  if (written === '') return undefined
  const first = written.charCodeAt(0)
  if (isLetter(first)) {
    if (written.length > longestWord) return written
    if (written === 'true') return true
    if (written === 'false') return false
    return special.test(written) ? undefined : written
  }
  if (isDigit(first) && units.test(written)) return written
  if (isDigit(first) || first === 45) {
    if (!/^-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?$/u.test(written)) return undefined
    const number = Number(written)
    // A zero with a sign is left to the library.
    return number === 0 && first === 45 ? undefined : number
  }
  return undefined
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

/** What a plain scalar may begin with and mean nothing but itself. */
function isLetter(code: number): boolean {
  return (
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    code === 47 ||
    code === 40 ||
    code > 0xbf
  )
}

/** A value and the offset behind it. */
export interface Found<T = unknown> {
  readonly value: T
  readonly end: number
}

/** What nearly every key is. */
const isName = /^[A-Za-z_][\w-]{0,63}$/u

/** YAML itself ends implicit keys at 1,024. */
const maxKey = 512

/** A key and its colon. Null: it is out of the ordinary. */
export function readKey(text: string, start: number): Found<string> | null {
  const first = text.charCodeAt(start)
  if (first === 34 || first === 39) {
    const quoted = readQuoted(text, start)
    if (quoted === null || text.charCodeAt(quoted.end) !== 58) return null
    const next = text.charCodeAt(quoted.end + 1)
    if (next !== 32 && next !== 10) return null
    return isPlainKey(quoted.value) ? { value: quoted.value, end: quoted.end + 1 } : null
  }
  const end = endOfKey(text, start)
  if (end === -1) return null
  const value = text.slice(start, end)
  return isPlainKey(value) ? { value, end: end + 1 } : null
}

export function startsKey(text: string, start: number): boolean {
  const first = text.charCodeAt(start)
  if (first === 91 || first === 123) return false
  if (first !== 34 && first !== 39) return endOfKey(text, start) !== -1
  const quoted = readQuoted(text, start)
  return quoted !== null && text.charCodeAt(quoted.end) === 58
}

/** Offset of the colon that ends a key on this line, else -1. */
function endOfKey(text: string, start: number): number {
  for (let at = start; ; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 10 || Number.isNaN(code)) return -1
    if (code === 35 && text.charCodeAt(at - 1) === 32) return -1
    if (code !== 58) continue
    const next = text.charCodeAt(at + 1)
    if (next === 32 || next === 10 || Number.isNaN(next)) return at
  }
}

/** No number, which objects would put first, and nothing that YAML could take for something else. */
function isPlainKey(key: string): boolean {
  if (isName.test(key)) return key.length > longestWord || !special.test(key)
  return (
    key.length <= maxKey &&
    /^[A-Za-z_/](?:[^#"'`&*!|>%@\\]*[^\s#"'`&*!|>%@\\])?$/u.test(key) &&
    !key.includes(': ')
  )
}

/** Stands at the opening quote. Null: it spans lines, or escapes more than a quote or backslash. */
export function readQuoted(text: string, start: number): Found<string> | null {
  return text.charCodeAt(start) === 34 ? readDouble(text, start) : readSingle(text, start)
}

function readDouble(text: string, start: number): Found<string> | null {
  let value = ''
  let from = start + 1
  for (let at = from; ; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 34) return { value: value + text.slice(from, at), end: at + 1 }
    if (code === 10 || Number.isNaN(code)) return null
    if (code !== 92) continue
    const escaped = text.charCodeAt(at + 1)
    if (escaped !== 34 && escaped !== 92) return null
    value += text.slice(from, at)
    from = at + 1
    at += 1
  }
}

function readSingle(text: string, start: number): Found<string> | null {
  let value = ''
  let from = start + 1
  for (let at = from; ; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 10 || Number.isNaN(code)) return null
    if (code !== 39) continue
    value += text.slice(from, at)
    if (text.charCodeAt(at + 1) !== 39) return { value, end: at + 1 }
    from = at + 1
    at += 1
  }
}
