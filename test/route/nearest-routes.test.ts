import { describe, expect, it } from 'vitest'
import { nearestRoutes } from '../../src/route/nearest-routes.ts'
import { tableOf } from './samples.ts'
import { processorMs } from '../support/processor-ms.ts'

describe('the routes nearest to a request that matched none', () => {
  it('names those that share the longest part of the path', () => {
    const table = tableOf('GET /a/b/c', 'GET /a/x', 'POST /a/b/d', 'GET /z')
    expect(nearestRoutes(table, 'GET', 'h', '/a/b/e')).toEqual([
      'GET /a/b/c',
      'POST /a/b/d',
      'GET /a/x',
    ])
  })

  it('names the hosts when no host fits', () => {
    const table = tableOf('GET a.test/x', 'GET *.b.test/y')
    expect(nearestRoutes(table, 'GET', 'c.test', '/x')).toEqual(['host a.test', 'host *.b.test'])
  })

  it('names nothing when there is nothing', () => {
    expect(nearestRoutes(tableOf(), 'GET', 'h', '/')).toEqual([])
  })

  it('examines a bounded number of routes, however many there are', () => {
    const table = tableOf(...Array.from({ length: 5_000 }, (_, n) => `GET /x${n}/y`))
    const tookMs = processorMs(() => {
      for (let n = 0; n < 1_000; n += 1) nearestRoutes(table, 'GET', 'h', '/q/y')
    })
    expect(tookMs).toBeLessThan(2_000)
  })
})
