import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Below the range that systems take ports from by themselves: what listens on port 0 or connects
 * meanwhile, in this test or in others that run beside it, does not get one of these.
 */
const range = { from: 20_000, to: 32_000 } as const
const triesEach = 50

/** Ports on which nobody listens, for as long as nobody asks for these very ones. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>()
  for (let attempt = 0; ports.size < count; attempt += 1) {
    if (attempt > count * triesEach) throw new Error(`${count} free ports are not to be had`)
    const port = range.from + Math.floor(Math.random() * (range.to - range.from))
    if (!ports.has(port) && (await isFree(port))) ports.add(port)
  }
  return [...ports]
}

export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1)
  return port
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  try {
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
