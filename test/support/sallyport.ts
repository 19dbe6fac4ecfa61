import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { policyText, rolesText, routesText } from '../gateway/front-door.ts'
import { ask } from './ask.ts'
import { childEnvironment } from './child-environment.ts'
import { until } from './until.ts'

const root = resolve(import.meta.dirname, '../..')
const main = join(root, 'src/cli/main.ts')
const probe = join(import.meta.dirname, 'collect-garbage.ts')
// V8 forgets the code of functions not called for a while: six megabytes that come and go.
const probeFlags = ['--expose-gc', '--no-flush-bytecode', '--import', probe]
const startTimeoutMs = 60_000
const usageTimeoutMs = 60_000

interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly message: string
  readonly [field: string]: unknown
}

export interface DecisionRecord {
  readonly kind: 'decision' | 'loss'
  readonly id: string
  readonly source: 'gateway' | 'check'
  readonly request_id?: string
  readonly effect?: 'permit' | 'deny'
  readonly outcome: {
    readonly kind: string
    readonly status?: number
    readonly code?: string
    readonly by?: string
  }
  readonly refusal?: { readonly code: string; readonly detail: string }
  readonly [field: string]: unknown
}

interface ProcessUsage extends NodeJS.MemoryUsage {
  readonly resources: readonly string[]
}

export interface SallyportOptions {
  /** Groups of `sallyport.yaml`, over those every test needs. */
  readonly config?: Readonly<Record<string, unknown>>
  /** What `/files/{id}` is forwarded to. */
  readonly upstream?: string
  /** Makes `usage` available. */
  readonly isProbed?: boolean
  /** Options of Node.js itself, for a process with this folder. */
  readonly nodeOptions?: (dir: string) => readonly string[]
  /** About files; default: `policyText`. */
  readonly policy?: string
  /** Adds to the folder before the process starts. */
  readonly prepare?: (dir: string) => Promise<void>
}

/** `sallyport serve` as a process of its own, in a folder of its own. */
export interface Sallyport {
  readonly dir: string
  readonly policiesDir: string
  readonly recordFile: string
  readonly pid: number
  readonly gateway: string
  readonly check: string
  readonly operations: string
  /** Everything it has said, on either stream. */
  output(): string
  log(): readonly LogLine[]
  /** Waits for a line whose message begins so. */
  logged(message: string, isWanted?: (line: LogLine) => boolean): Promise<LogLine>
  records(): Promise<readonly DecisionRecord[]>
  /** Waits for the record of a decision, by its own id or by the request id of the client. */
  recordOf(id: string): Promise<DecisionRecord>
  metrics(): Promise<ReadonlyMap<string, number>>
  usage(): Promise<ProcessUsage>
  signal(name: NodeJS.Signals): void
  readonly exited: Promise<number | null>
  /** Ends it, however it may be doing, and removes its folder. */
  remove(): Promise<void>
}

const baseConfig = {
  // A machine that stands still for a while is not to look like an overload.
  gateway: { port: 0, workers: 1, overload_delay: '0s', drain_idle_timeout: '0s' },
  check: { port: 0, allow_unauthenticated: true },
  operations: { port: 0 },
  records: { sink: 'file', file: 'records.ndjson', flush_interval: '5ms' },
  policies: { dir: 'policies' },
}

/** The folder alone: for starts that are to fail. */
export async function layOut({
  config = {},
  upstream = 'http://127.0.0.1:9',
  policy = policyText,
  prepare,
}: SallyportOptions): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'sallyport-e2e-'))
  const merged: Record<string, unknown> = { ...baseConfig }
  for (const [group, settings] of Object.entries(config)) {
    const base = (baseConfig as Readonly<Record<string, object>>)[group]
    merged[group] = Array.isArray(settings) ? settings : { ...base, ...(settings as object) }
  }
  await mkdir(join(dir, 'policies'))
  await Promise.all([
    // YAML is a superset of JSON.
    writeFile(join(dir, 'sallyport.yaml'), JSON.stringify(merged, null, 2)),
    writeFile(join(dir, 'policies/file.yaml'), policy),
    writeFile(join(dir, 'policies/roles.yaml'), rolesText),
    writeFile(join(dir, 'policies/routes.yaml'), routesText(upstream)),
    prepare?.(dir),
  ])
  return dir
}

