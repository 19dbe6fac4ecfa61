import type { Socket } from 'node:net'
import type { RecordEntry } from '../audit/record.ts'
import { Tunnel, type TunnelEnd } from '../enforce/tunnel.ts'
import { closeCode, WebSocketFrames } from '../enforce/websocket-frames.ts'
import type { Connection, Pending } from '../listen/connection.ts'
import type { Upgrade } from '../listen/upgrade.ts'
import type { AccessRequest } from '../model/access-request.ts'
import type { Outcome } from '../model/outcome.ts'
import { cutOutcome, type OpenStream, type PermissionEnd, type StreamList } from './open-stream.ts'
import { logCut } from './request-log.ts'
import type { Services } from './services.ts'
import type { Snapshot } from './snapshot.ts'

/**
 * A connection that was switched to another protocol, for as long as it is permitted. Its beginning
 * is recorded when it begins, since it may last for days, and its end when it ends.
 */
export class Upgraded implements OpenStream, Pending {
  readonly protocol: string
  readonly req = null
  readonly upload = null
  readonly decidedAtMs: number
  asked: Snapshot
  question: AccessRequest | null
  list: StreamList | null = null
  previous: OpenStream | null = null
  next: OpenStream | null = null
  readonly #opened: RecordEntry
  readonly #startedAtMs: number
  readonly #services: Services
  readonly #client: Upgrade
  readonly #connection: Connection
  #tunnel: Tunnel | null = null
  #end: Outcome | null = null
  #totalMs = 0
  #isRecorded = false

  constructor(from: Beginning, opened: RecordEntry, upgrade: Upgrade, services: Services) {
    this.protocol = upgrade.protocol
    this.decidedAtMs = from.decidedAtMs
    this.asked = from.asked
    this.question = from.question
    this.#startedAtMs = from.startedAtMs
    this.#connection = from.connection
    this.#opened = opened
    this.#client = upgrade
    this.#services = services
  }

  get id(): string {
    return this.#opened.id
  }

  get facts(): RecordEntry['facts'] {
    return this.#opened.facts
  }

  get identity(): RecordEntry['identity'] {
    return this.#opened.identity
  }

  get request(): RecordEntry['request'] {
    return this.#opened.request
  }

  get route(): string | null {
    return this.#opened.route
  }

  start(upstream: Socket, response: string): void {
    const { limits, streams } = this.#services
    const frames = this.protocol === 'websocket' ? new WebSocketFrames() : null
    const tunnelLimits = {
      idleTimeoutMs: limits.upgradeIdleTimeoutMs,
      halfOpenTimeoutMs: limits.bodyIdleTimeoutMs,
    }
    const { socket, head } = this.#client
    this.#tunnel = new Tunnel(socket, upstream, frames, tunnelLimits, (by) => this.over(by))
    streams.addUpgrade(this)
    // A connection that carries nothing may be closed to make room.
    this.#connection.add(this)
    this.#tunnel.start(response, head)
  }

  cut(end: PermissionEnd): void {
    if (this.#end !== null) return
    this.#settle(cutOutcome(end, switchedStatus, this.asked))
    this.#tunnel?.cut(closeCode.policyViolation)
  }

  release(): void {
    const end = this.#end
    if (end === null || !this.#record(end) || end.kind !== 'cut') return
    this.#services.metrics.streamCut(end.code)
    logCut(this.#services, this, end.code)
    this.#tunnel?.release()
  }

  shutDown(): void {
    this.#settle({ kind: 'closed', by: 'shutdown' })
    this.release()
    this.#tunnel?.cut(closeCode.goingAway)
    this.#tunnel?.release()
  }

  connectionClosed(): void {
    this.over(this.#tunnel?.endedBy ?? 'client')
  }

  /** It has none. */
  bodyBroken(): void {}

  /** Its connection is gone, whether or not that has been told yet. */
  over(by: TunnelEnd): void {
    this.#settle({ kind: 'closed', by })
    this.release()
    this.#services.streams.removeUpgrade(this)
    this.#connection.remove(this)
  }

  /** Whatever comes first is what ended it. */
  #settle(end: Outcome): void {
    if (this.#end !== null) return
    this.#end = end
    this.#totalMs = performance.now() - this.#startedAtMs
  }

  /** False: its end is recorded already. */
  #record(outcome: Outcome): boolean {
    if (this.#isRecorded) return false
    this.#isRecorded = true
    this.#services.recorder.record({ ...this.#opened, outcome, totalMs: this.#totalMs })
    return true
  }
}

const switchedStatus = 101

interface Beginning extends Pick<OpenStream, 'asked' | 'question' | 'decidedAtMs'> {
  readonly startedAtMs: number
  readonly connection: Connection
}
