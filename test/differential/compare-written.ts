import { isDeepStrictEqual } from 'node:util'
import * as fc from 'fast-check'
import type { PolicySet } from '../../src/decide/policy-set.ts'
import type { AccessRequest } from '../../src/model/access-request.ts'
import { compilePolicies } from '../../src/policy/compile.ts'
import { compileCondition } from '../../src/policy/expression.ts'
import {
  type ConditionDeclarations,
  type Declarations,
  conditionScope,
  openConditionDeclarations,
  roleScope,
} from '../../src/policy/expression-scope.ts'
import { type Type, doubleType, dynType, stringType } from '../../src/policy/expression-types.ts'
import { engineAnswer } from '../property/engine-answer.ts'
import { policyModels, requestModels } from '../property/policy-models.ts'
import {
  type PolicyModel,
  type RuleModel,
  apartOf,
  referenceDecide,
} from '../property/reference-decide.ts'
import type { DeclaredTypes } from '../property/reference-expression.ts'
import { writeModel } from './write-model.ts'

const requestsPerPolicy = 20

export interface WrittenComparison {
  readonly pairs: number
  readonly policies: number
  readonly permits: number
  /** How often each reason was given. */
  readonly reasons: ReadonlyMap<string, number>
  readonly difference: {
    readonly model: PolicyModel
    readonly request: AccessRequest | null
  } | null
}

const usedApart = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  ['director', 'contractor'],
  ['employee', 'manager'],
  ['manager', 'contractor'],
)

const typed: DeclaredTypes = new Map([
  ['resource.owner', 'string'],
  ['resource.department', 'string'],
  ['resource.amount', 'double'],
  ['subject.department', 'string'],
  ['subject.level', 'double'],
  ['context.channel', 'string'],
])

const models = fc.tuple(policyModels, fc.boolean(), usedApart).map(([model, isTyped, apart]) =>
  writable({
    ...model,
    ...(isTyped ? { types: typed } : {}),
    ...(apart === undefined ? {} : { usedApart: apart }),
  }),
)

/** The same as `compareWithReference`, of policies that are written down, compiled and checked. */
export function compareWritten(seed: number, pairs: number): WrittenComparison {
  const reasons = new Map<string, number>()
  let [asked, permits] = [0, 0]
  const requests = fc.array(requestModels, {
    minLength: requestsPerPolicy,
    maxLength: requestsPerPolicy,
  })
  const property = fc.property(models, requests, (given, questions) => {
    const { model, set } = compiled(given)
    return questions.every((request) => {
      asked += 1
      const answer = engineAnswer(set, request)
      reasons.set(answer.reason, (reasons.get(answer.reason) ?? 0) + 1)
      if (answer.effect === 'permit') permits += 1
      return isSame(answer, referenceDecide(model, request))
    })
  })
  const policies = Math.ceil(pairs / requestsPerPolicy)
  const { counterexample } = fc.check(property, { seed, numRuns: policies })
  const counted = { pairs: asked, policies, permits, reasons }
  if (counterexample === null) return { ...counted, difference: null }
  const [given, questions] = counterexample
  const { model, set } = compiled(given)
  const request = questions.find(
    (each) => !isSame(engineAnswer(set, each), referenceDecide(model, each)),
  )
  return { ...counted, difference: { model, request: request ?? null } }
}

/** Without static separation where the compiler finds that the model itself contradicts it. */
function compiled(given: PolicyModel): { model: PolicyModel; set: PolicySet } {
  for (const model of [given, { ...given, separated: [], separatedWithinScope: [] }]) {
    const files = writeModel(model)
    const { diagnostics, policies } = compilePolicies(files)
    if (policies !== null) return { model, set: policies }
    const [error] = diagnostics.filter(
      ({ code, severity }) => severity === 'error' && code !== 'separated-roles',
    )
    if (error !== undefined) {
      const texts = files.map(({ path, text }) => `# ${path}\n${text}`).join('\n')
      throw new Error(`${error.file}:${error.line}: ${error.message}\n${texts}`)
    }
  }
  throw new Error('The model contradicts itself')
}

/** Without what the language refuses: conditions whose types do not fit, entries for nobody. */
function writable(model: PolicyModel): PolicyModel {
  const { types } = model
  const declared = declarationsOf(types)
  const scope = conditionScope(declared)
  const compiles = (when: string): boolean =>
    compileCondition(when, scope).ok && !readsWhole.test(when)
  const rest = (names: readonly string[]): readonly string[] =>
    names.filter((name) => apartOf(model, name).length === 0)
  const rulesOf = (rules: readonly RuleModel[]): readonly RuleModel[] =>
    rules
      .map((rule) => ({
        ...rule,
        id: rule.id.replace(/(?<=\/)(?=\d+$)/u, 'r'),
        roles: rule.acl === null || rule.roles === null ? rule.roles : rest(rule.roles),
        when: rule.when !== null && compiles(rule.when) ? rule.when : null,
        derivedRoles: rule.derivedRoles.map(({ name, roles, when }) => {
          const needed = roles === null ? [] : rest(roles)
          const condition = compiles(when) ? when : 'true'
          return { name, roles: needed.length === 0 ? null : needed, when: condition }
        }),
      }))
      .filter(
        ({ acl, roles }) =>
          acl === null || [...acl.subjects, ...acl.groups, ...(roles ?? [])].length > 0,
      )
  const ofSubject = roleScope(declared.subject)
  return {
    ...model,
    roles: model.roles.map(({ when, ...role }) => ({
      ...role,
      when: when !== null && compileCondition(when, ofSubject).ok ? when : null,
    })),
    resources: model.resources.map((resource) => ({
      ...resource,
      isScopeRequired: resource.isScopeRequired && model.scopes.length > 0,
      rules: rulesOf(resource.rules),
      scoped: resource.scoped.map((part) => ({ ...part, rules: rulesOf(part.rules) })),
    })),
  }
}

/** The whole of what is typed in parts, which no comparison of the reference is meant for. */
const readsWhole = /\bresource\b(?!\.)/u

function declarationsOf(types: DeclaredTypes | undefined): ConditionDeclarations {
  if (types === undefined) return openConditionDeclarations
  const of = (root: string, open: readonly string[]): Declarations => {
    const members = new Map<string, Type>(open.map((name) => [name, dynType]))
    for (const [path, type] of types) {
      const [first, name = ''] = path.split('.')
      if (first === root) members.set(name, type === 'string' ? stringType : doubleType)
    }
    return { members, open: false }
  }
  return {
    ...openConditionDeclarations,
    subject: of('subject', ['groups']),
    resource: of('resource', ['tags', 'used']),
    context: of('context', ['acr', 'amr', 'auth_time', 'policy_version']),
  }
}

function isSame(engine: unknown, reference: unknown): boolean {
  return isDeepStrictEqual(plain(engine), plain(reference))
}

/** Without prototypes and what is undefined. */
function plain(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer))
}
