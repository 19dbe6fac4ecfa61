import type { Attributes } from '../model/attributes.ts'

/** More parameters than this are not looked at: the query then counts as unreadable. */
const MAX_PARAMETERS = 256

export interface ParsedQuery {
  readonly values: Attributes
  /** Names given more than once, which two programs may read differently. */
  readonly repeated: ReadonlySet<string>
  /** Not decodable, or too many parameters. */
  readonly isMalformed: boolean
}

/** `application/x-www-form-urlencoded`, as servers read the query of a URL. */
export function parseQuery(query: string): ParsedQuery {
  const values = Object.create(null) as Record<string, unknown>
  const repeated = new Set<string>()
  let isMalformed = false
  let count = 0
  for (let start = 0; start < query.length;) {
    const ampersand = query.indexOf('&', start)
    const end = ampersand === -1 ? query.length : ampersand
    if (end > start) {
      count += 1
      if (count > MAX_PARAMETERS) return { values, repeated, isMalformed: true }
      const pair = query.slice(start, end)
      const equals = pair.indexOf('=')
      const name = decodeForm(equals === -1 ? pair : pair.slice(0, equals))
      const value = equals === -1 ? '' : decodeForm(pair.slice(equals + 1))
      if (name === null || value === null) isMalformed = true
      else if (name in values) {
        repeated.add(name)
        values[name] = undefined
      } else values[name] = value
    }
    start = end + 1
  }
  for (const name of repeated) delete values[name]
  return { values, repeated, isMalformed }
}

/** Whether one of the names given is, for some server, another spelling of a name that is read. */
export function hasOtherSpelling(given: readonly string[], read: readonly string[]): boolean {
  const spellings = new Map(read.map((name) => [foldName(name), name]))
  return given.some((name) => (spellings.get(foldName(name)) ?? name) !== name)
}

/**
 * What lenient servers make of a name: no case, nothing from a NUL or a bracket on, no space before
 * it, and `_` for dots and spaces (PHP, ASP.NET, frameworks that collect `name[]` in a list).
 */
function foldName(name: string): string {
  const [text = ''] = name.split('\0', 1)
  return text
    .trimStart()
    .replace(/(?<=.)\[.*$/s, '')
    .toLowerCase()
    .replaceAll(/[. ]/g, '_')
}

function decodeForm(text: string): string | null {
  return decodePercent(text.includes('+') ? text.replaceAll('+', ' ') : text)
}

/** Null: not percent-encoded UTF-8. */
export function decodePercent(text: string): string | null {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
