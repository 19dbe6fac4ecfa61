/** Where policies are read from and how quickly a change is noticed. Times in milliseconds. */
export interface PolicyOptions {
  readonly dir: string
  /** A change is read once the folder has been still for this long. */
  readonly settleMs: number
  /** Safety net behind file-system events, which some file systems do not deliver. */
  readonly pollMs: number
}

export const defaultPolicyOptions: PolicyOptions = {
  dir: './policies',
  settleMs: 50,
  pollMs: 500,
}
