import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LineCollector } from '../../src/audit/line-collector.ts'
import { LogFile } from '../../src/audit/log-file.ts'
import { createRelaySink } from '../../src/audit/relay-sink.ts'

const silent = { failing: () => {}, recovered: () => {} }
const writers = 3
const linesEach = 60
/** Far beyond what a pipe or a page takes at once. */
const longestLine = 200_000

let dir = ''
let file = ''

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'sallyport-shared-'))
  file = join(dir, 'records.ndjson')
})

afterEach(() => rm(dir, { recursive: true }))

function line(writer: string, index: number): string {
  const filler = writer.repeat(Math.ceil((longestLine * (index % 7)) / 7 / writer.length))
  return `${JSON.stringify({ writer, index, filler })}\n`
}

async function linesOf(name: string): Promise<{ writer: string; index: number }[]> {
  const text = await readFile(name, 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((one) => JSON.parse(one) as { writer: string; index: number })
}

const program = (name: string, path: string): string => `
import { LogFile } from ${JSON.stringify(join(import.meta.dirname, '../../src/audit/log-file.ts'))}
const sink = new LogFile(${JSON.stringify(path)}, true)
await sink.reopen()
${line.toString()}
const longestLine = ${longestLine}
for (let index = 0; index < ${linesEach}; index += 1) {
  const bytes = Buffer.from(line(${JSON.stringify(name)}, index))
  for (let offset = 0; offset < bytes.length; ) offset += await sink.write(bytes, offset)
}
`

test('keep the lines of each whole and in order, however long they are', async () => {
  await Promise.all(
    Array.from({ length: writers }, async (_, index) => {
      const code = program(`writer-${index}-`, file)
      const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
        stdio: 'inherit',
      })
      expect(await once(child, 'exit')).toEqual([0, null])
    }),
  )
  const lines = await linesOf(file)
  expect(lines).toHaveLength(writers * linesEach)
  for (const [writer, own] of Map.groupBy(lines, (one) => one.writer)) {
    expect([writer, own.map(({ index }) => index)]).toEqual([
      writer,
      Array.from({ length: linesEach }, (_, index) => index),
    ])
  }
})

test("do not continue a line that another's end cut short", async () => {
  const sink = new LogFile(file, true)
  await sink.reopen()
  await sink.write(Buffer.from('{"a":1}\n'), 0)
  await appendFile(file, '{"half":')
  await sink.write(Buffer.from('{"b":2}\n{"c":3}\n'), 0)
  await sink.close()
  expect(await readFile(file, 'utf8')).toBe('{"a":1}\n{"half":\n{"b":2}\n{"c":3}\n')
})

test('hand over to one writer, who mixes nothing and says when it is done', async () => {
  const written: string[] = []
  const collector = new LineCollector(
    {
      reopen: () => Promise.resolve(true),
      // A pipe that takes a few octets at a time.
      write: (bytes, offset) => {
        const part = bytes.subarray(offset, offset + 5)
        written.push(Buffer.from(part).toString())
        return Promise.resolve(part.length)
      },
      isUnlinked: () => Promise.resolve(false),
      close: () => Promise.resolve(),
    },
    silent,
  )
  const sinks = ['first', 'second'].map(() => createRelaySink((lines) => collector.append(lines)))
  const done: number[] = []
  await Promise.all(
    sinks.map(async (sink, index) => {
      const bytes = Buffer.from(`{"writer":${index}}\n{"again":${index}}\n`)
      expect(await sink.write(bytes, 0)).toBe(bytes.length)
      done.push(index)
      // By now all of its own is out, and nothing of a later one is before it.
      expect(written.join('').split('\n')).toContain(`{"again":${index}}`)
    }),
  )
  await collector.close(1_000)
  expect(done).toEqual([0, 1])
  expect(written.join('')).toBe('{"writer":0}\n{"again":0}\n{"writer":1}\n{"again":1}\n')
})

test('wait while their writer cannot write, and go on afterwards', async () => {
  let isFull = true
  const said: string[] = []
  const collector = new LineCollector(
    {
      reopen: () => Promise.resolve(true),
      write: (bytes, offset) =>
        isFull ? Promise.reject(new Error('full')) : Promise.resolve(bytes.length - offset),
      isUnlinked: () => Promise.resolve(false),
      close: () => Promise.resolve(),
    },
    { failing: () => said.push('failing'), recovered: () => said.push('recovered') },
  )
  const writing = collector.append(Buffer.from('{}\n'))
  await expect.poll(() => said).toEqual(['failing'])
  isFull = false
  await writing
  await expect.poll(() => said).toEqual(['failing', 'recovered'])
  await collector.close(1_000)
})

test('lose nothing to one that is killed in the middle of a line', async () => {
  const sink = new LogFile(file, true)
  await sink.reopen()
  const lines = 60
  for (let index = 0; index < lines; index += 1) {
    const writing = sink.write(Buffer.from(line('whole', index % 3)), 0)
    // Somewhere between the look at the end of the file and the write behind it.
    await new Promise((resolve) => setTimeout(resolve, (index % 6) * 0.2))
    await appendFile(file, `{"writer":"killed","index":${index},"fil`)
    await writing
  }
  const whole = (await readFile(file, 'utf8'))
    .split('\n')
    .filter((one) => one.startsWith('{"writer":"whole"') && one.endsWith('"}'))
  expect(whole).toHaveLength(lines)
})
