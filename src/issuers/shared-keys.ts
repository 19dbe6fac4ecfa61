import type { IssuerOptions } from '../authenticate/options.ts'
import type { Clock } from '../model/clock.ts'

export interface ReadDocument {
  readonly document: unknown
  /** When it was read from its issuer, wall clock. */
  readonly readAtMs: number
}

/**
 * What other processes read from the same issuer. It counts like a document of one's own, so that
 * whoever keeps it has to make sure that nobody else can put anything in. Neither call rejects.
 */
export interface SharedKeyDocuments {
  /** By everything that what is read depends on. */
  read(parts: readonly string[]): Promise<ReadDocument | null>
  write(parts: readonly string[], read: ReadDocument): Promise<void>
}

/** What it depends on where an issuer's keys are; null: they are on this machine. */
export function sharedParts(options: IssuerOptions): readonly string[] | null {
  if (options.keySet !== null || options.jwksFile !== null) return null
  return [options.issuer, options.jwksUrl ?? '']
}

/** One that somebody else read after one's own and no longer ago than `maxAgeMs`, or null. */
export async function readShared(
  shared: SharedKeyDocuments,
  parts: readonly string[],
  clock: Clock,
  ownReadAtMs: number,
  maxAgeMs: number,
): Promise<ReadDocument | null> {
  const found = await shared.read(parts)
  if (found === null || !(found.readAtMs > ownReadAtMs)) return null
  const ageMs = clock.nowMs() - found.readAtMs
  return ageMs >= -clockSkewMs && ageMs <= maxAgeMs ? found : null
}

const clockSkewMs = 60_000
