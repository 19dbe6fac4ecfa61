import type { Socket } from 'node:net'
import { maxProxyHeaderBytes, type ProxyHeader, readProxyHeader } from './proxy-protocol.ts'

/**
 * Takes the PROXY protocol header off a fresh connection and leaves everything after it to be read by
 * whoever comes next. `done` is told once: the header, or why there is none; nothing when the
 * connection ended by itself.
 */
export function takeProxyHeader(
  socket: Socket,
  timeoutMs: number,
  done: (header: ProxyHeader | string) => void,
): void {
  let received: Buffer = Buffer.alloc(0)
  const finish = (result: ProxyHeader | string | null): void => {
    clearTimeout(timer)
    socket.off('readable', read)
    socket.off('close', close)
    if (result === null) return
    // The stream notices on the next tick that nobody waits for `readable` any more.
    process.nextTick(() => {
      socket.off('error', ignore)
      if (!socket.destroyed) done(result)
    })
  }
  const read = (): void => {
    const chunk = socket.read() as Buffer | null
    if (chunk === null) return
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
    const header = readProxyHeader(received)
    if (header === null) {
      if (received.length > maxProxyHeaderBytes) finish('is too long')
      return
    }
    if (typeof header === 'string') return finish(header)
    const rest = received.subarray(header.length)
    if (rest.length > 0) socket.unshift(rest)
    finish(header)
  }
  const close = (): void => finish(null)
  const timer = setTimeout(() => finish('did not arrive in time'), timeoutMs)
  socket.on('error', ignore)
  socket.on('close', close)
  socket.on('readable', read)
}

function ignore(): void {}
