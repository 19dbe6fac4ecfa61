import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Trip } from './traffic.ts'

/** Beyond the flush interval: how late the event loop of a busy process may be. */
const latenessMs = 3_000

export interface Account {
  readonly answered: number
  readonly records: number
  readonly brokenLines: number
  readonly doubled: number
  /** Without a record, and answered right before a worker was killed. */
  readonly lostWithWorkers: number
  /** Without a record, and without that excuse. */
  readonly unaccounted: number
}

/** Compares the answers that were given with the decision records. */
export async function account(
  file: string,
  answered: ReadonlyMap<string, Pick<Trip, 'endedMs'>>,
  kills: readonly number[],
): Promise<Account> {
  const recorded = new Set<string>()
  let records = 0
  let brokenLines = 0
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const record = readRecord(line)
    if (record === null) brokenLines += 1
    else if (!endsSocket(record)) {
      records += 1
      recorded.add(record.id)
    }
  }
  const missing = [...answered].filter(([id]) => !recorded.has(id))
  const excused = missing.filter(([, { endedMs }]) =>
    kills.some((atMs) => endedMs <= atMs + 100 && endedMs >= atMs - latenessMs),
  )
  return {
    answered: answered.size,
    records,
    brokenLines,
    doubled: records - recorded.size,
    lostWithWorkers: excused.length,
    unaccounted: missing.length - excused.length,
  }
}

interface Recorded {
  readonly id: string
  readonly outcome?: { readonly kind: string }
}

/** What became of a socket is told under the id of its handshake. */
function endsSocket({ outcome }: Recorded): boolean {
  return outcome?.kind === 'cut' || outcome?.kind === 'closed'
}

function readRecord(line: string): Recorded | null {
  try {
    return JSON.parse(line) as Recorded
  } catch {
    return null
  }
}
