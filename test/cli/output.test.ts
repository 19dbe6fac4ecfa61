import { PassThrough, Writable } from 'node:stream'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createOutput } from '../../src/cli/output.ts'

describe('colours', () => {
  const kept = { noColor: process.env['NO_COLOR'], term: process.env['TERM'] }

  beforeEach(() => {
    delete process.env['NO_COLOR']
    process.env['TERM'] = 'xterm'
  })

  afterEach(() => {
    if (kept.noColor !== undefined) process.env['NO_COLOR'] = kept.noColor
    if (kept.term === undefined) delete process.env['TERM']
    else process.env['TERM'] = kept.term
  })

  test('are for a terminal', () => {
    expect(styled(true)).toBe('\u001b[31mno\u001b[39m')
  })

  test('are not for a file or a pipe', () => {
    expect(styled(false)).toBe('no')
  })

  test('are not for who says NO_COLOR', () => {
    process.env['NO_COLOR'] = '1'
    expect(styled(true)).toBe('no')
  })

  test('are not for a dumb terminal', () => {
    process.env['TERM'] = 'dumb'
    expect(styled(true)).toBe('no')
  })

  test('of an error depend on where errors go', () => {
    const stderr = new PassThrough()
    const stdout = Object.assign(new PassThrough(), { isTTY: true })
    createOutput(stdout, stderr).error('lost')
    expect(String(stderr.read())).toBe('Error: lost\n')
  })
})

describe('a stream that fails', () => {
  function failing(code: string): Writable {
    return new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('failed'), { code })),
    })
  }

  test('has lost the result', async () => {
    const output = createOutput(failing('ENOSPC'), new PassThrough())
    output.result('yes')
    expect(await output.flush()).toMatchObject({ code: 'ENOSPC' })
  })

  test('has lost nothing anybody wants when its reader went away', async () => {
    const output = createOutput(failing('EPIPE'), new PassThrough())
    output.result('yes')
    expect(await output.flush()).toBeNull()
  })

  test('cannot tell of itself where errors are told', async () => {
    const output = createOutput(new PassThrough(), failing('ENOSPC'))
    output.note('careful')
    expect(await output.flush()).toBeNull()
  })
})

function styled(isTTY: boolean): string {
  const stdout = Object.assign(new PassThrough(), { isTTY })
  return createOutput(stdout, new PassThrough()).style('red', 'no')
}
