import type { Faults } from './faults.ts'
import type { Application } from './surroundings.ts'
import type { Trip } from './traffic.ts'
import type { Reigns } from './variants.ts'

export interface Witnesses {
  readonly reigns: Reigns
  readonly faults: Faults
  readonly application: Application
}

/** What is wrong with what came of a request; null when nothing is. */
export function judge(trip: Trip, { reigns, faults, application }: Witnesses): string | null {
  const { kind, letter, startedMs, endedMs, status } = trip
  const variants = reigns.between(startedMs, endedMs)
  const isStaff = kind === 'view' || kind === 'upload' || kind === 'abort' || kind === 'evaluate'
  const mayPermit = isStaff && variants.some(({ permitted }) => permitted.has(letter))
  const mayDeny = !isStaff || variants.some(({ permitted }) => !permitted.has(letter))
  if (application.seen.delete(trip.id) && !mayPermit) return 'forwarded what no policy permitted'
  if (status === null || trip.error !== null) return judgeFailure(trip, faults)
  const isAppDisturbed =
    faults.wasDisturbed('away', startedMs, endedMs) ||
    faults.wasDisturbed('slow', startedMs, endedMs)
  switch (status) {
    case 200:
      if (kind === 'evaluate') {
        if (trip.decision === true) return mayPermit ? null : 'permitted what no policy permitted'
        return mayDeny ? null : 'denied what every policy permitted'
      }
      if (!mayPermit) return 'answered what no policy permitted'
      return trip.isOwn ? null : 'answered with what belongs to another request'
    case 401:
      if (kind === 'anonymous' || kind === 'forged') return null
      return faults.wasDisturbed('issuer', startedMs - 2_000, endedMs)
        ? null
        : 'refused a good token'
    case 403:
      if (kind === 'anonymous' || kind === 'forged') return 'decided without a good token'
      return mayDeny ? null : 'denied what every policy permitted'
    case 502:
    case 504:
      if (!mayPermit) return 'tried the application although no policy permitted it'
      return isAppDisturbed ? null : `answered ${status} although the application was well`
    case 503:
      return null
    default:
      return `answered ${status}`
  }
}

function judgeFailure({ kind, error, startedMs, endedMs }: Trip, faults: Faults): string | null {
  if (kind === 'abort') return null
  if (error === 'SILENT') return 'left a request without an answer'
  if (faults.wasKilledDuring(startedMs, endedMs)) return null
  // An answer that breaks off at the application breaks off at the client.
  if (faults.wasDisturbed('away', startedMs, endedMs)) return null
  return `lost a request: ${error}`
}
