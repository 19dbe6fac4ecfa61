/** What a script may rely on; every command keeps to these four. */
export const exitCodes = {
  /** Yes, permitted, valid, passed, or stopped as asked. */
  ok: 0,
  /** No: denied, invalid, failed. */
  negative: 1,
  /** The command line, or a file it names, cannot be used. */
  unusable: 2,
  /** Something outside is missing: a port, an issuer, a running demo. */
  unavailable: 3,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
