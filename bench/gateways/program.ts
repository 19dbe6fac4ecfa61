import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { availableParallelism } from 'node:os'

/** A process under test, or one that it is tested with. */
export interface Program {
  readonly name: string
  readonly port: number
  /** Processor time used so far by all its threads and processes. */
  cpuMs(): number
  residentBytes(): number
  stop(): Promise<void>
}

export interface ProgramOptions {
  readonly name: string
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly port: number
  /** Processors it may run on, as taskset reads them. */
  readonly cpus: string
  /** Removed when it stops. */
  readonly dir: string
}

export const programCpu = '0'
export const loadCpu = '1'
/** Where two workers are, and the load with them. */
export const allCpus = '0,1'

/** Debian keeps servers where not everybody's shell looks. */
const path = `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin`
const startTimeoutMs = 20_000

/** Starts a program on one processor and waits until it accepts connections. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const { name, command, port, cpus, dir, environment } = options
  const [file = '', ...args] = pinned(cpus, command)
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: path, ...environment },
  })
  let said = ''
  const hear = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-2_000)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const deadline = performance.now() + startTimeoutMs
  while (!(await accepts(port))) {
    const isOver = child.exitCode !== null || child.signalCode !== null
    if (isOver || performance.now() > deadline) {
      child.kill('SIGKILL')
      throw new Error(`${name} does not listen on port ${port}: ${said.trim()}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const pids = (): number[] => family(child.pid ?? 0)
  return {
    name,
    port,
    cpuMs: () => pids().reduce((sum, pid) => sum + readCpuMs(pid), 0),
    residentBytes: () => pids().reduce((sum, pid) => sum + readResidentBytes(pid), 0),
    stop: () => end(child, dir),
  }
}

const canPin = availableParallelism() > 1 && isThere('taskset')

/** The command on those processors alone, where there are several. */
export function pinned(cpus: string, command: readonly string[]): readonly string[] {
  return canPin ? ['taskset', '-c', cpus, ...command] : command
}

async function end(child: ChildProcess, dir: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const killer = setTimeout(() => child.kill('SIGKILL'), 3_000)
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    clearTimeout(killer)
  }
  rmSync(dir, { recursive: true, force: true })
}

async function accepts(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** The process and those it has started. */
export function family(pid: number): number[] {
  let children = ''
  try {
    children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
  } catch {
    // It has ended meanwhile.
  }
  return [pid, ...children.trim().split(' ').filter(Boolean).map(Number)]
}

/** In nanoseconds inside the kernel: short slices can be told apart, which clock ticks cannot. */
export function readCpuMs(pid: number): number {
  let sum = 0
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const schedstat = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8')
      sum += Number(schedstat.split(' ')[0]) / 1e6
    }
  } catch {
    // A thread or the process has ended meanwhile.
  }
  return sum
}

function readResidentBytes(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024
  } catch {
    return 0
  }
}

/** What a program says of its version, on one line. */
export function versionOf(command: string, ...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  })
  const said = `${stdout}\n${stderr}`
  return /\d+\.\d+(?:\.\d+)?[\w.+~-]*/.exec(said)?.[0] ?? 'unknown'
}

function isThere(command: string): boolean {
  const found = spawnSync('which', [command], { env: { ...process.env, PATH: path } })
  return found.status === 0
}

/** Installs what is missing where that is possible, and says how where it is not. */
export function requireCommands(packages: Readonly<Record<string, string>>): void {
  const missing = (): string[] =>
    Object.entries(packages).flatMap(([command, name]) => (isThere(command) ? [] : [name]))
  if (missing().length === 0) return
  const install = ['apt-get', 'install', '--yes', '--no-install-recommends', ...missing()]
  if (process.getuid?.() === 0 && isThere('apt-get')) {
    spawnSync('apt-get', ['update'], { stdio: 'ignore', timeout: 120_000 })
    spawnSync(install[0] ?? '', install.slice(1), { stdio: 'inherit', timeout: 300_000 })
  }
  const still = missing()
  if (still.length > 0) {
    throw new Error(`${still.join(', ')} missing: sudo apt-get install --yes ${still.join(' ')}`)
  }
}

/** This process shares the processor of the load generator, and leaves the other one alone. */
export function keepOffTheProgramsCpu(): void {
  execFileSync('taskset', ['-a', '-p', '-c', loadCpu, String(process.pid)], {
    stdio: 'ignore',
  })
}
