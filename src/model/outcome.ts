import type { ReasonCode } from './decision.ts'
import type { FaultCode } from './fault.ts'
import type { RefusalCode } from './refusal.ts'

/** What actually happened on the wire. */
export type Outcome =
  | {
      readonly kind: 'forwarded'
      readonly status: number
      readonly upstream: string
      /** What its name stood for; absent where the upstream is an address itself. */
      readonly address?: string
    }
  | { readonly kind: 'refused'; readonly status: number; readonly code: RefusalCode }
  | { readonly kind: 'denied'; readonly status: number; readonly code: ReasonCode }
  | { readonly kind: 'failed'; readonly status: number; readonly code: FaultCode }
  | { readonly kind: 'aborted'; readonly by: 'client' | 'upstream' | 'shutdown' }
  /** The permission ended before the response, or the connection that was switched over. */
  | {
      readonly kind: 'cut'
      readonly status: number
      readonly code: RefusalCode | ReasonCode
      /** Who decided so, when it was decided. */
      readonly rules: readonly string[]
      readonly policyDigest: string
    }
  /** The end of a connection that was switched over, whose beginning has a record of its own. */
  | { readonly kind: 'closed'; readonly by: 'client' | 'upstream' | 'idle' | 'shutdown' }
  /** Asked over the decision API: the caller enforces. */
  | { readonly kind: 'answered'; readonly status: number }
