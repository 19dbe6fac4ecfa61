export const maxSubjectLength = 256

/**
 * C0, DEL and C1 controls and the Unicode line separators would forge log lines and headers; lone
 * surrogates have no UTF-8; space at either end disappears in a header field, which would make two
 * subjects one for an upstream.
 */
// oxlint-disable-next-line no-control-regex -- control characters are what it looks for
const forbidden = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]|^\s|\s$/

/** Whether a text of somebody else's can name a subject. */
export function isUsableSubject(name: string): boolean {
  const { length } = name
  return length > 0 && length <= maxSubjectLength && !forbidden.test(name) && name.isWellFormed()
}
