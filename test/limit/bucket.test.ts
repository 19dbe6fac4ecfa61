import { array, assert, constantFrom, double, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AddressPrefixes } from '../../src/limit/address-prefixes.ts'
import { Bucket } from '../../src/limit/bucket.ts'
import { limitFields } from '../../src/limit/limit-fields.ts'
import { readRate } from '../../src/model/rate-limit.ts'

/** Takes as often as it may at one moment. */
function drain(bucket: Bucket, nowMs: number): number {
  let taken = 0
  while (bucket.waitMs(nowMs) === 0 && taken < 10_000) {
    bucket.take(1, nowMs)
    taken += 1
  }
  return taken
}

/** Ten in a second. */
const ten = (): Bucket => new Bucket('subject', 'alice', 100, 1_000)

describe('a bucket', () => {
  it('holds as many as its burst, and gets them back one by one', () => {
    const bucket = ten()
    expect(drain(bucket, 5_000)).toBe(10)
    expect(bucket.waitMs(5_000)).toBeCloseTo(100)
    expect(drain(bucket, 5_099)).toBe(0)
    expect(drain(bucket, 5_100)).toBe(1)
    expect(drain(bucket, 5_450)).toBe(3)
    expect(drain(bucket, 60_000)).toBe(10)
  })

  it('holds what its rate says, however the numbers divide', () => {
    assert(
      property(
        integer({ min: 1, max: 997 }),
        constantFrom(1_000, 60_000, 3_600_000),
        integer({ min: 1, max: 500 }),
        double({ min: 0, max: 1e9, noNaN: true }),
        (count, windowMs, burst, nowMs) => {
          const intervalMs = windowMs / count
          expect(drain(new Bucket('', '', intervalMs, intervalMs * burst), nowMs)).toBe(burst)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('lets through no more than burst and rate over any time, whenever they come', () => {
    assert(
      property(array(integer({ min: 0, max: 400 }), { maxLength: 200 }), (gaps) => {
        const bucket = ten()
        let [nowMs, taken] = [0, 0]
        for (const gap of gaps) {
          nowMs += gap
          if (bucket.waitMs(nowMs) > 0) continue
          bucket.take(1, nowMs)
          taken += 1
        }
        expect(taken).toBeLessThanOrEqual(10 + nowMs / 100 + 1e-6)
      }),
    )
  })

  it('owes no more than itself, whatever others took', () => {
    const bucket = ten()
    bucket.take(1_000_000, 0)
    expect(bucket.waitMs(0)).toBeLessThanOrEqual(1_100)
    expect(drain(bucket, 1_100)).toBe(1)
  })

  it('is overdrawn when more was taken than it holds, and not when it is empty', () => {
    for (const bucket of [ten(), new Bucket('', '', 100 / 3, 1_000 / 3)]) {
      expect(drain(bucket, 0)).toBe(10)
      expect(bucket.isOverdrawn(0)).toBe(false)
      bucket.take(1, 0)
      expect(bucket.isOverdrawn(0)).toBe(true)
      expect(bucket.isOverdrawn(bucket.intervalMs)).toBe(false)
    }
  })

  it('learns what others took, and does not forget what it took itself since', () => {
    const bucket = ten()
    bucket.take(2, 0)
    bucket.untold = 1
    bucket.learn(600, 0)
    expect(bucket.left(0)).toBe(3)
  })

  it('is never made fuller by what it is told, nor emptier than twice itself', () => {
    const bucket = ten()
    drain(bucket, 0)
    for (const lie of [0, -1, Number.NaN, -Infinity]) {
      bucket.learn(lie, 0)
      expect(bucket.left(0)).toBe(0)
    }
    bucket.learn(Infinity, 0)
    expect(bucket.spentMs(0)).toBe(2_000)
  })
})

describe('what a client is told', () => {
  it('is what is left, until when, and of which limit', () => {
    const bucket = ten()
    bucket.take(4, 0)
    expect(limitFields([bucket], null, 0)).toEqual([
      'RateLimit-Policy',
      '"subject";q=10;w=1',
      'RateLimit',
      '"subject";r=6;t=1',
    ])
  })

  it('is at least a second to wait', () => {
    const bucket = ten()
    drain(bucket, 0)
    expect(limitFields([], bucket, 0)).toEqual(['Retry-After', '1'])
    const slow = new Bucket('', '', 60_000, 60_000)
    slow.take(1, 0)
    expect(limitFields([], slow, 500)).toEqual(['Retry-After', '60'])
  })
})

describe('a rate', () => {
  it.each([
    ['10/s', { count: 10, windowS: 1, burst: 10 }],
    ['100/m burst 20', { count: 100, windowS: 60, burst: 20 }],
    ['1/h', { count: 1, windowS: 3_600, burst: 1 }],
    ['5/d burst 1', { count: 5, windowS: 86_400, burst: 1 }],
  ])('is written %s', (text, rate) => {
    expect(readRate(text)).toEqual(rate)
  })

  it.each([
    '',
    '0/s',
    '10',
    '10/x',
    '-1/s',
    '1.5/s',
    '10/s burst 0',
    '10 /s',
    '10/s  burst 2',
    '9999999999/s',
  ])('is not %j', (text) => {
    expect(readRate(text)).toBeNull()
  })
})

describe('addresses counted as one', () => {
  const narrow = new AddressPrefixes(32, 64)

  it('are those of one IPv6 network, however they are written', () => {
    expect(narrow.of('2001:db8:1:2::1')).toBe(narrow.of('2001:db8:1:2:ffff:1:2:3'))
    expect(narrow.of('2001:db8:1:2::1')).toBe(narrow.of('2001:0db8:1:2::'))
    expect(narrow.of('2001:db8:1:2::1')).not.toBe(narrow.of('2001:db8:1:3::1'))
    expect(narrow.of('fe80::1%eth0')).toBe(narrow.of('fe80::2%eth0'))
    expect(narrow.of('::1')).not.toBe(narrow.of('1::'))
    expect(narrow.of('64:ff9b::192.0.2.1')).toBe(narrow.of('64:ff9b::c000:201'))
  })

  it('are single IPv4 addresses, or those of a network', () => {
    expect(narrow.of('192.0.2.1')).not.toBe(narrow.of('192.0.2.2'))
    const wide = new AddressPrefixes(24, 48)
    expect(wide.of('192.0.2.1')).toBe(wide.of('192.0.2.254'))
    expect(wide.of('192.0.2.1')).not.toBe(wide.of('192.0.3.1'))
    expect(wide.of('2001:db8:1:2::')).toBe(wide.of('2001:db8:1:3::'))
    expect(wide.of('255.0.0.0')).not.toBe(wide.of('254.0.0.0'))
  })
})
