export const octet = {
  tab: 9,
  feed: 10,
  carriage: 13,
  space: 32,
  colon: 58,
  semicolon: 59,
} as const

/** Octets a name may be made of: `token`, RFC 9110 section 5.6.2. */
export const isTokenOctet = tableOf(
  "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
)

/** Octets a field value or a reason phrase may hold: HTAB, SP, VCHAR, obs-text. */
export const isTextOctet = textOctets()

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256)
  for (const character of characters) table[character.charCodeAt(0)] = 1
  return table
}

function textOctets(): Uint8Array {
  const table = new Uint8Array(256).fill(1, 0x20)
  table[octet.tab] = 1
  table[0x7f] = 0
  return table
}

/** The value of a hexadecimal digit; -1 when it is none. */
export function hexValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}
