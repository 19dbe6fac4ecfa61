import { execFile } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import type { Config } from '../../src/config/config.ts'
import { countWorkers } from '../../src/runtime/worker-share.ts'

const withWorkers = (workers: number): Config => ({ gateway: { workers } }) as Config
const source = join(import.meta.dirname, '../../src/runtime/worker-share.ts')

it('serves from as many processes as there are processors, unless told otherwise', () => {
  expect(countWorkers(withWorkers(0))).toBe(Math.min(availableParallelism(), 64))
  expect(countWorkers(withWorkers(3))).toBe(3)
})

it('serves from one process, without a primary, where it may use one processor only', async () => {
  const script = `import { countWorkers } from ${JSON.stringify(source)}
process.stdout.write(String(countWorkers({ gateway: { workers: 0 } })))`
  const node = [process.execPath, '--input-type=module', '-e', script]
  const { stdout } = await promisify(execFile)('taskset', ['-c', '0', ...node])
  expect(stdout).toBe('1')
})
