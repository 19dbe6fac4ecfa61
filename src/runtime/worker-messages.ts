import type { ApiKeySpec } from '../authenticate/api-keys.ts'
import type { RelayedAnswer, RelayedClaim } from '../authenticate/relayed-replay-window.ts'
import type { RecorderState } from '../audit/queued-recorder.ts'
import type { CertificateArea, CertificateTexts } from '../certificates/certificates.ts'
import type { FileTexts } from '../certificates/watched-files.ts'
import type { Config } from '../config/config.ts'
import type { PackedSigningKeys } from '../enforce/identity-token-key.ts'
import type { IssuerNews } from '../issuers/issuer-key-reader.ts'
import type { FaultCode } from '../model/fault.ts'
import type { Settlement } from '../model/rate-limit.ts'
import type { PolicySource } from '../policy/load.ts'
import type { RedisTls } from '../redis/options.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { Address } from './listening.ts'

/** What a worker starts with; all of it in memory, none of it read by the worker itself. */
export interface WorkerStart {
  readonly worker: number
  readonly config: Config
  readonly sources: readonly PolicySource[]
  readonly generation: number
  readonly signingKeys: PackedSigningKeys
  /** Null: there are none. */
  readonly apiKeys: readonly ApiKeySpec[] | null
  readonly nonceKey: Uint8Array
  readonly replaySinceMs: number
  readonly issuers: readonly IssuerNews[]
  readonly certificates: CertificateTexts
  /** Those that were last found good, whatever the configuration holds. */
  readonly redisTls: RedisTls
  /** Records go through the primary: their place cannot tell the writes of several apart. */
  readonly relaysRecords: boolean
  /** It says so often that it is alive. */
  readonly heartbeatMs: number
}

export interface BuiltSet {
  readonly kind: 'built'
  readonly digest: string
  readonly ruleCount: number
  readonly warnings: readonly Diagnostic[]
}

export type BuildOutcome =
  | BuiltSet
  | {
      readonly kind: 'rejected'
      readonly reason: string
      readonly diagnostics: readonly Diagnostic[]
    }

/** A question of the primary's; the answer carries its number. */
export type Question =
  | { readonly kind: 'start'; readonly start: WorkerStart }
  | { readonly kind: 'listen' }
  | { readonly kind: 'build'; readonly sources: readonly PolicySource[] }
  /** The set built last decides from now on. */
  | { readonly kind: 'swap'; readonly generation: number }
  | { readonly kind: 'metrics' }
  | { readonly kind: 'drain' }

export interface Answers {
  start: BuildOutcome | WorkerFault
  listen:
    | { readonly kind: 'listening'; readonly check: Address; readonly gateway: Address }
    | WorkerFault
  build: BuildOutcome
  swap: { readonly kind: 'swapped'; readonly generation: number }
  metrics: { readonly kind: 'metrics'; readonly metrics: readonly object[] }
  drain: { readonly kind: 'drained'; readonly metrics: readonly object[] }
}

export interface WorkerFault {
  readonly kind: 'fault'
  readonly code: FaultCode
  readonly message: string
}

export type FromPrimary =
  | { readonly kind: 'question'; readonly number: number; readonly question: Question }
  | { readonly kind: 'discard' }
  | { readonly kind: 'issuer-news'; readonly news: IssuerNews }
  | { readonly kind: 'issuer-refreshed'; readonly issuer: string }
  | {
      readonly kind: 'certificates'
      readonly area: CertificateArea
      readonly texts: FileTexts
    }
  | { readonly kind: 'identity-keys'; readonly keys: PackedSigningKeys }
  | { readonly kind: 'api-keys'; readonly specs: readonly ApiKeySpec[] }
  | { readonly kind: 'redis-tls'; readonly tls: RedisTls }
  | { readonly kind: 'proofs-claimed'; readonly answers: readonly RelayedAnswer[] }
  | { readonly kind: 'reopen-records' }
  | { readonly kind: 'records-written'; readonly number: number }
  | {
      readonly kind: 'settled'
      readonly number: number
      readonly spent: readonly (number | null)[]
    }

export type FromWorker =
  /** The program is loaded. */
  | { readonly kind: 'loaded' }
  | { readonly kind: 'alive'; readonly records: RecorderState | null }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: Answers[keyof Answers] }
  | { readonly kind: 'refresh-issuer'; readonly issuer: string }
  | { readonly kind: 'claim-proofs'; readonly claims: readonly RelayedClaim[] }
  | { readonly kind: 'records'; readonly number: number; readonly lines: Uint8Array }
  /** What was taken of limits, to be counted with what the others took. */
  | { readonly kind: 'settle'; readonly number: number; readonly entries: readonly Settlement[] }
