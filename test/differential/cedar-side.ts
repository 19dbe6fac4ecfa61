import assert from 'node:assert/strict'
import { preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import type { Condition, Literal, Operand } from './condition.ts'
import { actions, type Pair, type PolicyCase, type RuleCase } from './policy-case.ts'

/**
 * Groups are entities whose ancestors are the roles that they grant, and these have the roles they
 * inherit as ancestors: Cedar's own hierarchy resolves what the role table resolves here.
 */
export function printCedar(policy: PolicyCase): Readonly<Record<string, string>> {
  return Object.fromEntries(
    policy.resources.flatMap(({ type, rules }) =>
      rules.map((rule) => [`${type}/${rule.id}`, printRule(type, rule)]),
    ),
  )
}

function printRule(type: string, { effect, actions: named, roles, when }: RuleCase): string {
  const list = (named === '*' ? actions : named).map((name) => `Action::${quote(name)}`)
  const conditions = [
    ...(roles === null
      ? []
      : [`principal in [${roles.map((name) => `Role::${quote(name)}`).join(', ')}]`]),
    ...(when === null ? [] : [print(when)]),
  ]
  return `${effect === 'permit' ? 'permit' : 'forbid'}(principal, action in [${list.join(', ')}], resource is ${entityType(type)})
${conditions.map((each) => `when { ${each} }`).join('\n')};`
}

export function loadCedar(name: string, policy: PolicyCase): void {
  const parsed = preparsePolicySet(name, { staticPolicies: printCedar(policy) })
  assert.equal(parsed.type, 'success', JSON.stringify(parsed))
}

export function askCedar(name: string, { policy, request }: Pair): 'permit' | 'deny' {
  const { subject, action, resource, context } = request
  const principal = { type: 'User', id: subject.id }
  const asked = { type: entityType(resource.type), id: resource.id }
  const groups = subject.properties['groups'] as readonly string[]
  const answer = statefulIsAuthorized({
    principal,
    action: { type: 'Action', id: action.name },
    resource: asked,
    context: context as Record<string, never>,
    preparsedPolicySetId: name,
    entities: [
      {
        uid: principal,
        attrs: { ...(subject.properties as Record<string, never>), id: subject.id },
        parents: groups.map((id) => ({ type: 'Group', id })),
      },
      ...groups.map((id) => ({
        uid: { type: 'Group', id },
        attrs: {},
        parents: policy.roles.filter(({ when }) => grantsTo(when, id)).map(roleUid),
      })),
      ...policy.roles.map((role) => ({
        uid: roleUid(role),
        attrs: {},
        parents: role.inherits.map((inherited) => ({ type: 'Role', id: inherited })),
      })),
      {
        uid: asked,
        attrs: { ...(resource.properties as Record<string, never>), id: resource.id },
        parents: [],
      },
    ],
  })
  assert.equal(answer.type, 'success', JSON.stringify(answer))
  assert.deepEqual(answer.response.diagnostics.errors, [])
  return answer.response.decision === 'allow' ? 'permit' : 'deny'
}

function roleUid({ name }: { readonly name: string }): { type: string; id: string } {
  return { type: 'Role', id: name }
}

function grantsTo(when: Condition | null, group: string): boolean {
  if (when?.kind !== 'in' || when.item.kind !== 'literal') return false
  return when.item.value.type === 'text' && when.item.value.value === group
}

function entityType(type: string): string {
  return `T_${type.replaceAll('-', '_')}`
}

function print(condition: Condition): string {
  switch (condition.kind) {
    case 'constant':
      return String(condition.value)
    case 'compare':
      return `(${value(condition.left)} ${condition.operator} ${value(condition.right)})`
    case 'in':
      return `${value(condition.list)}.contains(${value(condition.item)})`
    case 'both':
      return `(${condition.parts.map(print).join(' && ')})`
    case 'either':
      return `(${condition.parts.map(print).join(' || ')})`
    case 'not':
      return `!${print(condition.part)}`
    case 'choice': {
      const [asked, yes, no] = condition.parts.map(print)
      return `(if ${asked} then ${yes} else ${no})`
    }
    case 'has':
      return `(${root(condition.attribute.of)} has ${condition.attribute.path[0]})`
    case 'text':
      return `(${value(condition.target)} like ${pattern(condition.method, condition.text)})`
    case 'quantifier': {
      const { list, macro, body } = condition
      assert.ok(body.kind === 'in')
      const [own, wanted] = [value(list), value(body.list)]
      return macro === 'exists' ? `${own}.containsAny(${wanted})` : `${wanted}.containsAll(${own})`
    }
    default:
      return condition satisfies never
  }
}

function value(operand: Operand): string {
  switch (operand.kind) {
    case 'attribute':
      return [root(operand.of), ...operand.path].join('.')
    case 'id':
      return `${root(operand.of)}.id`
    case 'literal':
      return literal(operand.value)
    case 'arithmetic':
      return `(${value(operand.left)} ${operand.operator} ${value(operand.right)})`
    case 'item':
    case 'size':
    case 'element':
    case 'convert':
    case 'derived':
    case 'accessor':
      throw new Error(`Cedar has no ${operand.kind}`)
    default:
      return operand satisfies never
  }
}

function literal(written: Literal): string {
  switch (written.type) {
    case 'text':
      return quote(written.value)
    case 'int':
    case 'bool':
      return String(written.value)
    case 'list':
      return `[${written.items.map(literal).join(', ')}]`
    case 'double':
    case 'null':
    case 'map':
      throw new Error(`Cedar has no ${written.type}`)
    default:
      return written satisfies never
  }
}

function root(of: 'subject' | 'resource' | 'context'): string {
  return of === 'subject' ? 'principal' : of
}

function quote(written: string): string {
  return `"${written.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

function pattern(method: string, written: string): string {
  const inner = quote(written).slice(1, -1)
  return `"${method === 'startsWith' ? '' : '*'}${inner}${method === 'endsWith' ? '' : '*'}"`
}
