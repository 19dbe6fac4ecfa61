import { isIP } from 'node:net'

/** Which certificate a name leads to: exact names first, then `*.` for one label in front. */
export class NameTable<Value> {
  readonly #exact = new Map<string, Value>()
  readonly #wildcards = new Map<string, Value>()

  /** False: the name leads somewhere already. */
  add(name: string, value: Value): boolean {
    const isWildcard = name.startsWith('*.')
    const table = isWildcard ? this.#wildcards : this.#exact
    const key = isWildcard ? name.slice(1) : name
    if (table.has(key)) return false
    table.set(key, value)
    return true
  }

  find(name: string): Value | null {
    const lower = name.toLowerCase()
    const exact = this.#exact.get(lower)
    if (exact !== undefined) return exact
    // RFC 6125 section 6.4.3: the wildcard is the whole leftmost label, and stands for one only.
    const dot = lower.indexOf('.')
    return (dot > 0 ? this.#wildcards.get(lower.slice(dot)) : undefined) ?? null
  }
}

const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/

/**
 * The names and addresses of a subjectAltName as node:crypto writes it. What no client could ask for
 * is left out: a wildcard within a label, or above the last but one label, or a name with anything
 * that would have to be quoted.
 */
export function namesOf(subjectAltName: string | undefined): readonly string[] {
  if (subjectAltName === undefined) return []
  return subjectAltName.split(', ').flatMap((entry) => {
    if (entry.startsWith('IP Address:')) {
      const address = entry.slice('IP Address:'.length)
      return isIP(address) === 0 ? [] : [address.toLowerCase()]
    }
    const name = entry.startsWith('DNS:') ? entry.slice('DNS:'.length).toLowerCase() : ''
    const labels = name.split('.')
    const plain = labels[0] === '*' ? labels.slice(1) : labels
    if (labels[0] === '*' && plain.length < 2) return []
    return plain.every((part) => label.test(part)) ? [name] : []
  })
}
