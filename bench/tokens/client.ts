import { createReadStream } from 'node:fs'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'

/**
 * Loads a server over kept connections, one request after the other on each, from an address of its
 * own, and counts the statuses. With a rate it keeps to that however slow the answers are; without,
 * it goes as fast as they come. Prints one line of JSON.
 */
interface Load {
  readonly port: number
  readonly path: string
  readonly localAddress: string
  readonly connections: number
  readonly seconds: number
  /** Requests a second over all connections; 0: as fast as it goes. */
  readonly rate: number
  /** A file of tokens, one used for each request, until there are none left; null: `token`. */
  readonly file: string | null
  readonly token: string | null
  /** Puts a number into the payload of `token`, another one each time: the signature fits none. */
  readonly forges: boolean
}

const load = JSON.parse(process.argv[2] ?? '') as Load
const tokens = load.file === null ? null : await readLines(load.file)
const statuses: Record<string, number> = {}
const latenciesMs: number[] = []
const startedAtMs = performance.now()
const endsAtMs = startedAtMs + load.seconds * 1_000
let sent = 0

await Promise.all(Array.from({ length: load.connections }, openConnection))
const elapsedS = (performance.now() - startedAtMs) / 1_000
latenciesMs.sort((a, b) => a - b)
const at = (share: number): number => latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0
process.stdout.write(
  `${JSON.stringify({ sent, statuses, elapsedS, p50Ms: at(0.5), p99Ms: at(0.99) })}\n`,
)

function nextToken(): string | null {
  if (tokens !== null) return tokens[sent] ?? null
  return load.forges ? forge(load.token ?? '') : (load.token ?? '')
}

function forge(token: string): string {
  const [header = '', payload = '', signature = ''] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  const forged = JSON.stringify({ ...claims, sub: `forged-${process.pid}-${sent}` })
  return `${header}.${Buffer.from(forged).toString('base64url')}.${signature}`
}

function openConnection(_: unknown, index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const { port, localAddress, rate, connections } = load
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    const intervalMs = rate === 0 ? 0 : (1_000 * connections) / rate
    let dueAtMs = startedAtMs + (intervalMs * index) / connections
    let askedAtMs = 0
    let answer = ''
    const ask = (): void => {
      const nowMs = performance.now()
      if (nowMs >= endsAtMs) return void socket.end()
      if (intervalMs > 0 && nowMs < dueAtMs) return void setTimeout(ask, dueAtMs - nowMs)
      const token = nextToken()
      if (token === null) return void socket.end()
      // What is late counts from when it was due: a slow server must not slow its own measure.
      askedAtMs = intervalMs > 0 ? dueAtMs : nowMs
      dueAtMs += intervalMs
      sent += 1
      const field = token === '' ? '' : `Authorization: Bearer ${token}\r\n`
      socket.write(`GET ${load.path} HTTP/1.1\r\nHost: bench.test\r\n${field}\r\n`)
    }
    socket.setNoDelay(true)
    socket.setEncoding('latin1')
    socket.on('connect', ask)
    socket.on('data', (chunk: string) => {
      answer += chunk
      const end = answer.indexOf('\r\n\r\n')
      if (end === -1) return
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(answer)?.[1] ?? 0)
      if (answer.length < end + 4 + length) return
      const status = answer.slice(9, 12)
      answer = ''
      statuses[status] = (statuses[status] ?? 0) + 1
      latenciesMs.push(performance.now() - askedAtMs)
      ask()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve())
  })
}

async function readLines(file: string): Promise<string[]> {
  const lines: string[] = []
  for await (const line of createInterface({ input: createReadStream(file) })) lines.push(line)
  return lines
}
