import type { PolicySet } from '../decide/policy-set.ts'
import type { SnapshotHolder } from '../gateway/snapshot.ts'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { LiveSet } from './live-policies.ts'

type ReloadResult = 'swapped' | 'unchanged' | 'rejected'

export interface PolicyMetrics {
  /** A set is live: at start and after each swap. */
  setLive(live: LoadedSet): void
  countReload(result: ReloadResult): void
}

interface LoadedSet extends LiveSet {
  readonly loadedAtMs: number
}

export function createPolicyMetrics(registry: Registry): PolicyMetrics {
  const registers = [registry]
  const reloads = new Counter({
    name: 'sallyport_policy_reload_total',
    help: 'Changes of the policy folder, by result: swapped, unchanged, rejected',
    labelNames: ['result'] as const,
    registers,
  })
  for (const result of ['swapped', 'unchanged', 'rejected']) reloads.inc({ result }, 0)
  const isCurrent = new Gauge({
    name: 'sallyport_policy_current',
    help: '1: what decides is what the folder holds; 0: the last change was rejected',
    registers,
  })
  const info = new Gauge({
    name: 'sallyport_policy_info',
    help: 'Digest of the policy set that decides; always 1',
    labelNames: ['digest'] as const,
    registers,
  })
  const generation = new Gauge({
    name: 'sallyport_policy_generation',
    help: 'Policy sets since start, from 1',
    registers,
  })
  const rules = new Gauge({
    name: 'sallyport_policy_rules',
    help: 'Rules in the policy set that decides',
    registers,
  })
  const lastSuccess = new Gauge({
    name: 'sallyport_policy_last_success_timestamp_seconds',
    help: 'When the folder was last read without an error, seconds since the Unix epoch',
    registers,
  })
  return {
    setLive: (live) => {
      info.reset()
      info.set({ digest: live.digest }, 1)
      generation.set(live.generation)
      rules.set(live.ruleCount)
      lastSuccess.set(live.loadedAtMs / 1_000)
      isCurrent.set(1)
    },
    countReload: (result) => {
      reloads.inc({ result })
      isCurrent.set(result === 'rejected' ? 0 : 1)
    },
  }
}

/**
 * The sets count as they decide; summed here when somebody asks, so that a swap resets nothing.
 * What comes out is to be called before a set is swapped out.
 */
export function createRuleFailureMetrics(registry: Registry, holder: SnapshotHolder): () => void {
  const seen = new WeakMap<PolicySet, ReadonlyMap<string, number>>()
  const failures = new Counter({
    name: 'sallyport_policy_rule_failures_total',
    help: 'Decisions in which the condition of a rule could not be evaluated, by rule',
    labelNames: ['rule'] as const,
    registers: [registry],
    collect: () => sum(),
  })
  const sum = (): void => {
    const { policies } = holder.current
    const before = seen.get(policies)
    for (const [rule, count] of policies.failureCounts) {
      const more = count - (before?.get(rule) ?? 0)
      if (more > 0) failures.inc({ rule }, more)
    }
    seen.set(policies, new Map(policies.failureCounts))
  }
  return sum
}
