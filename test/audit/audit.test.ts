import { spawn } from 'node:child_process'
import { mkdtemp, mkdir, readFile, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { Registry } from 'prom-client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { createRecorder } from '../../src/audit/audit.ts'
import type { AuditRecorder } from '../../src/audit/audit.ts'
import type { LogSink } from '../../src/audit/log-sink.ts'
import type { Log } from '../../src/telemetry/log.ts'
import { checkEntry, gatewayEntry, timeMs } from './entries.ts'

const patiently = { timeout: 30_000, interval: 20 }

let dir: string
let registry: Registry
let messages: string[]
let recorder: AuditRecorder | null

const log: Log = {
  isLevelEnabled: () => true,
  debug: () => {},
  info: (_, message) => messages.push(message),
  warn: (_, message) => messages.push(message),
  error: (_, message) => messages.push(message),
}

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'records-'))
  registry = new Registry()
  messages = []
  recorder = null
})

afterEach(async () => {
  await recorder?.close()
  await rm(dir, { recursive: true, force: true })
})

function start(file: string, queueCapacity = 1_000): AuditRecorder {
  recorder = createRecorder(
    { sink: 'file', file, queueCapacity, flushIntervalMs: 5 },
    log,
    registry,
  )
  return recorder
}

async function linesOf(file: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(file, 'utf8').catch(() => '')
  const lines = text.split('\n')
  expect(lines.pop()).toBe('')
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

async function count(name: string): Promise<number> {
  const metric = await registry.getSingleMetric(name)?.get()
  return metric?.values[0]?.value ?? Number.NaN
}

async function untilLines(file: string, wanted: number): Promise<void> {
  await vi.waitFor(async () => expect(await linesOf(file)).toHaveLength(wanted), patiently)
}

test('writes records in order, in many batches, and all of them by the time it is closed', async () => {
  const file = join(dir, 'records.ndjson')
  const writing = start(file, 10_000)
  for (let n = 0; n < 5_000; n += 1) writing.record({ ...checkEntry, id: `d-${n}` })
  await writing.close()
  const lines = await linesOf(file)
  expect(lines.map(({ id }) => id)).toEqual(Array.from({ length: 5_000 }, (_, n) => `d-${n}`))
  expect(await count('sallyport_audit_records_written_total')).toBe(5_000)
  expect(await count('sallyport_audit_records_lost_total')).toBe(0)
})

test('appends to what is there, and does not continue a line a crash left half written', async () => {
  const file = join(dir, 'records.ndjson')
  await writeFile(file, '{"kind":"decision","id":"earl')
  start(file).record(gatewayEntry)
  await recorder?.close()
  const text = await readFile(file, 'utf8')
  expect(text.split('\n')[0]).toBe('{"kind":"decision","id":"earl')
  expect(JSON.parse(text.split('\n')[1] ?? '')).toMatchObject({ id: 'd-1' })
})

test('keeps records while the directory is missing and writes them when it appears', async () => {
  const file = join(dir, 'later', 'records.ndjson')
  const writing = start(file)
  writing.record(gatewayEntry)
  await vi.waitFor(() => expect(writing.state().isFailing).toBe(true), patiently)
  expect(writing.state().reason).toContain('ENOENT')
  await mkdir(join(dir, 'later'))
  await untilLines(file, 1)
  expect(writing.state()).toMatchObject({ isFailing: false, queued: 0 })
  expect(messages).toEqual([
    'Cannot write decision records: trying again',
    'Decision records are written again',
  ])
})

test('keeps records while the disk is full, and announces the ones that did not fit', async () => {
  const file = join(dir, 'records.ndjson')
  await symlink('/dev/full', file)
  const writing = start(file, 10)
  for (let n = 0; n < 25; n += 1) {
    writing.record({ ...checkEntry, id: `d-${n}`, timeMs: timeMs + n })
  }
  await vi.waitFor(() => expect(writing.state().reason).toContain('ENOSPC'), patiently)
  expect(await count('sallyport_audit_records_lost_total')).toBe(15)
  expect(await count('sallyport_audit_failing')).toBe(1)
  expect(await count('sallyport_audit_queue_records')).toBe(10)
  expect(await count('sallyport_audit_write_errors_total')).toBeGreaterThan(0)
  await unlink(file)
  await untilLines(file, 11)
  const lines = await linesOf(file)
  expect(lines.slice(0, 10).map(({ id }) => id)).toEqual(
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => `d-${n}`),
  )
  expect(lines[10]).toMatchObject({ kind: 'loss', lost: 15, since: '2026-01-02T03:04:05.016Z' })
  writing.record({ ...checkEntry, id: 'after' })
  await untilLines(file, 12)
  expect(messages).toContain(
    'Decision records were lost; the stream says so where they are missing',
  )
})