interface Spawned {
  readonly child: ChildProcess
  readonly exited: Promise<number | null>
  readonly output: () => string
}

/** Killed with the test process, should a test fail before it ends them. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export function spawnServe(
  dir: string,
  isProbed = false,
  nodeOptions: readonly string[] = ['--disallow-code-generation-from-strings'],
): Spawned {
  const child = spawn(
    process.execPath,
    [
      ...nodeOptions,
      ...(isProbed ? probeFlags : []),
      main,
      'serve',
      '--config',
      join(dir, 'sallyport.yaml'),
    ],
    {
      cwd: dir,
      env: childEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe', isProbed ? 'ipc' : 'ignore'],
    },
  )
  let said = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text))
  // "close" comes after the streams have ended, so that nothing said is missed.
  running.add(child)
  const exited = once(child, 'close').then(([code]) => {
    running.delete(child)
    return code as number | null
  })
  return { child, exited, output: () => said }
}

export async function startSallyport(options: SallyportOptions = {}): Promise<Sallyport> {
  const dir = await layOut(options)
  const { child, exited, output } = spawnServe(dir, options.isProbed, options.nodeOptions?.(dir))
  const log = (): LogLine[] => readLines<LogLine>(output())
  const remove = async (): Promise<void> => {
    child.kill('SIGKILL')
    await exited
    await rm(dir, { recursive: true, force: true })
  }
  const listening = await until(
    'the process to listen',
    () => {
      if (child.exitCode !== null) throw new Error(`Ended with ${child.exitCode}: ${output()}`)
      return log().find(({ message }) => message === 'Sallyport is listening') ?? null
    },
    startTimeoutMs,
  ).catch(async (cause: unknown) => {
    await remove()
    throw new Error(`It does not listen. It says: ${output()}`, { cause })
  })
  const originOf = (group: string): string => {
    const { host, port } = listening[group] as { readonly host: string; readonly port: number }
    return `http://${host}:${port}`
  }
  const operations = originOf('operations')
  const recordFile = join(dir, 'records.ndjson')
  const records = async (): Promise<DecisionRecord[]> =>
    readLines<DecisionRecord>(await readFile(recordFile, 'utf8'))
  return {
    dir,
    policiesDir: join(dir, 'policies'),
    recordFile,
    pid: child.pid ?? 0,
    gateway: originOf('gateway'),
    check: originOf('check'),
    operations,
    output,
    log,
    logged: (message, isWanted = () => true) =>
      until(
        `"${message}" in the log`,
        () => log().find((line) => line.message.startsWith(message) && isWanted(line)) ?? null,
      ),
    records,
    recordOf: (id) =>
      until(
        `the record of ${id}`,
        async () =>
          (await records()).find((record) => record.id === id || record.request_id === id) ?? null,
      ),
    metrics: async () => readMetrics((await ask(operations, '/metrics')).text),
    usage: async () => {
      const answered = once(child, 'message', { signal: AbortSignal.timeout(usageTimeoutMs) })
      child.send('usage')
      return (await answered)[0] as ProcessUsage
    },
    signal: (name) => {
      child.kill(name)
    },
    exited,
    remove,
  }
}

/** The last line may be half written. */
function readLines<Line>(text: string): Line[] {
  const end = text.lastIndexOf('\n')
  return text
    .slice(0, Math.max(end, 0))
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)
}

/** By name and labels as they are written. */
function readMetrics(text: string): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  for (const line of text.split('\n')) {
    const space = line.lastIndexOf(' ')
    if (space > 0 && !line.startsWith('#')) {
      values.set(line.slice(0, space), Number(line.slice(space + 1)))
    }
  }
  return values
}
