/** What `listen` does with a header field, by its name. */
export const fieldKind = {
  /** Passed by; most fields are. */
  ordinary: 0,
  host: 1,
  authorization: 2,
  contentLength: 3,
  transferEncoding: 4,
  expect: 5,
  upgrade: 6,
  te: 7,
  requestId: 8,
  forwardedFor: 9,
  forwardedProto: 10,
  forwardedHost: 11,
  forwarded: 12,
  dpop: 13,
  apiKey: 14,
  /** A name that servers read differently, or that changes the method behind the decision. */
  refused: 15,
} as const

export type FieldKind = (typeof fieldKind)[keyof typeof fieldKind]

const kindsByName = new Map<string, FieldKind>([
  ['host', fieldKind.host],
  ['authorization', fieldKind.authorization],
  ['dpop', fieldKind.dpop],
  ['x-api-key', fieldKind.apiKey],
  ['content-length', fieldKind.contentLength],
  ['transfer-encoding', fieldKind.transferEncoding],
  ['expect', fieldKind.expect],
  ['upgrade', fieldKind.upgrade],
  ['te', fieldKind.te],
  ['x-request-id', fieldKind.requestId],
  ['x-forwarded-for', fieldKind.forwardedFor],
  ['x-forwarded-proto', fieldKind.forwardedProto],
  ['x-forwarded-host', fieldKind.forwardedHost],
  ['forwarded', fieldKind.forwarded],
  ['x-http-method-override', fieldKind.refused],
  ['x-http-method', fieldKind.refused],
  ['x-method-override', fieldKind.refused],
])

/** Fields on which framing and routing hang: CGI-like servers read `Content_Length` as one of them. */
const undisguised = new Set(['host', 'content-length', 'transfer-encoding', 'connection'])

const maxKept = 2_048
const kept = new Map<string, FieldKind>()

/** By the name as received; kept, because clients send the same few spellings again and again. */
export function fieldKindOf(name: string): FieldKind {
  const known = kept.get(name)
  if (known !== undefined) return known
  const kind = classify(name)
  // Names come from clients: start over rather than grow.
  if (kept.size >= maxKept) kept.clear()
  kept.set(name, kind)
  return kind
}

function classify(name: string): FieldKind {
  const lower = name.toLowerCase()
  if (!isPlainName(lower)) return fieldKind.refused
  const dashed = lower.replaceAll('_', '-').replaceAll('.', '-')
  const kind = kindsByName.get(lower)
  if (kind !== undefined) return kind
  if (undisguised.has(dashed) && dashed !== lower) return fieldKind.refused
  return kindsByName.get(dashed) === fieldKind.refused ? fieldKind.refused : fieldKind.ordinary
}

/**
 * RFC 9110 allows more (`!#$%&'*+^` and others), but no field in use needs it, and servers that turn
 * names into variables map all of it to `_`.
 */
function isPlainName(lower: string): boolean {
  for (let index = 0; index < lower.length; index += 1) {
    const code = lower.charCodeAt(index)
    const letter = code >= 0x61 && code <= 0x7a
    const digit = code >= 0x30 && code <= 0x39
    if (!letter && !digit && code !== 0x2d && code !== 0x5f && code !== 0x2e) return false
  }
  return lower.length > 0
}
