export const redactedMark = '[redacted]'

/** A name that contains one of these, read without case, `_`, `-`, `.` and spaces, is secret. */
export const secretNameParts: readonly string[] = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'authorization',
  'cookie',
  'apikey',
  'accesskey',
  'privatekey',
  'credential',
  'bearer',
]

/** A name that, read the same way, is one of these is secret too. */
export const secretNames: ReadonlySet<string> = new Set([
  'pass',
  'pwd',
  'pin',
  'otp',
  'auth',
  'jwt',
  'key',
  'sig',
  'signature',
])

const separators = /[_\-.\s]/g
const longestName = 128

export function isSecretName(name: string): boolean {
  // Only the start of an endless name is read: its cost stays bounded.
  const plain = name.slice(0, longestName).toLowerCase().replace(separators, '')
  return secretNames.has(plain) || secretNameParts.some((part) => plain.includes(part))
}

// Base64url of `{"`, as every compact JWT begins, and two more parts.
const compactJwt = /eyJ[\w-]+\.[\w-]+\.[\w-]*/g
const authorizationValue = /^\s*(?:bearer|basic|dpop|digest|negotiate) +\S.*$/is
const urlUserinfo = /:\/\/[^/\s@]{1,256}@/g
const urlParameter = /([?&;#])([^=&;?#\s]{1,64})=[^&;#\s]*/g

/** Takes credentials out of text that is not secret by its name: tokens, URLs that carry one. */
export function redactText(text: string): string {
  if (authorizationValue.test(text)) return redactedMark
  return text
    .replace(compactJwt, redactedMark)
    .replace(urlUserinfo, `://${redactedMark}@`)
    .replace(urlParameter, (whole, separator: string, name: string) =>
      isSecretName(name) || name === 'code' ? `${separator}${name}=${redactedMark}` : whole,
    )
}
