import type { AuditRecorder } from '../audit/audit.ts'
import type { CertificateFiles } from '../certificates/watch-certificates.ts'
import type { Issuers } from '../issuers/issuers.ts'
import type { ReadinessItem } from '../operations/readiness.ts'
import type { SharedRedis } from '../redis/redis.ts'
import type { PolicyState } from './reload.ts'

export interface ReadinessSources {
  /** Null before there are any. */
  readonly policies: { readonly state: PolicyState | null }
  readonly issuers: Pick<Issuers, 'ready'>
  readonly recorder: Pick<AuditRecorder, 'state'>
  readonly certificates: Pick<CertificateFiles, 'rejected'>
  /** Null: there is none. */
  readonly redis?: Pick<SharedRedis, 'state'> | null
  /** Where several processes serve: how many do, and how many should. */
  readonly workers?: { readonly serving: number; readonly wanted: number }
  /** When the shutdown began; null while running. */
  drainingSinceMs(): number | null
}

/**
 * Unready takes a process out of service, so it is said only when others would do better: it is
 * shutting down, or cannot verify any token yet. A rejected change of the policies is everywhere
 * alike, and the last good set still decides: degraded, for somebody to look.
 */
export function listReadiness(sources: ReadinessSources): readonly ReadinessItem[] {
  return [
    ...describePolicies(sources.policies.state),
    ...describeIssuers(sources.issuers),
    describeRecords(sources.recorder),
    ...describeCertificates(sources.certificates),
    ...describeRedis(sources.redis ?? null),
    ...describeWorkers(sources.workers),
    ...describeDraining(sources.drainingSinceMs()),
  ]
}

function describePolicies(state: PolicyState | null): readonly ReadinessItem[] {
  if (state === null) return []
  const { rejected, liveSinceMs, generation } = state
  if (rejected === null) {
    return [{ name: 'policies', state: 'ready', sinceMs: liveSinceMs, reason: null }]
  }
  return [
    {
      name: 'policies',
      state: 'degraded',
      sinceMs: rejected.atMs,
      reason: `the last change was rejected (${rejected.reason}); generation ${generation} goes on deciding`,
      ...(rejected.details.length === 0 ? {} : { details: rejected.details }),
    },
  ]
}

function describeIssuers(issuers: ReadinessSources['issuers']): readonly ReadinessItem[] {
  const all = issuers.ready()
  const isAnyReady = all.some(({ ready }) => ready)
  return all.map(({ issuer, ready, reason }) => ({
    name: `issuer ${issuer}`,
    state: ready ? 'ready' : isAnyReady ? 'degraded' : 'unready',
    sinceMs: null,
    reason,
  }))
}

function describeRecords(recorder: ReadinessSources['recorder']): ReadinessItem {
  const { isFailing, sinceMs, reason } = recorder.state()
  return { name: 'records', state: isFailing ? 'degraded' : 'ready', sinceMs, reason }
}

/** Said only when there is something to say: not everybody has certificates. */
function describeCertificates({
  rejected,
}: ReadinessSources['certificates']): readonly ReadinessItem[] {
  return rejected.map(({ area, atMs, reason }) => ({
    name: `certificates of ${area}`,
    state: 'degraded',
    sinceMs: atMs,
    reason: `the last change was rejected (${reason}); the ones before go on serving`,
  }))
}

/** Never unready: everything goes on without it. */
function describeRedis(redis: Pick<SharedRedis, 'state'> | null): readonly ReadinessItem[] {
  if (redis === null) return []
  const { awayReason, findings } = redis.state()
  const item = { name: 'redis', sinceMs: null }
  if (awayReason !== null) return [{ ...item, state: 'degraded', reason: awayReason }]
  if (findings.length === 0) return [{ ...item, state: 'ready', reason: null }]
  const details = findings.map(({ code, message, hint }) => `${code}: ${message}; ${hint}`)
  return [{ ...item, state: 'degraded', reason: 'it is not set up as it should be', details }]
}

function describeDraining(sinceMs: number | null): readonly ReadinessItem[] {
  if (sinceMs === null) return []
  return [{ name: 'draining', state: 'unready', sinceMs, reason: 'the process is shutting down' }]
}

function describeWorkers(workers: ReadinessSources['workers']): readonly ReadinessItem[] {
  if (workers === undefined) return []
  const { serving, wanted } = workers
  const state = serving >= wanted ? 'ready' : serving > 0 ? 'degraded' : 'unready'
  const reason = state === 'ready' ? null : `${serving} of ${wanted} serve`
  return [{ name: 'workers', state, sinceMs: null, reason }]
}
