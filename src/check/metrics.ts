import { Counter, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'

import { reasonCodes } from '../model/decision.ts'
import type { Decision, ReasonCode } from '../model/decision.ts'
import type { RefusalCode } from '../model/refusal.ts'

export const endpoints = ['evaluation', 'evaluations'] as const

export type Endpoint = (typeof endpoints)[number]

export interface CheckMetrics {
  countDecision(decision: Decision): void
  countRefusal(code: RefusalCode): void
  countFailedEvaluation(): void
  countFailure(): void
  /** One call answered with a decision, or several. */
  observeCall(endpoint: Endpoint, durationMs: number): void
}

const durationBucketsS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1]

export function createCheckMetrics(registry: Registry): CheckMetrics {
  const registers = [registry]
  const decisions = new Counter({
    name: 'sallyport_check_decisions_total',
    help: 'Decisions made for callers of the decision API',
    labelNames: ['effect', 'reason'],
    registers,
  })
  const refusals = new Counter({
    name: 'sallyport_check_refusals_total',
    help: 'Calls of the decision API refused before a decision',
    labelNames: ['code'],
    registers,
  })
  const failedEvaluations = new Counter({
    name: 'sallyport_check_failed_evaluations_total',
    help: 'Evaluations among several that were incomplete and answered as a deny',
    registers,
  })
  const failures = new Counter({
    name: 'sallyport_check_failures_total',
    help: 'Calls of the decision API answered with 500 because of a defect',
    registers,
  })
  const durations = new Histogram({
    name: 'sallyport_check_call_duration_seconds',
    help: 'Time from the header of a call to its answer',
    labelNames: ['endpoint'],
    buckets: durationBucketsS,
    registers,
  })
  // Resolved ahead: labels cost more than counting.
  const permits = decisionCounters(decisions, 'permit')
  const denies = decisionCounters(decisions, 'deny')
  const durationOf = {
    evaluation: durations.labels('evaluation'),
    evaluations: durations.labels('evaluations'),
  }
  return {
    countDecision: ({ effect, reason }) => (effect === 'permit' ? permits : denies)[reason].inc(),
    countRefusal: (code) => refusals.inc({ code }),
    countFailedEvaluation: () => failedEvaluations.inc(),
    countFailure: () => failures.inc(),
    observeCall: (endpoint, durationMs) => durationOf[endpoint].observe(durationMs / 1_000),
  }
}

function decisionCounters(
  counter: Counter<'effect' | 'reason'>,
  effect: Decision['effect'],
): Record<ReasonCode, { inc(): void }> {
  return Object.fromEntries(
    reasonCodes.map((reason) => [reason, lazyCounter(() => counter.labels(effect, reason))]),
  ) as Record<ReasonCode, { inc(): void }>
}

/** A label pair that never occurs should not show up as a series of zeroes. */
function lazyCounter(resolve: () => { inc(): void }): { inc(): void } {
  let counter: { inc(): void } | null = null
  return {
    inc: () => {
      counter ??= resolve()
      counter.inc()
    },
  }
}
