/** Where whole lines go. Every method rejects when the world fails; the caller tries again. */
export interface LogSink {
  /** Opens, or opens anew; says whether what was open before is still the same place. */
  reopen(): Promise<boolean>
  /** Writes what the system takes; says how many bytes from `offset` on that was. */
  write(bytes: Uint8Array, offset: number): Promise<number>
  /** Whether somebody removed the place: what is written to it would be gone. Asks now and then. */
  isUnlinked(nowMs: number): Promise<boolean>
  close(): Promise<void>
}
