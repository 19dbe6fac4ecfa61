import type { Socket } from 'node:net'

/** Read and thrown away after the last answer, at most. */
const maxLingerBytes = 67_108_864
const maxLingerMs = 30_000
/** Whoever sends less than so much in so long has no more to say, or wants to be waited for. */
const lingerWindowMs = 2_000
const leastWindowBytes = 1_024

/**
 * Closes a connection in such a way that its last answer is read (RFC 9112 section 9.6): this side
 * ends, and what the client still sends is read and thrown away until it has seen that and ends too.
 * A connection that is closed with octets unread is reset, and the reset takes an answer that is not
 * read yet with it.
 */
export function lingerAndClose(socket: Socket): void {
  if (socket.destroyed || socket.writableEnded) return
  socket.setTimeout(0)
  socket.end()
  // Only what node:http does on this event makes a connection that it holds back be read again.
  if (socket.isPaused()) socket.once('resume', () => throwAway(socket)).resume()
  else throwAway(socket)
}

function throwAway(socket: Socket): void {
  let bytes = 0
  let windowBytes = 0
  let leftMs = maxLingerMs
  // INVARIANT: whatever parsed these octets so far sees no more of them; none becomes a request.
  socket.removeAllListeners('data')
  socket.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    windowBytes += chunk.length
    if (bytes > maxLingerBytes) socket.destroy()
  })
  const window = setInterval(() => {
    leftMs -= lingerWindowMs
    if (leftMs <= 0 || windowBytes < leastWindowBytes) socket.destroy()
    windowBytes = 0
  }, lingerWindowMs)
  socket.once('close', () => clearInterval(window))
}

/** The same, instead of a plain end, when node:http has sent the last answer. */
export function lingerAtEnd(socket: Socket): void {
  socket.destroySoon = lingerSoon
}

export function stopLingering(socket: Socket): void {
  if (Object.hasOwn(socket, 'destroySoon')) Reflect.deleteProperty(socket, 'destroySoon')
}

function lingerSoon(this: Socket): void {
  lingerAndClose(this)
}
