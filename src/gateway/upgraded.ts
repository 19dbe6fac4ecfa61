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
    const outcome = cutOutcome(end, switchedStatus, this.asked)
    if (!this.#record(outcome)) return
    this.#services.metrics.streamCut(outcome.code)
    logCut(this.#services, this, outcome.code)
    this.#tunnel?.cut(closeCode.policyViolation)
  }

  shutDown(): void {
    this.#record({ kind: 'closed', by: 'shutdown' })
    this.#tunnel?.cut(closeCode.goingAway)
  }

  connectionClosed(): void {
    this.over(this.#tunnel?.endedBy ?? 'client')
  }

  /** Its connection is gone, whether or not that has been told yet. */
  over(by: TunnelEnd): void {
    this.#record({ kind: 'closed', by })
    this.#services.streams.removeUpgrade(this)
    this.#connection.remove(this)
  }

  /** False: its end is recorded already. */
  #record(outcome: Outcome): boolean {
    if (this.#isRecorded) return false
    this.#isRecorded = true
    const totalMs = performance.now() - this.#startedAtMs
    this.#services.recorder.record({ ...this.#opened, outcome, totalMs })
    return true
  }
}

const switchedStatus = 101

interface Beginning extends Pick<OpenStream, 'asked' | 'question' | 'decidedAtMs'> {
  readonly startedAtMs: number
  readonly connection: Connection
}
