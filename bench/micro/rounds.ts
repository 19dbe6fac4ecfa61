export interface RoundTimes {
  /** Nanoseconds an operation, the median of the rounds. */
  readonly nsPerOp: number
  /** The same of the best round: what is left when something else wants the machine as well. */
  readonly bestNsPerOp: number
}

/** Times rounds of so many operations in processor time, which others' work is no part of. */
export function timeRounds(rounds: number, opsPerRound: number, work: () => void): RoundTimes {
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const before = process.threadCpuUsage()
    work()
    const { user, system } = process.threadCpuUsage(before)
    times.push(((user + system) * 1_000) / opsPerRound)
  }
  times.sort((a, b) => a - b)
  return { nsPerOp: times[rounds >> 1] ?? Number.NaN, bestNsPerOp: times[0] ?? Number.NaN }
}
