/** How issuers' keys are fetched and kept. Times in milliseconds, sizes in bytes. */
export interface KeyFetchOptions {
  /** Discovery and key set together; also the longest a request waits for keys. */
  readonly timeoutMs: number
  /** Keys are read again this often, give or take a tenth. */
  readonly refreshIntervalMs: number
  /** Shortest time between two reads because of a token with an unknown key. */
  readonly cooldownMs: number
  /** How long known keys are used while their issuer cannot be reached. */
  readonly staleUseMs: number
  /** First wait after a failed read; doubles up to `maxBackoffMs`. */
  readonly minBackoffMs: number
  readonly maxBackoffMs: number
  readonly maxResponseBytes: number
  /** A key set with more keys is refused as a whole. */
  readonly maxKeys: number
}

export const defaultKeyFetchOptions: KeyFetchOptions = {
  timeoutMs: 5_000,
  refreshIntervalMs: 600_000,
  cooldownMs: 30_000,
  staleUseMs: 86_400_000,
  minBackoffMs: 1_000,
  maxBackoffMs: 60_000,
  maxResponseBytes: 1_048_576,
  maxKeys: 100,
}
