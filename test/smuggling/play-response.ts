import { connect, type Socket } from 'node:net'
import type { ResponseCase } from './response-cases.ts'
import { readResponse, valuesOf } from './strict-reader.ts'
import { taggedAnswer, type Respond } from './tagging-upstream.ts'

/** What the client of one case received, and what it received once it had asked again. */
export interface PlayedResponse {
  readonly received: string
  /** Where the answer to the second request begins; -1 when it could not be asked. */
  readonly second: number
  readonly ended: boolean
}

const patienceMs = 10_000
const upstreamHoldMs = 30

/** An upstream that answers the first request of a case as the case says, and any other properly. */
export function respondWith(cases: readonly ResponseCase[]): Respond {
  const byId = new Map(cases.map((one) => [one.id, one]))
  return (socket, request) => {
    const [, id = '', part] = /\/(r\d{5})-(\w)/.exec(request.first[1]) ?? []
    const one = byId.get(id)
    if (one === undefined || part !== '0') {
      socket.write(taggedAnswer(request), 'latin1')
      return
    }
    const { bytes, cut } = one
    const finish = (rest: string): void => {
      socket.write(rest, 'latin1')
      // Long enough for the gateway to use the connection again if it believes it may.
      if (!isClean(one)) setTimeout(() => socket.end(), upstreamHoldMs)
    }
    if (cut === 0) {
      finish(bytes)
    } else {
      socket.write(bytes.slice(0, cut), 'latin1')
      setTimeout(() => finish(bytes.slice(cut)), 1)
    }
  }
}

/** It is certain where the answer ends, it ends there, and the connection may go on. */
export function isClean({ bytes, method }: ResponseCase): boolean {
  let from = 0
  for (;;) {
    const reading = readResponse(bytes, from, method)
    if (reading.kind !== 'message' || reading.untilClose) return false
    from = reading.end
    if (reading.first[1].startsWith('1')) continue
    const options = valuesOf(reading, 'connection')
      .flatMap((value) => value.toLowerCase().split(','))
      .map((option) => option.trim())
    const kept = reading.first[0].endsWith('1.1') || options.includes('keep-alive')
    return from === bytes.length && kept && !options.includes('close')
  }
}

export async function playResponse(port: number, one: ResponseCase): Promise<PlayedResponse> {
  return await new Promise((resolve) => {
    let received = ''
    let second = -1
    let ended = false
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    const giveUp = setTimeout(() => socket.destroy(), patienceMs)
    ask(socket, one.method, `${one.id}-0`, '')
    socket.on('data', (chunk: Buffer) => {
      received += chunk.toString('latin1')
      if (second >= 0) return
      const end = endOfAnswer(received, one.method)
      if (end < 0) return
      second = end
      setTimeout(() => ask(socket, 'GET', `${one.id}-z`, 'Connection: close\r\n'), 2)
    })
    socket.on('end', () => {
      ended = true
    })
    socket.on('error', () => {
      ended = true
    })
    socket.on('close', () => {
      clearTimeout(giveUp)
      resolve({ received, second, ended })
    })
  })
}

function ask(socket: Socket, method: string, name: string, fields: string): void {
  if (socket.destroyed) return
  const length = method === 'POST' ? 'Content-Length: 0\r\n' : ''
  socket.write(
    `${method} /files/${name} HTTP/1.1\r\nHost: app.test\r\nAuthorization: Bearer alice\r\n${length}${fields}\r\n`,
  )
}

/** -1 while it is not there. */
function endOfAnswer(received: string, method: string): number {
  let from = 0
  for (;;) {
    const reading = readResponse(received, from, method)
    if (reading.kind !== 'message' || reading.untilClose) return -1
    from = reading.end
    if (!reading.first[1].startsWith('1')) return from
  }
}
