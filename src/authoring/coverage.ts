import type { PolicySet } from '../decide/policy-set.ts'
import type { TraceStep } from '../decide/trace.ts'
import type { Effect } from '../model/decision.ts'
import type { Route, RouteTable } from '../route/route-table.ts'

type RuleReach =
  /** Some test made it match. */
  | 'matched'
  /** Tests asked about its action, and it never matched. */
  | 'never_matched'
  /** No test asked about any of its actions. */
  | 'never_asked'

export interface RuleCoverage {
  readonly id: string
  readonly effect: Effect
  readonly location: string
  readonly reach: RuleReach
  /** Cases in which it could have applied, and in which it did. */
  readonly asked: number
  readonly matched: number
}

interface RouteCoverage {
  readonly id: string
  readonly location: string
  readonly requested: number
}

export interface CoverageReport {
  readonly rules: readonly RuleCoverage[]
  readonly routes: readonly RouteCoverage[]
}

/** Counts what a run of tests has reached. */
export class Coverage {
  readonly #asked = new Map<string, number>()
  readonly #matched = new Map<string, number>()
  readonly #requested = new Map<string, number>()

  addSteps(steps: readonly TraceStep[]): void {
    for (const { rule, result } of steps) {
      increase(this.#asked, rule)
      if (result === 'matched') increase(this.#matched, rule)
    }
  }

  addRoute(route: Route): void {
    increase(this.#requested, route.id)
  }

  report(set: PolicySet, table: RouteTable): CoverageReport {
    return {
      rules: set.rules.map(({ id, effect, location }) => {
        const asked = this.#asked.get(id) ?? 0
        const matched = this.#matched.get(id) ?? 0
        return { id, effect, location, asked, matched, reach: reachOf(asked, matched) }
      }),
      routes: table.routes.map(({ id, location }) => ({
        id,
        location,
        requested: this.#requested.get(id) ?? 0,
      })),
    }
  }
}

function reachOf(asked: number, matched: number): RuleReach {
  if (matched > 0) return 'matched'
  return asked > 0 ? 'never_matched' : 'never_asked'
}

function increase(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
