import { Socket } from 'node:net'
import { Duplex } from 'node:stream'

/** Where all connections read to; each piece is read or copied before the next comes. */
export const landing = Buffer.allocUnsafeSlow(65_536)

/**
 * Where what is relied on here is known to be so: in this Node.js, and where a read happens in the very
 * moment in which it is told of.
 */
const isKnown = process.versions.node.startsWith('26.') && process.platform !== 'win32'

/** What node:net keeps of the `onread` that a socket was made with. */
const [bufferKey, callbackKey] = ['kBuffer', 'kBufferCb'].map((name) => {
  const socket = new Socket({ onread: { buffer: landing, callback: () => true } })
  return Object.getOwnPropertySymbols(socket).find(({ description }) => description === name)
})

interface Carrier {
  [key: symbol]: unknown
  readonly _handle: { useUserBuffer?(buffer: Buffer): void } | null
}

/**
 * Has a socket that was accepted read there, as `onread` of node:net does for one that connects: what
 * would otherwise be memory and a stream for each piece costs as much as reading it. `receive` gets how
 * many octets came in; false: no more. False in return: this cannot be done here, and the socket is as it
 * was.
 */
export function readThere(socket: Socket, receive: (length: number) => boolean): boolean {
  const carrier = socket as unknown as Carrier
  const handle = carrier._handle
  if (!isKnown || bufferKey === undefined || callbackKey === undefined) return false
  if (handle === null || typeof handle.useUserBuffer !== 'function') return false
  carrier[bufferKey] = landing
  carrier[callbackKey] = receive
  handle.useUserBuffer(landing)
  return true
}

/**
 * From now on the socket is paused and resumed like one that never read there. What node:net does for
 * the others starts to read at once, in small pieces, whenever somebody takes a little of a body.
 */
export function pauseAsStream(socket: Socket): void {
  for (const method of ['pause', 'resume', 'read']) {
    Reflect.set(socket, method, Reflect.get(Duplex.prototype, method))
  }
}
