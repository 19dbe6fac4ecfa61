/** How workers are watched. Times in milliseconds. */
export interface WorkerLimits {
  /** A worker says so often that it is alive. */
  readonly heartbeatMs: number
  /** One not heard of for so long hangs: it is killed and replaced. */
  readonly hungAfterMs: number
  /** From its fork to its listening. */
  readonly startTimeoutMs: number
  /** Before the second attempt to replace a worker; doubles up to `longestBackoffMs`. */
  readonly firstBackoffMs: number
  readonly longestBackoffMs: number
  /** A worker that lived so long is replaced at once, and attempts count from the first again. */
  readonly steadyAfterMs: number
  /** Without any worker for so long the process gives up and ends. */
  readonly giveUpAfterMs: number
  /** Beyond the drain time-out: writing records and ending. */
  readonly leaveMarginMs: number
}

export const workerLimits: WorkerLimits = {
  heartbeatMs: 1_000,
  hungAfterMs: 10_000,
  startTimeoutMs: 60_000,
  firstBackoffMs: 100,
  longestBackoffMs: 5_000,
  steadyAfterMs: 10_000,
  giveUpAfterMs: 60_000,
  leaveMarginMs: 8_000,
}
