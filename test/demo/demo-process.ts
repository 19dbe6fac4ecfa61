import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePorts } from '../support/free-ports.ts'
import { childEnvironment } from '../support/child-environment.ts'

const root = resolve(import.meta.dirname, '../..')
const main = join(root, 'src/cli/main.ts')
const startTimeoutMs = 60_000
const commandTimeoutMs = 60_000

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The real program in a folder of its own, as a user would have it. */
export interface DemoProcess {
  readonly dir: string
  readonly ports: Readonly<Record<string, number>>
  readonly tour: string
  /** What it said since it began, beside the tour. */
  stderr(): string
  bash(script: string): Promise<Finished>
  /** Sends SIGINT; settles when the process has ended. */
  interrupt(): Promise<{ readonly code: number | null; readonly tookMs: number }>
  remove(): Promise<void>
}

export async function makePoliciesCopy(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'sallyport-tour-'))
  await cp(join(root, 'policies'), join(dir, 'policies'), { recursive: true })
  return dir
}

export async function startDemoProcess(): Promise<DemoProcess> {
  const dir = await makePoliciesCopy()
  const ports = await freeDemoPorts()
  const options = Object.entries(ports).flatMap(([name, port]) => [`--${name}-port`, String(port)])
  const child = spawn(process.execPath, [main, 'demo', ...options], {
    cwd: dir,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  })
  const said = collect(child)
  await waitForTour(child, said)
  return {
    dir,
    ports,
    tour: said.stdout(),
    stderr: said.stderr,
    bash: (script) => finish(spawn('bash', ['-c', script], { cwd: dir, env: environment() })),
    interrupt: async () => {
      const startedAtMs = performance.now()
      const ended = once(child, 'exit')
      child.kill('SIGINT')
      const [code] = (await ended) as [number | null]
      return { code, tookMs: performance.now() - startedAtMs }
    },
    remove: async () => {
      child.kill('SIGKILL')
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Runs the program to its end. */
export function runSallyport(
  args: readonly string[],
  cwd: string,
  nodeArgs: readonly string[] = [],
): Promise<Finished> {
  return finish(spawn(process.execPath, [...nodeArgs, main, ...args], { cwd, env: environment() }))
}

export async function freeDemoPorts(): Promise<Record<string, number>> {
  const names = ['gateway', 'check', 'operations', 'provider', 'apps', 'browser']
  const ports = await freePorts(names.length)
  return Object.fromEntries(names.map((name, index) => [name, ports[index] ?? 0]))
}

/** Called as `node`, so that the commands of the tour find the same Node. */
function environment(): NodeJS.ProcessEnv {
  const { npm_lifecycle_event: _event, ...rest } = process.env
  return { ...rest, ...childEnvironment() }
}

function collect(child: ChildProcess) {
  const chunks = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (chunks.stdout += chunk))
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (chunks.stderr += chunk))
  return { stdout: () => chunks.stdout, stderr: () => chunks.stderr }
}

async function finish(child: ChildProcess): Promise<Finished> {
  const said = collect(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), commandTimeoutMs)
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(timer)
  return { code, stdout: said.stdout(), stderr: said.stderr() }
}

async function waitForTour(
  child: ChildProcess,
  said: { stdout(): string; stderr(): string },
): Promise<void> {
  const endsAtMs = performance.now() + startTimeoutMs
  while (!said.stdout().includes('are told below.')) {
    if (child.exitCode !== null || performance.now() > endsAtMs) {
      child.kill('SIGKILL')
      throw new Error(`the demo did not start: ${said.stdout()} ${said.stderr()}`)
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 20)
    })
  }
}
