import type { ReasonCode } from './decision.ts'
import type { FaultCode } from './fault.ts'
import type { RefusalCode } from './refusal.ts'

/** What actually happened on the wire. */
export type Outcome =
  | { readonly kind: 'forwarded'; readonly status: number; readonly upstream: string }
  | { readonly kind: 'refused'; readonly status: number; readonly code: RefusalCode }
  | { readonly kind: 'denied'; readonly status: number; readonly code: ReasonCode }
  | { readonly kind: 'failed'; readonly status: number; readonly code: FaultCode }
  | { readonly kind: 'aborted'; readonly by: 'client' | 'upstream' | 'shutdown' }
  /** Asked over the decision API: the caller enforces. */
  | { readonly kind: 'answered'; readonly status: number }
