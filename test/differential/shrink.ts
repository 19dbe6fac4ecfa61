import { type Condition, simpler } from './condition.ts'
import type { Pair, PolicyCase, ResourceCase, RoleCase, RuleCase } from './policy-case.ts'

/** Which of these pairs still differ; asked for many at once, since a foreign engine starts slowly. */
export type StillDiffers = (pairs: readonly Pair[]) => Promise<readonly boolean[]>

const maxRounds = 60

/** The smallest pair that can be reached by leaving out one thing after another. */
export async function shrink(pair: Pair, stillDiffers: StillDiffers): Promise<Pair> {
  let smallest = pair
  for (let round = 0; round < maxRounds; round += 1) {
    const candidates = smallerPairs(smallest).map((each, at) => renumbered(each, at))
    if (candidates.length === 0) return smallest
    const differ = await stillDiffers(candidates)
    const next = candidates.find((_, at) => differ[at] === true)
    if (next === undefined) return smallest
    smallest = next
  }
  return smallest
}

/** Resource types carry the number, so that candidates can be asked about side by side. */
function renumbered({ policy, request }: Pair, number: number): Pair {
  const rename = (type: string): string => `${type.slice(0, type.lastIndexOf('-'))}-${number}`
  const resources = policy.resources.map((each) => ({ ...each, type: rename(each.type) }))
  const resource = { ...request.resource, type: rename(request.resource.type) }
  return { policy: { ...policy, number, resources }, request: { ...request, resource } }
}

function smallerPairs({ policy, request }: Pair): readonly Pair[] {
  const { subject, resource, context, action } = request
  const fewer = (properties: Readonly<Record<string, unknown>>): Record<string, unknown>[] =>
    Object.keys(properties).map((name) =>
      Object.fromEntries(Object.entries(properties).filter(([other]) => other !== name)),
    )
  return [
    ...smallerPolicies(policy, resource.type, action.name).map((each) => ({
      policy: each,
      request,
    })),
    ...[
      ...fewer(subject.properties).map((properties) => ({
        ...request,
        subject: { ...subject, properties },
      })),
      ...fewer(resource.properties).map((properties) => ({
        ...request,
        resource: { ...resource, properties },
      })),
      ...fewer(context).map((left) => ({ ...request, context: left })),
    ].map((each) => ({ policy, request: each })),
  ]
}

function smallerPolicies(policy: PolicyCase, type: string, action: string): readonly PolicyCase[] {
  const resource = policy.resources.find((each) => each.type === type)
  if (resource === undefined) return []
  if (policy.resources.length > 1) return [{ ...policy, resources: [resource] }]
  const about = resource.rules.filter(({ actions }) => actions === '*' || actions.includes(action))
  const withRules = (rules: readonly RuleCase[]): PolicyCase => ({
    ...policy,
    resources: [{ ...resource, rules } satisfies ResourceCase],
  })
  if (about.length < resource.rules.length) return [withRules(about)]
  return [
    ...without(resource.rules)
      .filter((rules) => rules.length > 0)
      .map(withRules),
    ...policy.roles.flatMap(({ name }) => withoutRole(policy, name)),
    ...changed(resource.rules, smallerRules).map(withRules),
    ...changed(policy.roles, smallerRoles).map((roles) => ({ ...policy, roles })),
  ]
}

function withoutRole(policy: PolicyCase, name: string): readonly PolicyCase[] {
  const isNamed = policy.resources.some(({ rules }) =>
    rules.some(({ roles }) => roles?.includes(name)),
  )
  if (isNamed || policy.roles.length === 1) return []
  const roles = policy.roles
    .filter((role) => role.name !== name)
    .map((role) => ({ ...role, inherits: role.inherits.filter((other) => other !== name) }))
  return [{ ...policy, roles }]
}

function smallerRules(rule: RuleCase): readonly RuleCase[] {
  return [
    ...(rule.roles === null ? [] : [{ ...rule, roles: null }]),
    ...(rule.roles ?? []).flatMap((name) =>
      rule.roles !== null && rule.roles.length > 1 ? [{ ...rule, roles: [name] }] : [],
    ),
    ...smallerConditions(rule.when).map((when) => ({ ...rule, when })),
  ]
}

function smallerRoles(role: RoleCase): readonly RoleCase[] {
  return [
    ...(role.inherits.length === 0 ? [] : [{ ...role, inherits: [] }]),
    ...smallerConditions(role.when).map((when) => ({ ...role, when })),
  ]
}

function smallerConditions(when: Condition | null): readonly (Condition | null)[] {
  return when === null ? [] : [null, ...simpler(when)]
}

function without<T>(items: readonly T[]): readonly (readonly T[])[] {
  return items.map((_, at) => items.filter((_item, other) => other !== at))
}

function changed<T>(
  items: readonly T[],
  smaller: (item: T) => readonly T[],
): readonly (readonly T[])[] {
  return items.flatMap((item, at) => smaller(item).map((each) => items.with(at, each)))
}
