import { Counter } from 'prom-client'
import type { Registry } from 'prom-client'

import { reasonCodes } from '../model/decision.ts'
import type { Decision, Effect, ReasonCode } from '../model/decision.ts'
import type { RefusalCode } from '../model/refusal.ts'
import { LeanHistogram } from '../telemetry/lean-histogram.ts'

/** The two endpoints that answer with decisions. */
export type Endpoint = 'evaluation' | 'evaluations'

export interface CheckMetrics {
  countDecision(decision: Decision): void
  countRefusal(code: RefusalCode): void
  countFailedEvaluation(): void
  countFailure(): void
  /** One call answered with a decision, or several. */
  observeCall(endpoint: Endpoint, durationMs: number): void
}

const bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1]

export function createCheckMetrics(registry: Registry): CheckMetrics {
  const registers = [registry]
  const decisions = createDecisionCounter(registry)
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
  const durations = {
    evaluation: new LeanHistogram({
      name: 'sallyport_check_evaluation_duration_seconds',
      help: 'Time from the header of a call for one decision to its answer',
      bounds,
      registry,
    }),
    evaluations: new LeanHistogram({
      name: 'sallyport_check_evaluations_duration_seconds',
      help: 'Time from the header of a call for several decisions to its answer',
      bounds,
      registry,
    }),
  }
  return {
    countDecision: decisions,
    countRefusal: (code) => refusals.inc({ code }),
    countFailedEvaluation: () => failedEvaluations.inc(),
    countFailure: () => failures.inc(),
    observeCall: (endpoint, durationMs) => durations[endpoint].observe(durationMs / 1_000),
  }
}

/** Counts in plain numbers, which the registry reads when it is asked: labels cost more. */
function createDecisionCounter(registry: Registry): (decision: Decision) => void {
  const counts: Record<Effect, Record<ReasonCode, number>> = { permit: zeroes(), deny: zeroes() }
  registry.registerMetric(
    new Counter({
      name: 'sallyport_check_decisions_total',
      help: 'Decisions made for callers of the decision API',
      labelNames: ['effect', 'reason'],
      registers: [],
      collect() {
        this.reset()
        for (const effect of ['permit', 'deny'] as const) {
          for (const reason of reasonCodes) {
            const count = counts[effect][reason]
            if (count > 0) this.inc({ effect, reason }, count)
          }
        }
      },
    }),
  )
  return ({ effect, reason }) => {
    counts[effect][reason] += 1
  }
}

function zeroes(): Record<ReasonCode, number> {
  return Object.fromEntries(reasonCodes.map((reason) => [reason, 0])) as Record<ReasonCode, number>
}
