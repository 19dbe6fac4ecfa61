import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createInterface } from 'node:readline'

/**
 * Attacks the port that stands on its standard input, one line after the other: `PORT TOKEN`, or an
 * empty line for a rest. A client whose connection is closed opens the next one.
 */
const slowHeaders = 200
const slowBodies = 200
const connectionsPerS = 1_000
const stepMs = 20
/** As long as a client would that has nothing else to do. */
const holdMs = 5_000
const path = '/departments/finance/documents/42'

let target: { readonly port: number; readonly token: string } | null = null
const open = new Set<Socket>()

createInterface({ input: process.stdin }).on('line', (line) => {
  const [port = '', token = ''] = line.split(' ')
  target = port === '' ? null : { port: Number(port), token }
  for (const socket of open) socket.destroy()
  process.stdout.write(`ready ${port}\n`)
})
process.stdin.once('end', () => process.exit(0))

/** Each of these addresses has ports enough for the connections of a minute, the closed ones included. */
const addresses = 50
let dialled = 0

function dial(port: number): Socket {
  dialled += 1
  const localAddress = `127.0.2.${1 + (dialled % addresses)}`
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  open.add(socket)
  socket.on('error', () => socket.destroy())
  socket.on('close', () => open.delete(socket))
  socket.resume()
  return socket
}

async function drip(makeHead: (token: string) => string, everyMs: number): Promise<void> {
  for (;;) {
    if (target === null) {
      await sleep(100)
      continue
    }
    const socket = dial(target.port)
    socket.write(makeHead(target.token))
    while (!socket.destroyed) {
      socket.write('x')
      await sleep(everyMs)
    }
  }
}

async function flood(): Promise<void> {
  let owed = 0
  let lastMs = performance.now()
  for (;;) {
    await sleep(stepMs)
    const nowMs = performance.now()
    owed = Math.min(owed + ((nowMs - lastMs) * connectionsPerS) / 1_000, connectionsPerS)
    lastMs = nowMs
    for (; owed >= 1; owed -= 1) {
      if (target === null) continue
      const socket = dial(target.port)
      const isBrief = Math.floor(owed) % 2 === 0
      setTimeout(() => socket.destroy(), isBrief ? stepMs : holdMs)
    }
  }
}

for (let count = 0; count < slowHeaders; count += 1) {
  void drip(() => `GET ${path} HTTP/1.1\r\nHost: a.test\r\nX-Slow: `, 1_000)
}
for (let count = 0; count < slowBodies; count += 1) {
  void drip(
    (token) =>
      `GET ${path} HTTP/1.1\r\nHost: a.test\r\nAuthorization: Bearer ${token}\r\nContent-Length: 1000000\r\n\r\n`,
    500,
  )
}
void flood()
