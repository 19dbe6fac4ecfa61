import { explain, type Explanation } from '../authoring/explain.ts'
import { decide } from '../decide/decide.ts'
import type { PolicySet } from '../decide/policy-set.ts'
import { rolesOf, rolesTowards } from '../decide/roles.ts'
import type { Decision } from '../model/decision.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { type Question, readQuestion, type SubjectQuestion } from './question.ts'

export interface PoliciesOptions {
  /**
   * Types of the obligations that the caller meets. A permit with any other is a deny: whoever
   * does not know what is asked of him cannot do it.
   */
  readonly obligations?: readonly string[]
}

/** A policy folder that decides: immutable, synchronous, without a clock or network of its own. */
export class Policies {
  /** SHA-256 over the sorted paths and the digests of the texts; decisions carry it as `policyDigest`. */
  readonly digest: string
  /** What compiles and is probably not meant. */
  readonly warnings: readonly Diagnostic[]
  readonly #set: PolicySet
  readonly #obligations: ReadonlySet<string>

  constructor(set: PolicySet, warnings: readonly Diagnostic[], options: PoliciesOptions = {}) {
    this.digest = set.digest
    this.warnings = warnings
    this.#set = set
    this.#obligations = new Set(options.obligations)
  }

  /** Never throws for what a question holds: what cannot be evaluated is told in `errors`. */
  decide(question: Question): Decision {
    return this.#enforceable(decide(this.#set, readQuestion(question)))
  }

  /** One decision for each question, in their order. */
  decideAll(questions: readonly Question[]): readonly Decision[] {
    return questions.map((question) => this.decide(question))
  }

  /** The decision with what every rule about the action made of the question. */
  explain(question: Question): Explanation {
    const explanation = explain(this.#set, readQuestion(question))
    return { ...explanation, decision: this.#enforceable(explanation.decision) }
  }

  /**
   * Every role the subject holds, inherited ones included, in declared order: in all scopes, or
   * towards a resource, whose scope may add some.
   */
  rolesOf(subject: SubjectQuestion, resource?: Question['resource']): readonly string[] {
    if (resource === undefined) {
      return rolesOf(this.#set, readQuestion({ ...nobody, subject }).subject)
    }
    return rolesTowards(this.#set, readQuestion({ ...nobody, subject, resource }))
  }

  #enforceable(decision: Decision): Decision {
    if (decision.effect === 'deny') return decision
    const { obligations } = decision
    if (obligations.every(({ type }) => this.#obligations.has(type))) return decision
    return Object.freeze({ ...decision, effect: 'deny', reason: 'unknown_obligation' })
  }
}

const nobody = { action: { name: '' }, resource: { type: '' } }