test('gives up within a bounded time when it is closed while nothing can be written', async () => {
  const file = join(dir, 'records.ndjson')
  await symlink('/dev/full', file)
  const writing = start(file)
  writing.record(gatewayEntry)
  const started = performance.now()
  await writing.close()
  expect(performance.now() - started).toBeLessThan(20_000)
  expect(await count('sallyport_audit_records_lost_total')).toBe(1)
  expect(messages).toContain('Decision records could not be written before the end')
})

test('goes on in a new file after rotation, losing and splitting nothing', async () => {
  const file = join(dir, 'records.ndjson')
  const writing = start(file, 100_000)
  let written = 0
  for (let round = 0; round < 5; round += 1) {
    for (let n = 0; n < 500; n += 1) writing.record({ ...checkEntry, id: `d-${written++}` })
    await sleep(7)
    // The new file is there with its first line, whenever the disk gets to it.
    await vi.waitFor(() => rename(file, join(dir, `records.${round}`)), {
      ...patiently,
      interval: 1,
    })
    writing.reopen()
  }
  await writing.close()
  const files = ['records.0', 'records.1', 'records.2', 'records.3', 'records.4', 'records.ndjson']
  const lines = (await Promise.all(files.map((name) => linesOf(join(dir, name))))).flat()
  expect(lines.map(({ id }) => id)).toEqual(Array.from({ length: written }, (_, n) => `d-${n}`))
})

test('notices that the file was deleted and makes it anew', async () => {
  const file = join(dir, 'records.ndjson')
  const writing = start(file)
  writing.record(gatewayEntry)
  await untilLines(file, 1)
  await unlink(file)
  await sleep(1_100)
  writing.record({ ...gatewayEntry, id: 'd-2' })
  await untilLines(file, 1)
  expect((await linesOf(file))[0]).toMatchObject({ id: 'd-2' })
})

test('bounds the memory of lines that wait, not only their number', async () => {
  const file = join(dir, 'records.ndjson')
  await symlink('/dev/full', file)
  const writing = start(file, 100)
  const context = { blob: 'x'.repeat(20_000) }
  for (let n = 0; n < 50; n += 1) {
    const request = checkEntry.request && { ...checkEntry.request, context }
    writing.record({ ...checkEntry, request })
  }
  await vi.waitFor(async () => {
    expect(await count('sallyport_audit_records_lost_total')).toBeGreaterThanOrEqual(45)
  }, patiently)
})

/** A place that takes nothing until the disk has room. */
class Disk implements LogSink {
  hasRoom = false
  text = ''
  readonly buffers = new Set<ArrayBufferLike>()

  reopen(): Promise<boolean> {
    return Promise.resolve(true)
  }

  write(bytes: Uint8Array, offset: number): Promise<number> {
    if (!this.hasRoom) return Promise.reject(new Error('The disk is full'))
    this.buffers.add(bytes.buffer)
    this.text += Buffer.from(bytes.subarray(offset)).toString()
    return Promise.resolve(bytes.length - offset)
  }

  isUnlinked(): Promise<boolean> {
    return Promise.resolve(false)
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

test('takes no more memory for lines that wait when they come one by one', async () => {
  const disk = new Disk()
  const options = { sink: 'file', file: 'records', queueCapacity: 6, flushIntervalMs: 1 } as const
  recorder = createRecorder(options, log, registry, undefined, disk)
  for (let n = 0; n < 8; n += 1) {
    recorder.record({ ...checkEntry, id: `d-${n}` })
    // Long enough for a flush.
    await sleep(20)
  }
  disk.hasRoom = true
  await recorder.close()
  const lines = disk.text.trimEnd().split('\n')
  expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
    ...[0, 1, 2, 3, 4, 5].map((n) => ({ id: `d-${n}` })),
    { kind: 'loss', lost: 2 },
  ])
  // The first line, what came while it waited, and the announcement.
  expect(disk.buffers.size).toBe(3)
})

