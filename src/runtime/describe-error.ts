import { redactWithin } from '../audit/redact.ts'

/** What is longer quotes what does not belong into a log. */
const maxCharacters = 4_096
const maxCauses = 4
/** A credential in the middle of a sentence, as libraries quote it. */
const quotedCredential = /\b(bearer|basic|dpop|apikey|negotiate|digest)(\s+|: *)[^\s"',;]{3,}/gi

/**
 * An error in a form for the log: name, code, message, stack and causes, without credentials, and
 * nothing of what else hangs on it (requests, sockets, options).
 */
export function describeError(error: unknown, causes = maxCauses): object {
  if (!(error instanceof Error)) return { message: clean(describeValue(error)) }
  const { name, message, stack = '', cause } = error
  const { code } = error as NodeJS.ErrnoException
  return {
    name,
    ...(typeof code === 'string' ? { code } : null),
    message: clean(message),
    stack: clean(stack),
    ...(cause === undefined || causes === 0 ? null : { cause: describeError(cause, causes - 1) }),
  }
}

/** Whatever else was thrown: its kind, not its contents. */
function describeValue(value: unknown): string {
  if (typeof value === 'object' && value !== null) return 'an object that is no error'
  return String(value)
}

function clean(text: string): string {
  return redactWithin(text.replace(quotedCredential, '$1 [redacted]'), maxCharacters)
}
