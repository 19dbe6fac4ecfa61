import { describe, expect, it } from 'vitest'

import { ExpiringMap } from '../../src/demo/expiring-map.ts'

describe('a map that forgets', () => {
  it('gives back what is not over', () => {
    const map = new ExpiringMap<number>(2)
    map.set('a', 1, 60_000)
    map.set('b', 2, -1)
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, undefined])
  })

  it('makes room by the oldest', () => {
    const map = new ExpiringMap<number>(2)
    for (const key of ['a', 'b', 'c']) map.set(key, 1, 60_000)
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([undefined, 1, 1])
  })

  it('forgets all that match at once', () => {
    const map = new ExpiringMap<string>(9)
    for (const key of ['a', 'b', 'c']) map.set(key, key === 'c' ? 'other' : 'same', 60_000)
    map.deleteWhere((value) => value === 'same')
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([undefined, undefined, 'other'])
  })
})
