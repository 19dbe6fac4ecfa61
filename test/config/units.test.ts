import { assert, nat, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  formatDuration,
  formatSize,
  parseDurationMs,
  parseSizeBytes,
} from '../../src/config/units.ts'

describe('durations and sizes', () => {
  test.each([
    ['500ms', 500],
    ['10s', 10_000],
    ['15m', 900_000],
    ['24h', 86_400_000],
    ['1d', 86_400_000],
    ['0s', 0],
  ])('reads %s', (text, milliseconds) => {
    expect(parseDurationMs(text)).toBe(milliseconds)
  })

  test.each([
    '10',
    '',
    's',
    '1.5s',
    '-1s',
    '10 s',
    '10S',
    '10min',
    '1e3s',
    '10s\n',
    '٣s',
    '10constructor',
  ])('refuses the duration %j', (text) => {
    expect(parseDurationMs(text)).toBeNull()
  })

  test.each([
    ['512B', 512],
    ['16KiB', 16_384],
    ['1MiB', 1_048_576],
    ['1GiB', 1_073_741_824],
  ])('reads %s', (text, bytes) => {
    expect(parseSizeBytes(text)).toBe(bytes)
  })

  test.each(['16', '16KB', '16k', '16kib', '1.5MiB', '0x10B'])('refuses the size %j', (text) => {
    expect(parseSizeBytes(text)).toBeNull()
  })

  test('writes what it reads', () => {
    assert(
      property(nat(), (value) => {
        expect(parseDurationMs(formatDuration(value))).toBe(value)
        expect(parseSizeBytes(formatSize(value))).toBe(value)
      }),
    )
  })
})
