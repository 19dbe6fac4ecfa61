import type { ResourceSpec, RuleSpec } from '../decide/policy-spec.ts'
import { entriesOf } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'
import { compileCondition, type CompiledCondition } from './expression.ts'
import { conditionScope, type ExpressionScope, openDeclarations } from './expression-scope.ts'
import { attributeTypeNames, parseAttributeType, type Type } from './expression-types.ts'
import { Declared, resolveName } from './names.ts'
import { placeExpressionErrors } from './place-expression.ts'
import { keywords } from './reserved-words.ts'
import type { CompiledRoles } from './roles.ts'
import type { AttributeSyntax, EffectSyntax, ResourceSyntax, RuleSyntax } from './syntax.ts'
import type { AccessRequest } from '../model/access-request.ts'

export interface CompiledRule {
  readonly syntax: RuleSyntax
  readonly spec: RuleSpec
  /** `resource.owner`, `subject.department`, ... */
  readonly references: readonly string[]
}

export interface CompiledResource {
  readonly syntax: ResourceSyntax
  readonly spec: ResourceSpec
  readonly rules: readonly CompiledRule[]
  readonly attributes: ReadonlyMap<string, Type>
}

export type CompiledResources = ReadonlyMap<string, CompiledResource>

/** Resource policies with actions, roles and conditions resolved and checked. */
export function compileResources(
  resources: readonly ResourceSyntax[],
  roles: CompiledRoles,
  findings: Findings,
  isIncomplete: boolean,
): CompiledResources {
  const declared = new Declared<CompiledResource>('resource')
  for (const syntax of resources) {
    const compiled = compileResource(syntax, isIncomplete ? null : roles, findings)
    declared.add(syntax.type.value, compiled, syntax.type, 'value', findings)
  }
  return declared.items
}

/** `roles` null: not all of them are known, so that none is called unknown. */
function compileResource(
  syntax: ResourceSyntax,
  roles: CompiledRoles | null,
  findings: Findings,
): CompiledResource {
  const actions = new Map(syntax.actions.map((action) => [action.value, action]))
  const attributes = compileAttributes(syntax.attributes, findings)
  const scope = conditionScope({
    subject: openDeclarations,
    resource: { members: attributes, open: false },
    action: openDeclarations,
    context: openDeclarations,
  })
  const ids = new Declared<RuleSyntax>('rule')
  const rules = syntax.rules.map((rule): CompiledRule => {
    if (rule.id !== null) ids.add(rule.id.value, rule, rule.id, 'value', findings)
    const effect = oneEffect(rule, findings)
    const named = rule.effects.flatMap((each) => resolveActions(each, actions, syntax, findings))
    if (roles !== null)
      for (const role of rule.roles ?? []) resolveName(role, roles, 'role', findings)
    const condition = compileWhen(rule, scope, findings)
    return {
      syntax: rule,
      references: condition?.ok === true ? condition.references : [],
      spec: {
        id: `${syntax.type.value}/${rule.id?.value ?? ''}`,
        effect,
        actions: named,
        roles: rule.roles?.map((role) => role.value) ?? null,
        condition: condition?.ok === true ? condition.evaluate : null,
        location: rule.location,
        ...(condition?.ok === true && rule.when !== null
          ? { written: { text: rule.when.value.trim(), references: condition.references } }
          : {}),
      },
    }
  })
  return {
    syntax,
    attributes,
    rules,
    spec: {
      type: syntax.type.value,
      actions: [...actions.keys()],
      rules: rules.map((rule) => rule.spec),
    },
  }
}

function compileAttributes(
  attributes: readonly AttributeSyntax[],
  findings: Findings,
): ReadonlyMap<string, Type> {
  const types = new Map<string, Type>()
  for (const { name, type: written } of attributes) {
    if (keywords.has(name)) {
      findings.errorAtKey(written, {
        code: 'reserved-attribute',
        message: `${quote(name)} is a word of CEL: no condition could read resource.${name}`,
        hint: 'choose another name',
      })
      continue
    }
    if (name === 'id' || name === 'type') {
      findings.errorAtKey(written, {
        code: 'reserved-attribute',
        message: `${quote(name)} is there already: resource.${name} is text`,
        hint: 'remove it, or choose another name',
      })
      continue
    }
    const type = parseAttributeType(written.value)
    if (type === null) {
      findings.error(written, {
        code: 'unknown-type',
        message: `unknown type ${quote(written.value)}`,
        hint: suggest(written.value, attributeTypeNames, 'types'),
      })
    }
    // A mistyped attribute is declared all the same, or each condition that reads it would fail too.
    types.set(name, type ?? { kind: 'dyn' })
  }
  return types
}

function oneEffect(rule: RuleSyntax, findings: Findings): RuleSpec['effect'] {
  const [first, second] = rule.effects
  const name = rule.id === null ? 'the rule' : `rule ${quote(rule.id.value)}`
  // A misspelt "permit" has been reported as an unknown key.
  if (first === undefined && !hasUnknownKey(rule)) {
    findings.error(rule.id ?? rule.place, {
      code: 'rule-without-effect',
      message: `${name} neither permits nor denies anything`,
      hint: 'add "permit: [...]" or "deny: [...]"',
    })
  } else if (second !== undefined) {
    findings.errorAtKey(second.place, {
      code: 'rule-with-two-effects',
      message: `${name} both permits and denies`,
      hint: 'split it into two rules',
    })
  }
  // Wrong rules never reach a policy set; until then they count as the harmless effect.
  return first?.effect ?? 'deny'
}

const ruleKeys = ['id', 'description', 'permit', 'deny', 'roles', 'when']

function hasUnknownKey({ place }: RuleSyntax): boolean {
  return entriesOf(place).some(([key]) => !ruleKeys.includes(key))
}

function resolveActions(
  { actions: written }: EffectSyntax,
  declared: ReadonlyMap<string, unknown>,
  resource: ResourceSyntax,
  findings: Findings,
): readonly string[] {
  if (written === 'all') return [...declared.keys()]
  return written.flatMap((action) => {
    const within = ` of resource ${quote(resource.type.value)}`
    const known = resolveName(action, declared, 'action', findings, within)
    return known === undefined ? [] : [action.value]
  })
}

function compileWhen(
  { when }: RuleSyntax,
  scope: ExpressionScope<AccessRequest>,
  findings: Findings,
): CompiledCondition<AccessRequest> | null {
  if (when === null) return null
  const condition = compileCondition(when.value, scope)
  if (!condition.ok) placeExpressionErrors(when, condition.errors, findings)
  return condition
}
