import type { ApiKeySpec } from '../authenticate/api-keys.ts'
import type { RelayedAnswer } from '../authenticate/relayed-replay-window.ts'
import type { LogSink } from '../audit/log-sink.ts'
import { createRelaySink } from '../audit/relay-sink.ts'
import type { CertificateArea } from '../certificates/certificates.ts'
import type { FileTexts } from '../certificates/watched-files.ts'
import type { PackedSigningKeys } from '../enforce/identity-token-key.ts'
import type { RedisTls } from '../redis/options.ts'
import type { IssuerNews } from '../issuers/issuer-key-reader.ts'
import type { SharedLedger } from '../model/rate-limit.ts'
import type { Answers, FromPrimary, FromWorker, Question } from './worker-messages.ts'

/** What of `process` is used. */
interface Port {
  readonly connected: boolean
  send?(message: FromWorker): boolean
  on(event: 'message', listener: (message: FromPrimary) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
}

export interface ChannelEvents {
  question(question: Question): Promise<Answers[keyof Answers]>
  discard(): void
  issuerNews(news: IssuerNews): void
  issuerRefreshed(issuer: string): void
  certificates(area: CertificateArea, texts: FileTexts): void
  identityKeys(keys: PackedSigningKeys): void
  apiKeys(specs: readonly ApiKeySpec[]): void
  redisTls(tls: RedisTls): void
  proofsClaimed(answers: readonly RelayedAnswer[]): void
  reopenRecords(): void
  closed(): void
}

/** A worker's end of the line to its primary. */
export class Channel {
  readonly #port: Port
  readonly #handedOver = new Map<number, PromiseWithResolvers<void>>()
  readonly #settling = new Map<number, (spent: readonly (number | null)[]) => void>()
  #batches = 0
  #settlements = 0

  constructor(port: Port) {
    this.#port = port
  }

  send(message: FromWorker): void {
    // Nobody is there any more: `closed` says so.
    if (this.#port.connected) this.#port.send?.(message)
  }

  listen(events: ChannelEvents): void {
    this.#port.on('disconnect', () => {
      // Written or not, nobody can say: twice is better than never.
      for (const { reject } of this.#handedOver.values()) reject(new Error('the primary is gone'))
      this.#handedOver.clear()
      for (const settle of this.#settling.values()) settle([])
      this.#settling.clear()
      events.closed()
    })
    this.#port.on('message', (message) => {
      switch (message.kind) {
        case 'question':
          void this.#answer(message.number, events.question(message.question))
          break
        case 'discard':
          events.discard()
          break
        case 'issuer-news':
          events.issuerNews(message.news)
          break
        case 'issuer-refreshed':
          events.issuerRefreshed(message.issuer)
          break
        case 'certificates':
          events.certificates(message.area, message.texts)
          break
        case 'identity-keys':
          events.identityKeys(message.keys)
          break
        case 'api-keys':
          events.apiKeys(message.specs)
          break
        case 'redis-tls':
          events.redisTls(message.tls)
          break
        case 'proofs-claimed':
          events.proofsClaimed(message.answers)
          break
        case 'reopen-records':
          events.reopenRecords()
          break
        case 'settled':
          this.#settling.get(message.number)?.(message.spent)
          this.#settling.delete(message.number)
          break
        case 'records-written':
          this.#handedOver.get(message.number)?.resolve()
          this.#handedOver.delete(message.number)
          break
        default:
          message satisfies never
      }
    })
  }

  /** Hands lines to the primary while there is one, and then writes them itself. */
  recordSink(own: LogSink): LogSink {
    const relay = createRelaySink((lines) => this.#handOver(lines))
    const current = (): LogSink => (this.#port.connected ? relay : own)
    return {
      reopen: () => current().reopen(),
      write: (bytes, offset) => current().write(bytes, offset),
      isUnlinked: (nowMs) => current().isUnlinked(nowMs),
      close: () => own.close(),
    }
  }

  /** Where the workers count together: at their primary. */
  get ledger(): SharedLedger {
    return {
      settle: (entries) => {
        if (!this.#port.connected) return Promise.resolve([])
        this.#settlements += 1
        const number = this.#settlements
        return new Promise((resolve) => {
          this.#settling.set(number, resolve)
          this.send({ kind: 'settle', number, entries })
        })
      },
    }
  }

  #handOver(lines: Uint8Array): Promise<void> {
    this.#batches += 1
    const handed = Promise.withResolvers<void>()
    this.#handedOver.set(this.#batches, handed)
    this.send({ kind: 'records', number: this.#batches, lines })
    return handed.promise
  }

  async #answer(number: number, asked: Promise<Answers[keyof Answers]>): Promise<void> {
    this.send({ kind: 'answer', number, answer: await asked })
  }
}
