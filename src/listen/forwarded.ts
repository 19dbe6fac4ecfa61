/** One hop of the Forwarded field (RFC 7239); null where it does not say. */
export interface ForwardedElement {
  readonly node: string | null
  readonly proto: string | null
  readonly host: string | null
}

const pair =
  /^[\t ]*([!#$%&'*+\-.^_`|~0-9A-Za-z]+)=(?:([!#$%&'*+\-.^_`|~0-9A-Za-z]+)|"((?:[^"\\]|\\.)*)")[\t ]*/

/** The elements in order, or null when the field is malformed or holds more than `maxElements`. */
export function readForwarded(text: string, maxElements: number): ForwardedElement[] | null {
  const elements: ForwardedElement[] = []
  let rest = text
  for (;;) {
    const values = new Map<string, string>()
    for (;;) {
      const match = pair.exec(rest)
      if (match === null) return null
      const [whole, name = '', token, quoted = ''] = match
      const key = name.toLowerCase()
      // RFC 7239 section 4: each parameter at most once in an element.
      if (values.has(key)) return null
      values.set(key, token ?? quoted.replaceAll(/\\(.)/g, '$1'))
      rest = rest.slice(whole.length)
      if (!rest.startsWith(';')) break
      rest = rest.slice(1)
    }
    elements.push({
      node: values.get('for') ?? null,
      proto: values.get('proto') ?? null,
      host: values.get('host') ?? null,
    })
    if (rest === '') return elements
    if (!rest.startsWith(',') || elements.length >= maxElements) return null
    rest = rest.slice(1)
  }
}
