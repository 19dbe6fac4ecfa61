import type { AccessRequest } from '../model/access-request.ts'
import type { Decision } from '../model/decision.ts'
import type { Identity } from '../model/identity.ts'
import type { Outcome } from '../model/outcome.ts'
import type { Refusal } from '../model/refusal.ts'
import type { RequestFacts } from '../model/request-facts.ts'
import type { Upload } from './slow-uploads.ts'
import type { Snapshot } from './snapshot.ts'

/** Why something that was permitted is no longer: refused before a decision, or decided against. */
export type PermissionEnd = Refusal | Decision

/** A permitted exchange that is not over: a response under way, or a connection switched over. */
export interface OpenStream {
  readonly facts: RequestFacts | null
  readonly identity: Identity | null
  readonly request: AccessRequest | null
  /** Its request has a body; null: none, or it is a request no more. */
  readonly upload: Upload | null
  /** What it was switched to; null: it is HTTP. */
  readonly protocol: string | null
  /** Monotonic clock, when it was permitted. */
  readonly decidedAtMs: number
  /** What was last asked about it. */
  asked: Snapshot
  /** The question as the routes of `asked` put it; null: they put it as `request`. */
  question: AccessRequest | null
  /** Where it stands among the others; for `StreamList` alone. */
  list: StreamList | null
  previous: OpenStream | null
  next: OpenStream | null
  /** Nothing passes any more when this returns. */
  cut(end: PermissionEnd): void
  /** What a cut leaves to do a little later: closing, counting, recording; absent: nothing. */
  release?(): void
}

/** What is recorded of it. */
export function cutOutcome(
  end: PermissionEnd,
  status: number,
  { policies }: Snapshot,
): Extract<Outcome, { kind: 'cut' }> {
  if ('kind' in end) {
    return { kind: 'cut', status, code: end.code, rules: none, policyDigest: policies.digest }
  }
  const { reason, rules, policyDigest } = end
  return { kind: 'cut', status, code: reason, rules, policyDigest }
}

const none: readonly string[] = Object.freeze([])

/**
 * Streams in the order in which they came. The links are in the streams, because most requests are
 * over before anybody looks at the list, and must not pay for it.
 */
export class StreamList {
  #first: OpenStream | null = null
  #last: OpenStream | null = null
  #size = 0

  get first(): OpenStream | null {
    return this.#first
  }

  get size(): number {
    return this.#size
  }

  add(stream: OpenStream): void {
    const last = this.#last
    stream.list = this
    stream.previous = last
    if (last === null) this.#first = stream
    else last.next = stream
    this.#last = stream
    this.#size += 1
  }

  remove(stream: OpenStream): void {
    const { previous, next } = stream
    if (previous === null) this.#first = next
    else previous.next = next
    if (next === null) this.#last = previous
    else next.previous = previous
    stream.list = null
    stream.previous = null
    stream.next = null
    this.#size -= 1
  }
}
