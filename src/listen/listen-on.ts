import cluster from 'node:cluster'
import { chmod, lstat, unlink } from 'node:fs/promises'
import { connect, type Server } from 'node:net'
import { Fault } from '../model/fault.ts'
import type { ListenOptions } from './options.ts'

export type Place = Pick<ListenOptions, 'host' | 'port' | 'socket' | 'socketMode' | 'reusePort'>

/** Listens on an address or on a Unix socket; throws a Fault when it cannot. */
export async function listenOn(
  server: Server,
  { host, port, socket, socketMode, reusePort }: Place,
): Promise<{ host: string; port: number }> {
  if (socket === null) {
    await listen(server, { host, port, reusePort }, `${host}:${port}`)
    const address = server.address()
    if (address === null || typeof address === 'string') return { host, port }
    return { host: address.address, port: address.port }
  }
  // Of several processes the primary does it, before any of them listens.
  if (cluster.isPrimary) await removeStaleSocket(socket)
  // Closed to others from its first moment on, and not only once its mode is set.
  const mask = process.umask(0o777 & ~socketMode)
  const listening = listen(server, { path: socket }, socket)
  process.umask(mask)
  await listening
  await chmod(socket, socketMode)
  return { host: `unix:${socket}`, port: 0 }
}

async function listen(server: Server, where: object, place: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: Error): void => {
      reject(new Fault('ERR_LISTEN', `Cannot listen on ${place}: ${cause.message}`, { cause }))
    }
    server.once('error', fail)
    server.listen({ ...where, backlog: 1_024 }, () => {
      server.off('error', fail)
      resolve()
    })
  })
}

/** A process that was killed leaves its socket behind: it is removed, but nothing else is. */
export async function removeStaleSocket(path: string): Promise<void> {
  const stats = await lstat(path).catch(() => null)
  if (stats === null || !stats.isSocket()) return
  if (await isAnswered(path)) return
  await unlink(path).catch(() => undefined)
}

async function isAnswered(path: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = connect({ path })
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    // Refused means that nobody listens; any other error leaves the file to whoever owns it.
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'ECONNREFUSED'))
  })
}
