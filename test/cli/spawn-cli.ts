import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { childEnvironment } from '../support/child-environment.ts'

export const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
export const repository = fileURLToPath(new URL('../..', import.meta.url))

export interface SpawnOptions {
  readonly cwd?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly input?: string
  readonly nodeOptions?: readonly string[]
}

export interface Finished {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface SpawnedCli {
  readonly child: ChildProcess
  stdout(): string
  stderr(): string
  finished: Promise<Finished>
}

/** The real program in a process of its own. */
export function spawnCli(args: readonly string[], options: SpawnOptions = {}): SpawnedCli {
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), main, ...args], {
    cwd: options.cwd ?? repository,
    env: childEnvironment({
      HOME: process.env['HOME'],
      SALLYPORT_GATEWAY_WORKERS: '1',
      ...options.environment,
    }),
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const finished = once(child, 'close').then(([code]) => ({
    code: code as number | null,
    stdout,
    stderr,
  }))
  return { child, stdout: () => stdout, stderr: () => stderr, finished }
}

export function runCli(args: readonly string[], options: SpawnOptions = {}): Promise<Finished> {
  return spawnCli(args, options).finished
}
