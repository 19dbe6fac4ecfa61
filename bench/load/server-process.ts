import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

export interface ServerProcess {
  readonly name: string
  /** The first line the process printed that starts with `ready `, without that word. */
  readonly ready: string
  /** From spawn to the ready line. */
  readonly startMs: number
  /** Processor time used so far, all threads; null where /proc does not tell. */
  cpuMs(): number | null
  /** Resident memory; null where /proc does not tell. */
  residentBytes(): number | null
  stop(): Promise<void>
}

const startTimeoutMs = 15_000
/** USER_HZ, the unit of utime and stime in /proc/PID/stat on Linux. */
const ticksPerSecond = 100

export interface ServerProcessOptions {
  readonly name: string
  readonly script: string
  /** Options of Node.js itself. */
  readonly nodeArgs?: readonly string[]
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** What a line of output says when it is the one that says the server serves, else null. */
  readonly readReady?: (line: string) => string | null
  /** Processor to ask for, where `taskset` is there. */
  readonly cpu?: number
}

const hasTaskset = existsSync('/usr/bin/taskset')

/** Starts one Node.js process and waits until it says that it serves. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const command = [process.execPath, ...(options.nodeArgs ?? []), options.script, ...options.args]
  const pinned = hasTaskset && options.cpu !== undefined
  const [file, ...args] = pinned ? ['taskset', '-c', String(options.cpu), ...command] : command
  const startedAt = performance.now()
  const child = spawn(file ?? process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.environment },
  })
  const ready = await readyOf(child, options)
  const startMs = performance.now() - startedAt
  const pid = child.pid ?? 0
  return {
    name: options.name,
    ready,
    startMs,
    cpuMs: () => readCpuMs(pid),
    residentBytes: () => readResidentBytes(pid),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const killer = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await once(child, 'exit')
      clearTimeout(killer)
    },
  }
}

async function readyOf(child: ChildProcess, options: ServerProcessOptions): Promise<string> {
  const { stdout, stderr } = child
  if (stdout === null || stderr === null) throw new Error(`${options.name} has no output`)
  let tail = ''
  stderr.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-4_000)
  })
  const readReady =
    options.readReady ?? ((line) => (line.startsWith('ready ') ? line.slice(6) : null))
  return await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`${options.name} did not start within ${startTimeoutMs} ms: ${tail}`))
    }, startTimeoutMs)
    const onLine = (line: string): void => {
      const said = readReady(line)
      if (said === null) return
      clearTimeout(timer)
      resolve(said)
    }
    createInterface({ input: stdout }).on('line', onLine)
    createInterface({ input: stderr }).on('line', onLine)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`${options.name} ended with ${code} before it served: ${tail}`))
    })
  })
}

function readCpuMs(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
  } catch {
    return null
  }
}

function readResidentBytes(pid: number): number | null {
  try {
    const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    return match === null ? null : Number(match[1]) * 1024
  } catch {
    return null
  }
}