test('announces a loss behind what was kept before it', async () => {
  const disk = new Disk()
  const options = { sink: 'file', file: 'records', queueCapacity: 4, flushIntervalMs: 5 } as const
  recorder = createRecorder(options, log, registry, undefined, disk)
  recorder.record({ ...checkEntry, id: 'd-0' })
  await vi.waitFor(() => expect(recorder?.state().isFailing).toBe(true), patiently)
  recorder.record({ ...checkEntry, id: 'd-1' })
  recorder.record({ ...checkEntry, outcome: null } as never)
  disk.hasRoom = true
  await vi.waitFor(() => expect(disk.text).toContain('"loss"'), patiently)
  expect(disk.text.indexOf('d-1')).toBeGreaterThan(0)
  expect(disk.text.indexOf('"loss"')).toBeGreaterThan(disk.text.indexOf('d-1'))
})

test('does not take an unwritable entry for a reason to lose the others', async () => {
  const file = join(dir, 'records.ndjson')
  const writing = start(file)
  writing.record({ ...checkEntry, outcome: null } as never)
  writing.record({ ...checkEntry, id: 'd-2' })
  await writing.close()
  const lines = await linesOf(file)
  expect(lines[0]).toMatchObject({ id: 'd-2' })
  expect(lines[1]).toMatchObject({ kind: 'loss', lost: 1 })
  expect(messages).toContain('Cannot build a decision record')
})

test('is closed for everybody who closes it once everything is written', async () => {
  const file = join(dir, 'records.ndjson')
  const writing = start(file)
  writing.record(gatewayEntry)
  const first = writing.close()
  await writing.close()
  expect(await linesOf(file)).toHaveLength(1)
  await first
})

test('counts a record that comes after the end as lost', async () => {
  const writing = start(join(dir, 'records.ndjson'))
  await writing.close()
  writing.record(gatewayEntry)
  expect(await count('sallyport_audit_records_lost_total')).toBe(1)
})

test('writes nothing and fails at nothing when records are switched off', async () => {
  const none = createRecorder(
    { sink: 'none', file: null, queueCapacity: 1, flushIntervalMs: 1 },
    log,
    registry,
  )
  none.record(gatewayEntry)
  none.record(gatewayEntry)
  none.reopen()
  expect(none.state().isFailing).toBe(false)
  await none.close()
})

const stdoutProgram = `
import { createRecorder } from ${JSON.stringify(new URL('../../src/audit/audit.ts', import.meta.url).href)}
import { Registry } from 'prom-client'
import { checkEntry } from ${JSON.stringify(new URL('./entries.ts', import.meta.url).href)}
const say = (fields, message) => process.stderr.write(message + '\\n')
const log = { isLevelEnabled: () => true, debug: say, info: say, warn: say, error: say }
const options = { sink: 'stdout', file: null, queueCapacity: 5000, flushIntervalMs: 5 }
const recorder = createRecorder(options, log, new Registry())
for (let n = 0; n < 2000; n += 1) recorder.record({ ...checkEntry, id: 'd-' + n })
await new Promise((resolve) => setTimeout(resolve, 200))
await recorder.close()
process.stderr.write('closed\\n')
process.exit(0)
`

test('writes to standard output, also when it is a pipe that nobody reads for a while', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', stdoutProgram])
  const exit = new Promise((resolve) => child.on('close', resolve))
  await sleep(600)
  let text = ''
  child.stdout.on('data', (chunk) => (text += String(chunk)))
  expect(await exit).toBe(0)
  const lines = text.trimEnd().split('\n')
  expect(lines).toHaveLength(2_000)
  expect(JSON.parse(lines[1_999] ?? '')).toMatchObject({ id: 'd-1999' })
})

test('ends although the reader of standard output has stalled for good', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', stdoutProgram])
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  // Paused: never read.
  child.stdout.pause()
  const started = performance.now()
  const code = await new Promise((resolve) => child.on('exit', resolve))
  expect(errors).toContain('could not be written before the end')
  expect(code).toBe(0)
  expect(performance.now() - started).toBeLessThan(40_000)
  child.stdout.destroy()
})

test('survives a reader of standard output that goes away', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', stdoutProgram])
  let errors = ''
  child.stderr.on('data', (chunk) => (errors += String(chunk)))
  child.stdout.destroy()
  const code = await new Promise((resolve) => child.on('exit', resolve))
  expect(errors).toContain('Cannot write decision records: trying again')
  expect(code).toBe(0)
})
