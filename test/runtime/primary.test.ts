import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Config, defaultConfig } from '../../src/config/config.ts'
import { type Primary, startPrimary } from '../../src/runtime/primary.ts'
import { UnusablePolicies } from '../../src/runtime/unusable-policies.ts'
import { type WorkerLimits, workerLimits } from '../../src/runtime/worker-limits.ts'
import { startWorkerPrograms } from '../../src/runtime/worker-programs.ts'
import { policyText, rolesText, routesText } from '../gateway/front-door.ts'
import { ask } from '../support/ask.ts'
import { until } from '../support/until.ts'
import { recordingLog, type LoggedLine } from './recording-log.ts'

const program = join(import.meta.dirname, '../../src/cli/worker.ts')
const workers = 2
const patienceMs = 60_000
const limits: WorkerLimits = {
  ...workerLimits,
  heartbeatMs: 100,
  hungAfterMs: 2_000,
  firstBackoffMs: 20,
  longestBackoffMs: 200,
  giveUpAfterMs: 1_000,
}

let dir = ''
let config: Config
let primary: Primary | null = null
let lines: readonly LoggedLine[] = []
let gaveUp = 0

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sallyport-primary-'))
  gaveUp = 0
  await mkdir(join(dir, 'policies'))
  await Promise.all([
    writeFile(join(dir, 'policies/file.yaml'), policyText),
    writeFile(join(dir, 'policies/roles.yaml'), rolesText),
    writeFile(join(dir, 'policies/routes.yaml'), routesText('http://127.0.0.1:9')),
    // Ends at once when the file lies there: a program that was installed broken.
    writeFile(
      join(dir, 'worker.mjs'),
      `import { existsSync } from 'node:fs'
if (existsSync(${JSON.stringify(join(dir, 'broken'))})) process.exit(7)
await import(${JSON.stringify(program)})
`,
    ),
  ])
  config = {
    ...defaultConfig,
    gateway: { ...defaultConfig.gateway, port: 0, drainIdleTimeoutMs: 0, drainTimeoutMs: 2_000 },
    check: { ...defaultConfig.check, port: 0, allowUnauthenticated: true },
    operations: { ...defaultConfig.operations, port: 0 },
    records: { ...defaultConfig.records, sink: 'none' },
    policies: { ...defaultConfig.policies, dir: join(dir, 'policies') },
    log: { level: 'silent' },
  }
})

afterEach(async () => {
  await primary?.close()
  primary = null
  await rm(dir, { recursive: true })
})

async function start(): Promise<Primary> {
  const recording = recordingLog()
  lines = recording.lines
  primary = await startPrimary(config, {
    log: recording.log,
    workers: startWorkerPrograms(join(dir, 'worker.mjs'), workers),
    limits,
    gaveUp: () => {
      gaveUp += 1
    },
  })
  return primary
}

function children(): number[] {
  const text = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
  return text.trim().split(' ').filter(Boolean).map(Number).filter(isWorker)
}

function isWorker(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir)
}

function said(message: string): readonly LoggedLine[] {
  return lines.filter((line) => line.message.startsWith(message))
}

async function read(path: string): Promise<string> {
  const { host, port } = primary?.addresses.operations ?? { host: '', port: 0 }
  return (await ask(`http://${host}:${port}`, path)).text
}

test('kills a worker that hangs, and serves meanwhile from the others', async () => {
  const { addresses } = await start()
  const [victim = 0] = children()
  process.kill(victim, 'SIGSTOP')
  const origin = `http://127.0.0.1:${addresses.gateway.port}`
  const replies = await Promise.all(Array.from({ length: 20 }, () => ask(origin, '/files/a')))
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401]))
  expect(children()).toContain(victim)
  await until('the end of it', () => said('A worker was replaced').length === 1, patienceMs)
  expect(children()).not.toContain(victim)
  expect(said('A worker ended')).toMatchObject([{ fields: { pid: victim, cause: 'hung' } }])
  const exits = 'sallyport_runtime_worker_exits_total{cause="hung"}'
  expect(await read('/metrics')).toContain(`${exits} 1`)
})

test('tries again with growing patience while none can start, says so, and gives up in the end', async () => {
  await start()
  await writeFile(join(dir, 'broken'), '')
  for (const pid of children()) process.kill(pid, 'SIGKILL')
  await until('the loss', () => said('A worker ended').length >= workers, patienceMs)
  expect(await read('/readyz')).toContain(`0 of ${workers} serve`)
  await until('that it gives up', () => gaveUp > 0, patienceMs)
  const attempts = (): number => said('A worker could not be replaced').length
  await until('another attempt', () => attempts() > 1, patienceMs)
  await rm(join(dir, 'broken'))
  await until('recovery', async () => (await read('/readyz')).includes('"ready"'), patienceMs)
})

test('goes on with the old workers when new ones cannot start', async () => {
  const running = await start()
  const before = children()
  await writeFile(join(dir, 'broken'), '')
  await expect(running.restart(config, workers)).rejects.toThrow('ended with exit code 7')
  await until('the end of the new ones', () => children().length === workers, patienceMs)
  expect(children()).toEqual(before)
  expect(await read('/readyz')).not.toContain('serve')
})

test('leaves nothing running when it cannot start', async () => {
  await writeFile(join(dir, 'policies/file.yaml'), 'resource: file\nactons: [view]\n')
  await expect(start()).rejects.toBeInstanceOf(UnusablePolicies)
  expect(children()).toEqual([])
  await writeFile(join(dir, 'policies/file.yaml'), policyText)
  await writeFile(join(dir, 'broken'), '')
  await expect(start()).rejects.toThrow('ended with exit code 7')
  expect(children()).toEqual([])
})
