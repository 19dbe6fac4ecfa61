import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { hashOfDecisions } from './decide-in-process.ts'
import { childEnvironment } from '../support/child-environment.ts'

const run = promisify(execFile)
const script = join(import.meta.dirname, 'decide-in-process.ts')
const seed = 42

describe('the same policies', () => {
  it('have one digest and decide alike, whatever the order of their files', () => {
    const hash = hashOfDecisions(seed, 'as-is')
    expect(hashOfDecisions(seed, 'reversed')).toBe(hash)
    expect(hashOfDecisions(seed, 'shuffled')).toBe(hash)
    expect(hashOfDecisions(seed + 1, 'as-is')).not.toBe(hash)
  })

  it('decide alike in every process, however it is set up', { timeout: 60_000 }, async () => {
    const hash = hashOfDecisions(seed, 'as-is')
    const setups = [
      [[], {}],
      [['--hash-seed=7', '--random-seed=7'], { TZ: 'Asia/Kathmandu', LC_ALL: 'tr_TR.UTF-8' }],
      [['--no-opt', '--disallow-code-generation-from-strings'], { TZ: 'America/Los_Angeles' }],
    ] as const
    for (const [at, [options, env]] of setups.entries()) {
      const order = at % 2 === 0 ? 'reversed' : 'as-is'
      const { stdout } = await run(process.execPath, [...options, script, String(seed), order], {
        env: childEnvironment(env),
      })
      expect(stdout).toBe(hash)
    }
  })
})
