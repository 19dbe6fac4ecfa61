export type { ExplainedRule, Explanation } from '../authoring/explain.ts'
export type { AccessRequest, Action, Resource, Subject } from '../model/access-request.ts'
export type { Attributes } from '../model/attributes.ts'
export type {
  Decision,
  Effect,
  EvaluationError,
  Obligation,
  ReasonCode,
} from '../model/decision.ts'
export type { PolicySource } from '../policy/load.ts'
export type { Diagnostic } from '../source/diagnostic.ts'
export { Policies, type PoliciesOptions } from './policies.ts'
export { PolicyError, compilePolicies, loadPolicies } from './load-policies.ts'
export { keepSubject } from './keep-subject.ts'
export type { Question, SubjectQuestion } from './question.ts'
