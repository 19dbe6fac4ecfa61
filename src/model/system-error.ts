/** `ENOENT`, `EACCES`: what the system called it, for messages. */
export function systemErrorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown error'
}
