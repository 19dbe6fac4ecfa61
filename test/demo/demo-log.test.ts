import { describe, expect, it } from 'vitest'

import { createDemoLog } from '../../src/demo/demo-log.ts'

function record() {
  const lines: string[] = []
  return { lines, log: createDemoLog((line) => lines.push(line)) }
}

describe('what a watcher of the terminal sees', () => {
  it('is a sentence and what it is about, without what is empty', () => {
    const { lines, log } = record()
    log.warn({ path: '/x', rules: ['a', 'b'], errors: [], nothing: null, none: 0 }, 'Denied')
    expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d warning: Denied: path \/x, rules a b$/)
  })

  it('holds back notes until they are wanted', () => {
    const { lines, log } = record()
    log.info({}, 'Started')
    log.showNotes()
    log.info({}, 'Changed')
    log.debug({}, 'Detail')
    expect(lines).toEqual([expect.stringMatching(/ Changed$/)])
  })

  it('does not let a request steer the terminal', () => {
    const { lines, log } = record()
    log.error({ path: '/\u001b[2J\r\n\u202efake', err: new Error('bad\u0007') }, 'Refused')
    expect(lines[0]).toMatch(/path \/ \[2J {3}fake, err bad $/)
  })

  it('cuts what is long', () => {
    const { lines, log } = record()
    log.error({ path: 'x'.repeat(5_000) }, 'Refused')
    expect(lines[0]?.length).toBeLessThan(400)
  })
})
