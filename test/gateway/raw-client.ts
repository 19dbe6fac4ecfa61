import { connect, type Socket } from 'node:net'

export interface RawAnswer {
  /** Everything that came back, octet by octet. */
  readonly text: string
  readonly status: number
  /** How many responses there seem to be. */
  readonly responses: number
  /** The server ended the connection. */
  readonly closed: boolean
}

/**
 * Sends octets as they are and collects what comes back until the server closes or has been silent
 * for a while.
 */
export async function sendRaw(port: number, text: string, quietMs = 150): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1')
  socket.write(Buffer.from(text, 'latin1'))
  return await collect(socket, quietMs)
}

export async function collect(socket: Socket, quietMs = 150): Promise<RawAnswer> {
  return await new Promise((resolve) => {
    const chunks: Buffer[] = []
    let closed = false
    const finish = (): void => {
      clearTimeout(quiet)
      socket.destroy()
      const answer = Buffer.concat(chunks).toString('latin1')
      resolve({
        text: answer,
        status: Number(answer.slice(9, 12)),
        responses: answer.match(/HTTP\/1\.1 \d{3}/g)?.length ?? 0,
        closed,
      })
    }
    let quiet: NodeJS.Timeout
    const waitFor = (silenceMs: number): void => {
      const before = performance.eventLoopUtilization()
      clearTimeout(quiet)
      quiet = setTimeout(() => {
        // A process that was busy or stood still, with both ends of the line in it, heard no silence.
        const { idle } = performance.eventLoopUtilization(before)
        if (idle < silenceMs / 2) waitFor(silenceMs)
        else finish()
      }, silenceMs)
    }
    // The first answer may take longer than the silence after the last.
    waitFor(quietMs * 10)
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      waitFor(quietMs)
    })
    socket.on('end', () => {
      closed = true
    })
    socket.on('error', () => {
      closed = true
    })
    socket.on('close', finish)
  })
}
