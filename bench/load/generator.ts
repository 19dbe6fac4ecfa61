import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { pinned } from '../gateways/program.ts'

/** One request, sent for a while. */
export interface Order {
  readonly port: number
  /** The whole request as it goes over the wire, in latin1. */
  readonly request: string
  readonly connections: number
  readonly durationMs: number
  readonly expectStatus: number
  /** A new connection for every request. */
  readonly reconnects?: boolean
  /** Requests come due at this rate, whatever the answers do; without: as fast as they come. */
  readonly ratePerSecond?: number
}

export interface Answered {
  readonly requests: number
  readonly elapsedMs: number
  /** What came otherwise than expected, or null. */
  readonly problem: string | null
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p999Ms: number
  readonly maxMs: number
}

/** The load generator in a process of its own. */
export class Generator {
  readonly #child: ChildProcess

  private constructor(child: ChildProcess) {
    this.#child = child
  }

  static async start(cpus: string): Promise<Generator> {
    const script = join(import.meta.dirname, 'generator-process.ts')
    const [file = '', ...args] = pinned(cpus, [process.execPath, script])
    const child = spawn(file, args, {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    await once(child, 'message')
    return new Generator(child)
  }

  /** Throws when an answer was not the one expected: a figure would say nothing. */
  async run(order: Order): Promise<Answered> {
    this.#child.send(order)
    const [answer] = (await once(this.#child, 'message')) as [Answered]
    if (answer.problem !== null) throw new Error(`Port ${order.port}: ${answer.problem}`)
    return answer
  }

  async stop(): Promise<void> {
    const ended = once(this.#child, 'exit')
    this.#child.disconnect()
    await ended
  }
}

export interface RequestParts {
  readonly method: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** As it goes over the wire. */
export function writeRequest({ method, path, headers = {}, body }: RequestParts): string {
  const fields = Object.entries({
    Host: 'localhost',
    ...headers,
    ...(body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) }),
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${method} ${path} HTTP/1.1\r\n${fields.join('')}\r\n${body ?? ''}`
}
