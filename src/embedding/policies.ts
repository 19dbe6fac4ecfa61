import { explain, type Explanation } from '../authoring/explain.ts'
import { decide } from '../decide/decide.ts'
import type { PolicySet } from '../decide/policy-set.ts'
import { rolesOf, rolesTowards } from '../decide/roles.ts'
import type { Decision } from '../model/decision.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { Question, SubjectQuestion } from './question.ts'
import {
  type Problem,
  readQuestion,
  readResource,
  readSubject,
  unreadable,
} from './read-question.ts'

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

  /**
   * Never throws for what it is given: what cannot be evaluated is told in `errors`, and what is no
   * question is denied as `malformed_question`.
   */
  decide(question: Question): Decision {
    try {
      const request = readQuestion(question)
      if (typeof request === 'string') return this.#malformed(request)
      return this.#enforceable(decide(this.#set, request))
    } catch {
      return this.#malformed(unreadable)
    }
  }

  /** One decision for each question, in their order. */
  decideAll(questions: readonly Question[]): readonly Decision[] {
    return questions.map((question) => this.decide(question))
  }

  /** The decision with what every rule about the action made of the question. */
  explain(question: Question): Explanation {
    try {
      const request = readQuestion(question)
      if (typeof request === 'string') return unexplained(this.#malformed(request), request)
      const explanation = explain(this.#set, request)
      return { ...explanation, decision: this.#enforceable(explanation.decision) }
    } catch {
      return unexplained(this.decide(question), unreadable)
    }
  }

  /**
   * Every role the subject holds, inherited ones included, in declared order: in all scopes, or
   * towards a resource, whose scope may add some. What is no subject holds none.
   */
  rolesOf(subject: SubjectQuestion, resource?: Question['resource']): readonly string[] {
    try {
      const who = readSubject(subject)
      if (typeof who === 'string') return []
      if (resource === undefined) return rolesOf(this.#set, who)
      const which = readResource(resource)
      if (typeof which === 'string') return []
      return rolesTowards(this.#set, { subject: who, resource: which })
    } catch {
      return []
    }
  }

  #malformed(message: Problem): Decision {
    return Object.freeze({
      effect: 'deny',
      reason: 'malformed_question',
      rules: Object.freeze([]),
      errors: Object.freeze([Object.freeze({ rule: '', message })]),
      obligations: Object.freeze([]),
      policyDigest: this.digest,
    })
  }

  #enforceable(decision: Decision): Decision {
    if (decision.effect === 'deny') return decision
    const { obligations } = decision
    if (obligations.every(({ type }) => this.#obligations.has(type))) return decision
    return Object.freeze({ ...decision, effect: 'deny', reason: 'unknown_obligation' })
  }
}

function unexplained(decision: Decision, because: Problem): Explanation {
  const answer = decision.effect === 'permit' ? 'it is permitted' : 'it is denied'
  return { decision, answer, because, hint: null, roles: [], policies: [], rules: [] }
}
