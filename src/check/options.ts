/** A service that may ask for decisions, known by a key. */
export interface CallerKey {
  readonly id: string
  /** SHA-256 of the key, hexadecimal; the key itself is never in the configuration. */
  readonly sha256: string
}

/** The decision API. Sizes in bytes. */
export interface CheckOptions {
  readonly host: string
  readonly port: number
  /** `policy_decision_point` in the metadata document; null: derived from host and port. */
  readonly publicUrl: string | null
  readonly keys: readonly CallerKey[]
  /** Subjects (`subject.id`) whose verified bearer token may ask. */
  readonly tokenSubjects: readonly string[]
  /** Answer without authentication; only on loopback. */
  readonly allowUnauthenticated: boolean
  readonly maxBodyBytes: number
  readonly maxJsonDepth: number
  readonly maxEvaluations: number
  /**
   * Among several evaluations, an entity that lacks `type`, `id` or `name` takes it from the default;
   * false: such an evaluation is incomplete, and a deny.
   */
  readonly completeEntities: boolean
}

export const defaultCheckOptions: CheckOptions = {
  host: '127.0.0.1',
  port: 8181,
  publicUrl: null,
  keys: [],
  tokenSubjects: [],
  allowUnauthenticated: false,
  maxBodyBytes: 1_048_576,
  maxJsonDepth: 32,
  maxEvaluations: 1_000,
  completeEntities: true,
}
