import assert from 'node:assert/strict'
import { oncePerDecision } from '../../src/decide/once-per-decision.ts'
import { type PolicySet, buildPolicySet } from '../../src/decide/policy-set.ts'
import type {
  Condition,
  PropertiesSpec,
  RuleSpec,
  ValueSpec,
} from '../../src/decide/policy-spec.ts'
import { compileCondition, compileExpression } from '../../src/policy/expression.ts'
import {
  type ExpressionScope,
  conditionScope,
  openConditionDeclarations,
  openDeclarations,
  roleScope,
} from '../../src/policy/expression-scope.ts'
import { CelFailure } from '../../src/policy/expression-values.ts'
import type { Subject } from '../../src/model/access-request.ts'
import { isNamed, type PolicyModel, type RoleModel, type RuleModel } from './reference-decide.ts'

const scope = conditionScope(openConditionDeclarations)
const subjectScope = roleScope(openDeclarations)

/** As the language compiles it, or unchecked where the types of a random condition do not fit. */
function compiled<Frame>(
  text: string | null,
  names: ExpressionScope<Frame>,
): Condition<Frame> | null {
  if (text === null) return null
  const condition = compileCondition(text, names)
  if (condition.ok) return condition.evaluate
  const unchecked = compileExpression(text, names, { isChecked: false })
  assert.ok(unchecked.ok)
  return (frame) => {
    const value = unchecked.evaluate(frame)
    return typeof value === 'boolean' || value instanceof CelFailure
      ? value
      : new CelFailure('not a bool')
  }
}

/**
 * With so many rules besides that never apply: large and small policies are asked in different ways,
 * and have to say the same.
 */
export function buildModel(model: PolicyModel, idleRules = 0): PolicySet {
  return buildPolicySet({
    digest: 'random',
    scopes: model.scopes,
    separated: model.separated,
    separatedWithinScope: model.separatedWithinScope,
    roles: model.roles.map(({ name, inherits, when, within, ...assigned }) => ({
      name,
      inherits,
      condition: compiled(when, subjectScope),
      assigned: assignedConditions(assigned),
      assignedWithin: within.flatMap(({ scope: scopeName, ...assignedThere }) =>
        assignedConditions(assignedThere).map((condition) => ({ scope: scopeName, condition })),
      ),
    })),
    resources: model.resources.map(({ scoped, version, rules, ...resource }) => ({
      ...resource,
      ...(version === 'default' ? {} : { version }),
      rules: [...rules.map(buildRule), ...idle(resource, idleRules)],
      ...(scoped.length === 0
        ? {}
        : {
            scoped: scoped.map((each) => ({
              scope: each.scope,
              rules: each.rules.map(buildRule),
            })),
          }),
    })),
  })
}

function idle({ actions, type }: { actions: readonly string[]; type: string }, count: number) {
  return Array.from({ length: count }, (_, at): RuleSpec => ({
    id: `${type}/idle-${at}`,
    effect: at % 2 === 0 ? 'permit' : 'deny',
    actions,
    roles: null,
    condition: () => false,
    location: 'idle',
  }))
}

function assignedConditions({
  groups,
  ...named
}: Pick<RoleModel, 'groups' | 'subjects' | 'subjectType'>): readonly Condition<Subject>[] {
  return [...groups.map(isIn), (subject: Subject) => isNamed(named, subject, 'permit')]
}

function isIn(group: string): Condition<Subject> {
  const condition: Condition<Subject> = ({ properties }) => {
    const { groups } = properties
    return Array.isArray(groups) ? groups.includes(group) : new CelFailure('groups are not a list')
  }
  const membership = { kind: 'contains', attribute: 'groups', values: [group] } as const
  return Object.assign(condition, { membership })
}

function buildRule(rule: RuleModel): RuleSpec {
  const { acr, amr, maxAgeS } = rule
  const told: PropertiesSpec = rule.tells === null ? [] : [['told', valueOf(rule.tells)]]
  return {
    id: rule.id,
    effect: rule.effect,
    actions: rule.actions,
    roles: rule.roles,
    derivedRoles: rule.derivedRoles.map(({ name, roles, when }) => ({
      name,
      roles,
      condition: oncePerDecision(compiled(when, scope) ?? (() => true)),
    })),
    condition: compiled(rule.when, scope),
    location: rule.id,
    ...(rule.acl === null ? {} : { acl: aclOf(rule.acl, rule.effect) }),
    ...(acr === null && amr === null && maxAgeS === null
      ? {}
      : { requirement: { acr, amr, maxAgeS } }),
    ...(told.length === 0
      ? {}
      : { obligations: [{ type: 'tell', properties: told }], output: told }),
  }
}

function aclOf(
  { subjectType, ...acl }: NonNullable<RuleModel['acl']>,
  effect: RuleModel['effect'],
): NonNullable<RuleSpec['acl']> {
  const isOpen = subjectType === '*' || (subjectType === null && effect === 'deny')
  return { ...acl, ...(isOpen ? {} : { subjectType: subjectType ?? 'user' }) }
}

function valueOf(path: string): ValueSpec {
  const expression = compileExpression(path, scope)
  assert.ok(expression.ok)
  const { evaluate } = expression
  return {
    kind: 'expression',
    evaluate: (request) => {
      const value = evaluate(request)
      if (value instanceof CelFailure) return { ok: false, message: value.message }
      return Number.isNaN(value) ? { ok: false, message: 'NaN' } : { ok: true, value }
    },
  }
}
