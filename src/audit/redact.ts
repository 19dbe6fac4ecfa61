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

/** Base64url of `{"`, as every compact JWT begins. */
const jwtStart = 'eyJ'
// A whole run at a time: a pattern that looked for the three parts would try again from each
// beginning, and a text of nothing but beginnings would take the square of its length.
const dottedRun = /[\w.-]+/g
const authorizationValue = /^\s*(?:bearer|basic|dpop|apikey|digest|negotiate) +\S.*$/is
const apiKey = /sp_[a-z0-9]{10}_[A-Za-z0-9]{49}/g
const urlUserinfo = /:\/\/[^/\s@]{1,256}@/g
const urlParameter = /([?&;#])([^=&;?#\s]{1,64})=[^&;#\s]*/g

/** Takes credentials out of text that is not secret by its name: tokens, URLs that carry one. */
export function redactText(text: string): string {
  if (authorizationValue.test(text)) return redactedMark
  return text
    .replace(dottedRun, redactRun)
    .replace(apiKey, redactedMark)
    .replace(urlUserinfo, `://${redactedMark}@`)
    .replace(urlParameter, (whole, separator: string, name: string) =>
      isSecretName(name) || name === 'code' ? `${separator}${name}=${redactedMark}` : whole,
    )
}

/** Nothing beyond this is read; the whole header of a request is shorter. */
const longestRead = 65_536

/** As `redactText`, with at most `limit` characters of what is left; what is cut ends in an ellipsis. */
export function redactWithin(text: string, limit: number): string {
  // Cut afterwards: the first parts of a token cut in half would not be known for one.
  const clean = redactText(text.slice(0, longestRead))
  return clean.length > limit ? `${clean.slice(0, limit)}…` : clean
}

/** Takes out what looks like a compact JWT: a part that begins with `eyJ` somewhere, and two more. */
function redactRun(run: string): string {
  if (!run.includes(jwtStart)) return run
  const parts = run.split('.')
  const kept: string[] = []
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] ?? ''
    const start = part.indexOf(jwtStart)
    const isToken =
      start >= 0 &&
      part.length > start + jwtStart.length &&
      (parts[index + 1] ?? '') !== '' &&
      parts[index + 2] !== undefined
    kept.push(isToken ? part.slice(0, start) + redactedMark : part)
    if (isToken) index += 2
  }
  return kept.join('.')
}
