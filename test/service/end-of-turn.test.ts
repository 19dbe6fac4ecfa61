import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { writeAtEndOfTurn, writeNow } from '../../src/service/end-of-turn.ts'

const written: string[] = []
const write = (name: string, then?: () => void): void =>
  writeAtEndOfTurn({
    endOfTurn: () => {
      written.push(name)
      then?.()
    },
  })

it('writes in order, when the turn is over', async () => {
  written.length = 0
  write('one')
  write('two')
  await Promise.resolve()
  expect(written).toEqual([])
  await turn()
  expect(written).toEqual(['one', 'two'])
})

it('writes at once what must be ahead of something else, and only once', async () => {
  written.length = 0
  write('one')
  writeNow()
  expect(written).toEqual(['one'])
  write('two')
  await turn()
  expect(written).toEqual(['one', 'two'])
})

it('leaves to the next turn what comes while it writes', async () => {
  written.length = 0
  write('one', () => write('two'))
  await turn()
  expect(written).toEqual(['one'])
  await turn()
  expect(written).toEqual(['one', 'two'])
})
