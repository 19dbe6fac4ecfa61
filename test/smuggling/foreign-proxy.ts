import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'

export interface ForeignProxy {
  readonly name: string
  readonly port: number
  stop(): Promise<void>
}

/** Throws when the program is not installed or does not start. */
export async function startForeign(
  name: string,
  args: readonly string[],
  port: number,
  dir: string,
): Promise<ForeignProxy> {
  const child = spawn(name, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` },
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const failed = new Promise<never>((_resolve, reject) => {
    child.once('error', () =>
      reject(new Error(`Cannot start ${name}: install it (Debian: apt-get install ${name})`)),
    )
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}: ${said}`)))
  })
  failed.catch(() => {})
  await Promise.race([reachable(port), failed])
  return { name, port, stop: () => stop(child, dir) }
}

async function stop(child: ChildProcess, dir: string): Promise<void> {
  if (child.exitCode === null) {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  rmSync(dir, { recursive: true, force: true })
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function reachable(port: number): Promise<void> {
  const deadline = Date.now() + 10_000
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => {
        socket.destroy()
        resolve(true)
      })
      socket.once('error', () => resolve(false))
    })
    if (open) return
    if (Date.now() > deadline) throw new Error(`Nothing listens on port ${port}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
