import type { RuleSpec } from '../decide/policy-spec.ts'
import { entriesOf, type Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import type { DerivedRoles } from './derived-roles.ts'
import { compileCondition } from './expression.ts'
import { resolveName } from './names.ts'
import { placeExpressionErrors } from './place-expression.ts'
import type { CompiledRoles } from './roles.ts'
import { compileObligations, compileProperties, compileRequirement } from './rule-effects.ts'
import type { CompiledDerivedRole, SeparatedRoles } from './separated-roles.ts'
import type { SharedLists } from './shared-lists.ts'
import type { EffectSyntax, RuleSyntax } from './syntax.ts'
import type { Variables } from './variables.ts'

/** What outlives the text of a rule. */
export interface RuleMeaning {
  readonly spec: RuleSpec
  /** `resource.owner`, `subject.department`, ... */
  readonly references: readonly string[]
  /** Everything written that its condition consists of. */
  readonly texts: readonly string[]
}

export interface CompiledRule extends RuleMeaning {
  readonly syntax: RuleSyntax
}

/** What the rules of one resource can refer to. */
export interface RuleNames {
  readonly resource: string
  readonly actions: ReadonlyMap<string, unknown>
  /** Null: not all of them are known, so that none is called unknown. */
  readonly roles: CompiledRoles | null
  readonly derivedRoles: DerivedRoles
  readonly separatedRoles: SeparatedRoles
  readonly variables: Variables
  readonly lists: SharedLists
}

export function compileRule(rule: RuleSyntax, names: RuleNames, findings: Findings): CompiledRule {
  const { variables } = names
  const effect = oneEffect(rule, 'rule', findings)
  const actions = names.lists.of(
    rule.effects.flatMap((each) => resolveActions(each, names, findings)),
  )
  const { roles, derived } = resolveRoles(rule.roles, effect, names, findings)
  const condition = rule.when === null ? null : compileCondition(rule.when.value, variables.scope)
  if (rule.when !== null && condition?.ok === false) {
    placeExpressionErrors(rule.when, condition.errors, findings)
  }
  if (rule.when !== null && condition?.ok === true) {
    variables.checkNames(rule.when, condition.references)
  }
  const obligations = compileObligations(rule.obligations, variables, findings)
  const output = rule.output === null ? null : compileProperties(rule.output, variables, findings)
  const requirement =
    rule.requirement === null ? null : compileRequirement(rule.requirement, effect, findings)
  const read = condition?.ok === true ? condition.references : []
  const references = variables.expand(read)
  const common = {
    // Joined, because a template keeps its parts.
    id: [names.resource, rule.id?.value ?? ''].join('/'),
    effect,
    actions,
    roles: roles === null ? null : names.lists.of(roles),
    location: rule.location,
  }
  const spec: Writable<RuleSpec> =
    condition?.ok === true && rule.when !== null
      ? {
          ...common,
          condition: condition.evaluate,
          written: { text: rule.when.value.trim(), references },
        }
      : { ...common, condition: null }
  if (derived.length > 0) spec.derivedRoles = derived.map((each) => each.spec)
  if (requirement !== null) spec.requirement = requirement
  if (obligations.length > 0) spec.obligations = obligations
  if (output !== null) spec.output = output
  return {
    syntax: rule,
    references: unique([references, ...derived.map((each) => each.references)]),
    texts: [
      ...(rule.when === null ? [] : [rule.when.value]),
      ...variables.texts(read),
      ...derived.flatMap((each) => each.texts),
    ],
    spec,
  }
}

/** What is rare is added later: spreads of all took a fifth of the time of a large folder. */
type Writable<Value> = { -readonly [Key in keyof Value]: Value[Key] }

function unique(lists: readonly (readonly string[])[]): readonly string[] {
  const [first] = lists
  return lists.length === 1 && first !== undefined ? first : [...new Set(lists.flat())].sort()
}

interface ResolvedRoles {
  readonly roles: readonly string[] | null
  readonly derived: readonly CompiledDerivedRole[]
}

function resolveRoles(
  written: readonly Text[] | null,
  effect: RuleSpec['effect'],
  { derivedRoles, roles, separatedRoles }: RuleNames,
  findings: Findings,
): ResolvedRoles {
  if (written === null) return { roles: null, derived: [] }
  const plain: string[] = []
  const derived: CompiledDerivedRole[] = []
  for (const name of written) {
    // A deny rule is about whoever holds the role: what has been used must not lift it.
    const separated = effect === 'deny' ? null : separatedRoles.get(name.value)
    const found = derivedRoles.get(name.value) ?? separated
    if (found !== null) {
      derived.push(found)
      continue
    }
    plain.push(name.value)
    if (roles === null || roles.has(name.value)) continue
    findings.error(name, {
      code: 'unknown-role',
      message: `unknown role ${quote(name.value)}`,
      hint: hintAtRole(name, [...roles.keys(), ...derivedRoles.names()], findings),
    })
  }
  return { roles: plain, derived }
}

function hintAtRole(name: Text, known: readonly string[], findings: Findings): string | null {
  if (known.length === 0) return 'no role is declared'
  return findings.suggest(name.value, known, 'known roles')
}

export function oneEffect(
  rule: Pick<RuleSyntax, 'id' | 'place' | 'effects'>,
  what: 'rule' | 'entry',
  findings: Findings,
): RuleSpec['effect'] {
  const [first, second] = rule.effects
  if (first !== undefined && second === undefined) return first.effect
  const name = rule.id === null ? `the ${what}` : `${what} ${quote(rule.id.value)}`
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
      hint: 'split it in two',
    })
  }
  // Wrong rules never reach a policy set; until then they count as the harmless effect.
  return first?.effect ?? 'deny'
}

const ruleKeys: ReadonlySet<string> = new Set(
  'id description permit deny roles when require obligations output resources subjects subject_type groups expires'.split(
    ' ',
  ),
)

function hasUnknownKey({ place }: Pick<RuleSyntax, 'place'>): boolean {
  return entriesOf(place).some(([key]) => !ruleKeys.has(key))
}

export function resolveActions(
  { actions: written }: EffectSyntax,
  { actions, resource }: Pick<RuleNames, 'actions' | 'resource'>,
  findings: Findings,
): readonly string[] {
  if (written === 'all') return [...actions.keys()]
  const unknown = written.filter((action) => !actions.has(action.value))
  for (const action of unknown) {
    resolveName(action, actions, 'action', findings, ` of resource ${quote(resource)}`)
  }
  const known = unknown.length === 0 ? written : written.filter((each) => actions.has(each.value))
  return known.map(({ value }) => value)
}
