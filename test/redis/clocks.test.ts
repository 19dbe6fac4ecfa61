import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Registry } from 'prom-client'
import { createIntrospectionVerifier } from '../../src/authenticate/introspection-verifier.ts'
import {
  defaultIntrospectionOptions,
  defaultIssuerOptions,
} from '../../src/authenticate/options.ts'
import { createCacheMetrics } from '../../src/redis/cache-metrics.ts'
import type { RedisClient } from '../../src/redis/client.ts'
import { createSharedAnswers } from '../../src/redis/shared-answers.ts'
import { SharedKeySets } from '../../src/redis/shared-key-sets.ts'
import { createManualClock, type ManualClock } from '../authenticate/manual-clock.ts'
import { type RedisServer, startRedis } from '../support/redis-server.ts'
import { until } from '../support/until.ts'
import { openClient } from './redis-client.ts'

const maxAgeS = 40
const skewS = 30
/** How wrong the clock of a sidecar is, in seconds. */
const offsets = [-300, -20, 0, 45, 300]
const pairs = offsets.flatMap((maker) => offsets.map((reader) => [maker, reader] as const))
/** So long after the clock that is behind has come to where the other one began. */
const beyondS = 2 * maxAgeS
const stepS = 20
const url = 'https://login.example.com/introspect'

let server: RedisServer
let makers: RedisClient
let readers: RedisClient

beforeAll(async () => {
  server = await startRedis()
  makers = (await openClient({ nodes: [server.node] })).client
  readers = (await openClient({ nodes: [server.node] })).client
})
afterAll(async () => {
  makers.close()
  readers.close()
  await server.remove()
})

function clockOf(offsetS: number): ManualClock {
  return createManualClock(1_800_000_000 + offsetS)
}

/** A sidecar whose issuer says that a token is active for as long as it is. */
function sidecar(client: RedisClient, clock: ManualClock, isActive: () => boolean) {
  const issuer = {
    ...defaultIssuerOptions,
    issuer: 'https://login.example.com',
    audiences: ['api'],
  }
  const endpoint = {
    ask: () => {
      const answer = isActive()
        ? { active: true, sub: 'alice', aud: 'api', exp: clock.nowS() + 3_600 }
        : { active: false }
      return Promise.resolve({ kind: 'answer', text: JSON.stringify(answer) } as const)
    },
  }
  const introspection = {
    ...defaultIntrospectionOptions,
    url,
    clientId: 'gateway',
    clientSecret: 'secret',
    maxAgeS,
  }
  const shared = createSharedAnswers({ client, clock, metrics: createCacheMetrics(new Registry()) })
  return createIntrospectionVerifier({ issuer, introspection, endpoint }, skewS, clock, shared)
}

describe.each(['keeps its times', 'keeps everything for ever'])('with a Redis that %s', (what) => {
  const isHonest = what === 'keeps its times'

  /** By real time none of it would end within this test. */
  const passed = async (passedS: number, key: string): Promise<void> => {
    if (passedS === 0) await server.ask('PERSIST', key)
    if (isHonest && passedS === maxAgeS) await server.ask('DEL', key)
  }

  it('no answer about a token is used beyond its bound, whatever the clocks', async () => {
    let shared = 0
    for (const [makerS, readerS] of pairs) {
      const [makerClock, readerClock] = [makerS, readerS].map(clockOf) as [ManualClock, ManualClock]
      const token = `token of ${makerS} for ${readerS}, ${what}`
      let isActive = true
      const maker = sidecar(makers, makerClock, () => isActive)
      const reader = sidecar(readers, readerClock, () => isActive)
      expect(await maker.verify(token, null)).toMatchObject({ answer: { credential: 'bearer' } })
      const { value } = makers.keys.value('introspection', url, 'gateway', token)
      await until('the answer in Redis', async () => (await server.get(value)) !== null)
      isActive = false
      const aheadS = Math.max(0, makerS - readerS)
      let lastS = -1
      let untilS = -1
      for (let passedS = 0; passedS <= aheadS + beyondS; passedS += stepS) {
        await passed(passedS, value)
        const verdict = await reader.verify(token, null)
        if ('answer' in verdict && !('kind' in verdict.answer)) {
          lastS = passedS
          const endS = (verdict.usableUntilMs ?? Infinity) / 1_000 - clockOf(readerS).nowS()
          untilS = Math.max(untilS, endS)
        }
        for (const clock of [makerClock, readerClock]) clock.advanceS(stepS)
      }
      expect(lastS, `${makerS} and ${readerS}`).toBeLessThan(maxAgeS + Math.min(aheadS, skewS))
      expect(untilS).toBeLessThanOrEqual(maxAgeS + aheadS)
      expect(lastS).toBeGreaterThanOrEqual(makerS === readerS ? maxAgeS - stepS : -1)
      if (lastS >= 0) shared += 1
    }
    // So that this cannot pass by nothing being shared.
    expect(shared).toBeGreaterThan(offsets.length)
  })

  it('no key set is used beyond its bound, whatever the clocks', async () => {
    for (const [makerS, readerS] of pairs) {
      const [makerClock, readerClock] = [makerS, readerS].map(clockOf) as [ManualClock, ManualClock]
      const parts = [`issuer of ${makerS} for ${readerS}, ${what}`]
      const read = { document: { keys: [] }, readAtMs: makerClock.nowMs() }
      await new SharedKeySets(makers, makerClock, maxAgeS * 1_000).write(parts, read)
      const { value } = makers.keys.value('key-set', ...parts)
      const reader = new SharedKeySets(readers, readerClock, maxAgeS * 1_000)
      const aheadS = Math.max(0, makerS - readerS)
      let lastS = -1
      for (let passedS = 0; passedS <= aheadS + beyondS; passedS += stepS) {
        await passed(passedS, value)
        if ((await reader.read(parts)) !== null) lastS = passedS
        for (const clock of [makerClock, readerClock]) clock.advanceS(stepS)
      }
      expect(lastS, `${makerS} and ${readerS}`).toBeLessThan(maxAgeS + (isHonest ? 0 : aheadS))
      expect(lastS).toBeGreaterThanOrEqual(makerS === readerS ? maxAgeS - stepS : -1)
    }
  })
})
