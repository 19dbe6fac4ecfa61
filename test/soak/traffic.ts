import { createHash, randomBytes } from 'node:crypto'
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { Random } from './random.ts'
import { type Letter, letters } from './variants.ts'

export type Kind = 'view' | 'upload' | 'abort' | 'stranger' | 'anonymous' | 'forged' | 'evaluate'

/** One request and what came of it. */
export interface Trip {
  readonly id: string
  readonly kind: Kind
  readonly letter: Letter
  readonly startedMs: number
  readonly endedMs: number
  /** Null without an answer. */
  readonly status: number | null
  readonly decisionId: string | null
  /** The answer came whole, and was the one to this request. */
  readonly isOwn: boolean
  /** Of the decision API. */
  readonly decision: boolean | null
  /** Why there was no answer, or not all of it. */
  readonly error: string | null
}

export interface Tokens {
  readonly staff: string
  readonly stranger: string
}

export interface Targets {
  readonly gateway: string
  readonly check: string
  readonly tokens: () => Tokens
}

const kinds: readonly Kind[] = [
  ...Array.from({ length: 8 }, () => 'view' as const),
  'upload',
  'upload',
  'abort',
  'stranger',
  'anonymous',
  'forged',
  'evaluate',
  'evaluate',
]
const timeoutMs = 20_000
/** After a longer body that is denied the connection ends. */
const largestBody = 250_000

/** Clients that keep asking, some over kept connections, each its next question after the last answer. */
export class Traffic {
  readonly #targets: Targets
  readonly #random: Random
  readonly #done: (trip: Trip) => void
  readonly #agent: Agent
  readonly #stopping = new AbortController()
  readonly #clients: Promise<void>[]
  #count = 0

  constructor(targets: Targets, clients: number, random: Random, done: (trip: Trip) => void) {
    this.#targets = targets
    this.#random = random
    this.#done = done
    this.#agent = new Agent({ keepAlive: true, maxSockets: clients })
    this.#clients = Array.from({ length: clients }, () => this.#ask())
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await Promise.all(this.#clients)
    this.#agent.destroy()
  }

  async #ask(): Promise<void> {
    while (!this.#stopping.signal.aborted) this.#done(await this.#one())
  }

  #one(): Promise<Trip> {
    this.#count += 1
    const id = `soak-${process.pid}-${this.#count}`
    const kind = this.#random.pick(kinds)
    const letter = this.#random.pick(letters)
    const body = this.#bodyOf(kind, letter)
    const expected = createHash('sha256').update(body).digest('hex')
    const path = `/files/${letter}-${this.#count}`
    const startedMs = performance.now()
    return new Promise((resolve) => {
      const sent = this.#send(kind, path, id, body)
      const end = (rest: Partial<Trip>): void => {
        const { statusCode = null, headers = {} } = sent.answer ?? {}
        const decisionId = headers['sallyport-decision']
        resolve({
          id,
          kind,
          letter,
          startedMs,
          endedMs: performance.now(),
          status: statusCode,
          decisionId: typeof decisionId === 'string' ? decisionId : null,
          isOwn: false,
          decision: null,
          error: null,
          ...rest,
        })
      }
      sent.req.on('error', ({ code, message }: NodeJS.ErrnoException) => {
        end({ error: code ?? message })
      })
      sent.req.on('response', (res) => {
        sent.answer = res
        let text = ''
        res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
        res.on('error', ({ code, message }: NodeJS.ErrnoException) => {
          end({ error: code ?? message })
        })
        res.on('end', () => {
          const subject = kind === 'stranger' ? 'bob' : 'ada'
          const isOwn = res.headers['x-seen'] === `${id} ${path} ${subject}` && text === expected
          const decision =
            kind === 'evaluate' && res.statusCode === 200
              ? (JSON.parse(text) as { readonly decision: boolean }).decision
              : null
          end({ isOwn, decision })
        })
      })
    })
  }

  #bodyOf(kind: Kind, letter: Letter): Buffer {
    if (kind === 'evaluate') {
      return Buffer.from(
        JSON.stringify({
          subject: { type: 'user', id: 'ada', properties: { groups: ['staff'] } },
          action: { name: 'view' },
          resource: { type: 'file', id: letter },
        }),
      )
    }
    if (kind !== 'upload' && kind !== 'abort') return Buffer.alloc(0)
    return randomBytes(1 + this.#random.below(largestBody))
  }

  #send(
    kind: Kind,
    path: string,
    id: string,
    body: Buffer,
  ): { readonly req: ClientRequest; answer?: IncomingMessage } {
    const { gateway, check, tokens } = this.#targets
    const { staff, stranger } = tokens()
    const headers: Record<string, string> = { 'x-request-id': id }
    if (kind === 'forged') headers['authorization'] = `Bearer ${staff.slice(0, -6)}AAAAAA`
    else if (kind === 'stranger') headers['authorization'] = `Bearer ${stranger}`
    else if (kind !== 'anonymous' && kind !== 'evaluate')
      headers['authorization'] = `Bearer ${staff}`
    if (kind === 'evaluate') headers['content-type'] = 'application/json'
    const url = kind === 'evaluate' ? `${check}/access/v1/evaluation` : `${gateway}${path}`
    const method = body.length > 0 ? 'POST' : 'GET'
    const agent = this.#random.below(4) === 0 ? false : this.#agent
    const req = request(url, { method, headers, agent, timeout: timeoutMs })
    req.on('timeout', () => req.destroy(Object.assign(new Error('silent'), { code: 'SILENT' })))
    if (kind === 'abort') {
      req.setHeader('content-length', body.length + 1)
      req.write(body)
      setTimeout(() => req.destroy(new Error('aborted by the client')), this.#random.below(30))
    } else req.end(body)
    return { req }
  }
}
