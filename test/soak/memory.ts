import { readFileSync } from 'node:fs'

export interface Growth {
  readonly who: string
  readonly samples: number
  readonly firstMiB: number
  readonly lastMiB: number
}

const mebibyte = 1_048_576
/** Shorter lives, of less than some five minutes, are still warming up. */
const fewestSamples = 1_200

/** Resident memory of the primary and of every worker while it lived. */
export class MemoryLog {
  readonly #samples = new Map<string, number[]>()

  note(primary: number, workers: readonly number[]): void {
    this.#add('primary', primary)
    for (const pid of workers) this.#add(`worker ${pid}`, pid)
  }

  /** Medians of the second and of the last quarter of each life: the first is warming up. */
  growth(): Growth[] {
    return [...this.#samples]
      .filter(([, bytes]) => bytes.length >= fewestSamples)
      .map(([who, bytes]) => {
        const quarter = Math.floor(bytes.length / 4)
        return {
          who,
          samples: bytes.length,
          firstMiB: median(bytes.slice(quarter, quarter * 2)),
          lastMiB: median(bytes.slice(-quarter)),
        }
      })
  }

  #add(who: string, pid: number): void {
    try {
      const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1])
      const samples = this.#samples.get(who) ?? []
      samples.push(pages * 4_096)
      this.#samples.set(who, samples)
    } catch {
      // It ended between the listing and now.
    }
  }
}

function median(bytes: readonly number[]): number {
  const sorted = bytes.toSorted((left, right) => left - right)
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) / mebibyte)
}
