import type { Socket } from 'node:net'
import type { Fault } from '../model/fault.ts'
import type { Refusal } from '../model/refusal.ts'
import type { ResponseHead } from '../upstream/response-head.ts'

/** Told what becomes of the exchange; exactly one of the last four is called, once. */
export interface ForwardListener {
  /** Names the decision to the client. */
  readonly id: string
  /** The response has begun; its connection is to be closed afterwards. */
  readonly closing: boolean
  /** Name, value, name, value: what the client is told besides. */
  readonly fields: readonly string[]
  responseStarted(status: number): void
  /**
   * The upstream switches to the protocol that was asked for: its connection is the caller's now,
   * and so is the client's. Called in place of the next four.
   */
  switched(upstream: Socket, head: ResponseHead): void
  /** Everything has been handed to the client's connection. */
  responseEnded(): void
  /** Nothing has been sent to the client yet: it wants an answer. */
  failed(fault: Fault): void
  refused(refusal: Refusal): void
  /** The response had begun and cannot be completed: the client's connection is gone. */
  truncated(cause: Fault | Refusal): void
}
