import { expect, it } from 'vitest'
import { giveBack, takeCopy } from '../../src/enforce/body-copies.ts'

const octets = Buffer.from(Array.from({ length: 65_536 }, (_, at) => at & 255))

it.each([0, 1, 32_767, 32_768, 40_000, 65_536])('copies %i octets', (length) => {
  const copy = takeCopy(octets, 0, length)
  expect(copy.equals(octets.subarray(0, length))).toBe(true)
  giveBack(copy)
})

it('uses memory again that was given back, and none that was not', () => {
  const first = takeCopy(octets, 0, 65_536)
  const second = takeCopy(octets, 0, 65_536)
  expect(second.buffer).not.toBe(first.buffer)
  giveBack(first)
  expect(takeCopy(octets, 0, 40_000).buffer).toBe(first.buffer)
  expect(takeCopy(octets, 0, 40_000).buffer).not.toBe(first.buffer)
})

it('keeps no more than two megabytes', () => {
  const copies = Array.from({ length: 100 }, () => takeCopy(octets, 0, 65_536))
  for (const copy of copies) giveBack(copy)
  const again = Array.from({ length: 100 }, () => takeCopy(octets, 0, 65_536))
  const buffers = new Set(copies.map(({ buffer }) => buffer))
  expect(again.filter(({ buffer }) => buffers.has(buffer))).toHaveLength(32)
})
