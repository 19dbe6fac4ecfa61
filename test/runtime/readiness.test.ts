import { describe, expect, test } from 'vitest'
import { listReadiness, type ReadinessSources } from '../../src/runtime/readiness.ts'

const digest = 'd'
const good = { generation: 3, digest, liveSinceMs: 1, rejected: null }

describe('readiness', () => {
  test('is ready when policies, issuers and records are', () => {
    expect(statesOf({})).toEqual({ policies: 'ready', 'issuer a': 'ready', records: 'ready' })
  })

  test('with one issuer of two gone is degraded, with all of them gone unready', () => {
    const issuer = (name: string, ready: boolean) => ({ issuer: name, ready, reason: null })
    expect(statesOf({ issuers: [issuer('a', true), issuer('b', false)] })).toMatchObject({
      'issuer a': 'ready',
      'issuer b': 'degraded',
    })
    expect(statesOf({ issuers: [issuer('a', false), issuer('b', false)] })).toMatchObject({
      'issuer a': 'unready',
      'issuer b': 'unready',
    })
  })

  test('with a rejected change is degraded and says what goes on deciding', () => {
    const rejected = { atMs: 5, reason: '1 error in 1 file', details: ['a.yaml:1:1: no'] }
    const [policies] = listReadiness(sources({ state: { ...good, rejected } }))
    expect(policies).toEqual({
      name: 'policies',
      state: 'degraded',
      sinceMs: 5,
      reason: 'the last change was rejected (1 error in 1 file); generation 3 goes on deciding',
      details: ['a.yaml:1:1: no'],
    })
  })

  test('with records that cannot be written is degraded', () => {
    expect(statesOf({ isFailing: true })).toMatchObject({ records: 'degraded' })
  })

  test('with certificates that were rejected is degraded', () => {
    const certificates = [{ area: 'gateway', atMs: 5, reason: 'app.pem expired' }] as const
    expect(statesOf({ certificates })).toMatchObject({ 'certificates of gateway': 'degraded' })
  })

  test('while shutting down is unready', () => {
    expect(statesOf({ drainingSinceMs: 7 })).toMatchObject({ draining: 'unready' })
  })
})

interface Situation {
  readonly state?: ReadinessSources['policies']['state']
  readonly issuers?: ReturnType<ReadinessSources['issuers']['ready']>
  readonly isFailing?: boolean
  readonly certificates?: ReadinessSources['certificates']['rejected']
  readonly drainingSinceMs?: number
}

function sources({
  state = good,
  issuers = [{ issuer: 'a', ready: true, reason: null }],
  isFailing = false,
  certificates = [],
  drainingSinceMs,
}: Situation): ReadinessSources {
  return {
    policies: { state },
    issuers: { ready: () => issuers },
    recorder: { state: () => ({ isFailing, sinceMs: null, reason: null, queued: 0 }) },
    certificates: { rejected: certificates },
    drainingSinceMs: () => drainingSinceMs ?? null,
  }
}

function statesOf(situation: Situation): Record<string, string> {
  const items = listReadiness(sources(situation))
  return Object.fromEntries(items.map(({ name, state }) => [name, state]))
}
