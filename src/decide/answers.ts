import assert from 'node:assert/strict'
import type { Decision, Effect, EvaluationError, ReasonCode } from '../model/decision.ts'
import { type Effects, evaluateEffects, hasDynamicEffects } from './effects.ts'
import { stepUpProperties } from './requirement.ts'
import type { CompiledRule } from './rule-list.ts'

/** What a policy set answers: frozen, and the same object wherever nothing is said of the request. */
export class Answers {
  readonly noApplicableRule: Decision
  readonly unknownResourceType: Decision
  readonly unknownAction: Decision
  readonly unknownPolicyVersion: Decision
  readonly unknownScope: Decision
  readonly scopeMissing: Decision
  readonly #digest: string
  /**
   * By position of the rule, made when a plan first asks for it: of many thousands most never are,
   * and those that are lie close together in memory.
   */
  readonly #settled: (Decision | null | undefined)[]

  constructor(digest: string, ruleCount: number) {
    this.#digest = digest
    this.#settled = Array.from({ length: ruleCount })
    this.noApplicableRule = this.make('deny', 'no_applicable_rule', [], [])
    this.unknownResourceType = this.make('deny', 'unknown_resource_type', [], [])
    this.unknownAction = this.make('deny', 'unknown_action', [], [])
    this.unknownPolicyVersion = this.make('deny', 'unknown_policy_version', [], [])
    this.unknownScope = this.make('deny', 'unknown_scope', [], [])
    this.scopeMissing = this.make('deny', 'scope_missing', [], [])
  }

  make(
    effect: Effect,
    reason: ReasonCode,
    rules: readonly string[],
    errors: readonly EvaluationError[],
    { obligations, output }: Effects = noEffects,
  ): Decision {
    return Object.freeze({
      effect,
      reason,
      rules: rules.length === 0 ? none : Object.freeze(rules),
      errors: errors.length === 0 ? none : Object.freeze(errors),
      obligations: obligations.length === 0 ? none : Object.freeze(obligations),
      policyDigest: this.#digest,
      ...(output === null ? {} : { output }),
    })
  }

  /** When this rule decides and nothing failed before it; null: it depends on the request. */
  settled(rule: CompiledRule): Decision | null {
    if (rule.acl !== null) return null
    const known = this.#settled[rule.order]
    if (known !== undefined) return known
    const { effect, id, requirement } = rule.spec
    const reason = effect === 'permit' ? 'permitted_by_rule' : 'denied_by_rule'
    const isSettled = requirement === undefined && !hasDynamicEffects(rule.spec)
    const effects = isSettled ? evaluateEffects(rule.spec, null) : null
    const settled = effects === null ? null : this.make(effect, reason, [id], [], effects)
    this.#settled[rule.order] = settled
    return settled
  }

  /** Denied, and would be permitted after a better sign-in. */
  stepUp({ spec }: CompiledRule, errors: readonly EvaluationError[]): Decision {
    assert.ok(spec.requirement !== undefined, `Rule "${spec.id}" requires nothing`)
    const properties = stepUpProperties(spec.requirement)
    const obligations = [Object.freeze({ id: `${spec.id}#step-up`, type: 'step_up', properties })]
    return this.make('deny', 'step_up_required', [spec.id], errors, { obligations, output: null })
  }
}

/** Shared: with many rules, empty lists of their own would be most of the memory. */
const none: readonly never[] = Object.freeze([])
const noEffects: Effects = { obligations: none, output: null }
