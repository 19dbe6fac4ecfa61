import type { DecisionTime } from '../charts/charts.ts'
import type { CheckReport } from './check.ts'
import type { OpenLoopReport } from './open-loop.ts'
import type { GatewayReport } from './run.ts'

export interface PeersReport {
  readonly takenAt: string
  readonly node: string
  readonly machine: string
  readonly gateways: GatewayReport | null
  readonly check: CheckReport | null
  readonly openLoop: OpenLoopReport | null
  readonly rules: readonly DecisionTime[] | null
}
