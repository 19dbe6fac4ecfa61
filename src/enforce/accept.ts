/** More media ranges than any browser sends. */
const maxRanges = 32

/**
 * Whether whoever sent the request would rather read a page than JSON: `text/html` is named, and no
 * JSON type is wanted as much. A wildcard, as command-line clients send it, asks for no page.
 */
export function prefersHtml(accept: string | null): boolean {
  if (accept === null) return false
  let html = 0
  let json = 0
  for (const range of accept.toLowerCase().split(',', maxRanges)) {
    const [type = '', ...parameters] = range.split(';')
    const name = type.trim()
    if (name === 'text/html') html = Math.max(html, readQuality(parameters))
    else if (name === 'application/json' || name.endsWith('+json')) {
      json = Math.max(json, readQuality(parameters))
    }
  }
  return html > json
}

function readQuality(parameters: readonly string[]): number {
  for (const parameter of parameters) {
    const [name = '', value = ''] = parameter.split('=')
    if (name.trim() !== 'q') continue
    const quality = Number(value.trim())
    return quality >= 0 && quality <= 1 ? quality : 0
  }
  return 1
}
