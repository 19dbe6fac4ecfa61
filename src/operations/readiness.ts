/** Ready: as it should be. Degraded: serving, and somebody should look. Unready: not serving. */
type ReadinessState = 'ready' | 'degraded' | 'unready'

/** One thing that must be in order for this process to serve. */
export interface ReadinessItem {
  /** `policies`, `issuer https://id.example.com`, `records`, `draining`. */
  readonly name: string
  readonly state: ReadinessState
  /** When it came into this state, milliseconds since the Unix epoch. */
  readonly sinceMs: number | null
  readonly reason: string | null
  /** Findings behind the reason, the first few. */
  readonly details?: readonly string[]
}

export interface ReadinessReport {
  readonly status: ReadinessState
  readonly items: readonly {
    readonly name: string
    readonly ready: boolean
    readonly state: ReadinessState
    readonly since: string | null
    readonly reason: string | null
    readonly details?: readonly string[]
  }[]
}

export function reportReadiness(items: readonly ReadinessItem[]): ReadinessReport {
  const states = new Set(items.map(({ state }) => state))
  return {
    status: states.has('unready') ? 'unready' : states.has('degraded') ? 'degraded' : 'ready',
    items: items.map(({ name, state, sinceMs, reason, details }) => ({
      name,
      ready: state !== 'unready',
      state,
      since: sinceMs === null ? null : new Date(sinceMs).toISOString(),
      reason,
      ...(details === undefined ? {} : { details }),
    })),
  }
}
