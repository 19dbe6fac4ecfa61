import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const log = join(import.meta.dirname, '../../src/telemetry/log.ts')
const lines = 100_000
const lineBytes = 300

it('keeps a bounded amount of what nobody reads, drops the rest, and counts what it drops', async () => {
  const program = `
    const { createLog } = await import(${JSON.stringify(log)})
    const log = createLog('info')
    for (let line = 0; line < ${lines}; line += 1) {
      log.info({ padding: 'x'.repeat(${lineBytes}) }, 'A line')
      if (line % 1_000 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
    process.stdout.write(String(log.droppedLines()))
    process.stdin.resume()
  `
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const [dropped] = (await once(child.stdout, 'data')) as [Buffer]
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  child.stdin.end()
  await once(child, 'close')
  expect(said.length).toBeGreaterThan(1_000_000)
  expect(said.length).toBeLessThan(10_000_000)
  // What is dropped is dropped by the line.
  const read = said.trimEnd().split('\n')
  expect(read.every((line) => line.startsWith('{"level":"info"') && line.endsWith('"}'))).toBe(true)
  expect(read.length + Number(dropped.toString())).toBe(lines)
})
