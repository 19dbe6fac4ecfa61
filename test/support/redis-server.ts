import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-ports.ts'
import { redisMissing } from './install-redis.ts'
import { until } from './until.ts'

/** Killed with the test process, should a test fail before it ends them. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export interface RedisServerOptions {
  readonly port?: number
  /** Lines of `redis.conf`. */
  readonly config?: readonly string[]
  readonly sentinel?: boolean
  /** Puts files into its folder; lines that name them. */
  readonly prepare?: (dir: string, port: number) => Promise<readonly string[]>
}

/** A real server, in a folder of its own. */
export class RedisServer {
  readonly dir: string
  readonly port: number
  readonly #args: readonly string[]
  #child: ChildProcess | null = null

  constructor(dir: string, port: number, args: readonly string[]) {
    this.dir = dir
    this.port = port
    this.#args = args
  }

  get node(): string {
    return `127.0.0.1:${this.port}`
  }

  async start(): Promise<void> {
    const child = spawn('redis-server', [join(this.dir, 'redis.conf'), ...this.#args], {
      cwd: this.dir,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    await once(child, 'spawn').catch(() => {
      throw new Error(redisMissing)
    })
    running.add(child)
    child.once('exit', () => running.delete(child))
    this.#child = child
    await until('Redis to answer', async () => {
      if (child.exitCode !== null) throw new Error(`redis-server ended: ${said}`)
      return (await this.ask('PING').catch(() => null)) !== null
    })
  }

  signal(name: NodeJS.Signals): void {
    this.#child?.kill(name)
  }

  async kill(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }

  async remove(): Promise<void> {
    await this.kill()
    await rm(this.dir, { recursive: true, force: true })
  }

  /** One command, on a connection of its own; the answer as it comes over the wire. */
  async ask(...command: readonly (string | Uint8Array)[]): Promise<string> {
    const socket = connect(this.port, '127.0.0.1')
    socket.setTimeout(5_000, () => socket.destroy(new Error('no answer')))
    try {
      const parts: Uint8Array[] = [Buffer.from(`*${command.length}\r\n`)]
      for (const part of command) {
        const bytes = Buffer.from(part)
        parts.push(Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n'))
      }
      socket.end(Buffer.concat(parts))
      const chunks: Buffer[] = []
      for await (const chunk of socket) chunks.push(chunk as Buffer)
      const text = Buffer.concat(chunks).toString('latin1')
      if (text === '') throw new Error('no answer')
      return text
    } finally {
      socket.destroy()
    }
  }

  /** The bytes of a value, or null. */
  async get(key: string): Promise<Buffer | null> {
    const answer = await this.ask('GET', key)
    if (answer.startsWith('$-1')) return null
    return Buffer.from(answer.slice(answer.indexOf('\r\n') + 2, -2), 'latin1')
  }

  async keys(pattern = '*'): Promise<readonly string[]> {
    const lines = (await this.ask('KEYS', pattern)).split('\r\n')
    return lines.filter((line) => line !== '' && !/^[*$]\d+$/u.test(line))
  }
}

export async function startRedis(options: RedisServerOptions = {}): Promise<RedisServer> {
  const dir = await mkdtemp(join(tmpdir(), 'sallyport-redis-'))
  const port = options.port ?? (await freePort())
  const lines = [`port ${port}`, 'bind 127.0.0.1', 'save ""', 'appendonly no', 'loglevel warning']
  const more = (await options.prepare?.(dir, port)) ?? []
  await writeFile(
    join(dir, 'redis.conf'),
    [...lines, ...(options.config ?? []), ...more].join('\n'),
  )
  const server = new RedisServer(dir, port, options.sentinel === true ? ['--sentinel'] : [])
  try {
    await server.start()
  } catch (error) {
    await server.remove()
    throw error
  }
  return server
}
