/**
 * Processor time of this thread that `work` takes: unlike the clock, it does not count what the
 * machine does for others meanwhile.
 */
export function processorMs(work: () => void): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}
