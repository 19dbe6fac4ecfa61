import * as fc from 'fast-check'
import type { AccessRequest } from '../../src/model/access-request.ts'
import type { Combining } from '../../src/decide/policy-spec.ts'
import type {
  DerivedRoleModel,
  PolicyModel,
  ResourceModel,
  RoleModel,
  RuleModel,
} from './reference-decide.ts'

const actionNames = ['read', 'write', 'approve']
const roleNames = ['employee', 'manager', 'director', 'contractor']
const groupNames = ['staff', 'managers', 'board', 'external']
const departments = ['sales', 'legal']

const attributes = fc.constantFrom(
  'resource.owner',
  'resource.department',
  'resource.tags',
  'resource.amount',
  'subject.department',
  'subject.groups',
  'subject.level',
  'subject.id',
  'context.channel',
  'resource',
)
const constants = fc.constantFrom(
  '"alice"',
  '"sales"',
  '"staff"',
  '5',
  '5.0',
  '-1',
  'true',
  'null',
  '["sales", "legal"]',
  '{"a": 1}',
)
const operands = fc.oneof({ weight: 3, arbitrary: attributes }, constants)
const comparison = fc.constantFrom('==', '!=', '<', '<=', '>', '>=', 'in')

/** Conditions that policies are made of, over attributes that may be absent or of another type. */
const conditions: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => {
  const node = tie('node')
  return {
    node: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'condition' },
      fc.tuple(operands, comparison, operands).map((parts) => parts.join(' ')),
      fc.tuple(node, fc.constantFrom('&&', '||'), node).map((parts) => `(${parts.join(' ')})`),
      fc
        .tuple(node, fc.constantFrom('&&', '||'), node, fc.constantFrom('&&', '||'), node)
        .map((parts) => `(${parts.join(' ')})`),
      node.map((inner) => `!(${inner})`),
      fc.tuple(node, node, node).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      fc.constantFrom(
        'has(resource.owner)',
        'has(resource.tags.kind)',
        'has(subject.groups)',
        'resource.tags.kind == "travel"',
        'resource.tags["kind"] == "travel"',
        'subject.groups[0] == "staff"',
        'subject.groups.exists(g, g == "staff" || g == resource.owner)',
        'subject.groups.all(g, g in ["staff", "managers"])',
        'subject.groups.exists_one(g, g.startsWith("s"))',
        'subject.groups.filter(g, g != "board").size() > 1',
        'subject.groups.map(g, g + "x") == ["staffx"]',
        'resource.amount + subject.level > 6.0',
        'resource.amount * 2.0 <= 10',
        'resource.owner.startsWith("al")',
        'resource.owner.size() == 5',
      ),
    ),
  }
}).node

const roleConditions = fc.oneof(
  fc.constantFrom(...groupNames).map((name) => `"${name}" in subject.groups`),
  fc.constantFrom(...departments).map((name) => `subject.department == "${name}"`),
  fc.constantFrom(
    '"staff" in subject.groups || "board" in subject.groups',
    'subject.level >= 3.0',
    'subject.id == "alice"',
    'subject.groups.size() > 1',
  ),
)

const scopeNames = ['acme', 'acme.hr', 'acme.hr.pay', 'acme.it', 'shops']

/** With each its parents. */
const scopes = fc
  .tuple(fc.subarray(scopeNames, { minLength: 2 }), fc.subarray(scopeNames))
  .map(([named, open]) =>
    scopeNames
      .filter((name) => named.some((each) => each === name || each.startsWith(`${name}.`)))
      .map((name) => ({ name, isOpen: open.includes(name) })),
  )

/** In scopes of the list that is declared. */
function scopedParts<Part>(
  declared: PolicyModel['scopes'],
  part: fc.Arbitrary<Part>,
): fc.Arbitrary<readonly (Part & { readonly scope: string })[]> {
  if (declared.length === 0) return fc.constant([])
  return fc
    .subarray(
      declared.map(({ name }) => name),
      { maxLength: Math.min(3, declared.length) },
    )
    .chain((names) => fc.tuple(...names.map((scope) => part.map((each) => ({ ...each, scope })))))
}

/** What the language is silent about, what it says, and every type. */
const subjectTypes = fc.constantFrom(null, null, 'user', 'service', '*')

const assignees = fc.record({
  groups: fc.oneof(fc.constant([]), fc.subarray(groupNames, { maxLength: 2 })),
  subjects: fc.oneof(fc.constant([]), fc.subarray(['alice', 'bob'])),
  subjectType: subjectTypes,
})

const rolesIn = (declared: PolicyModel['scopes']): fc.Arbitrary<readonly RoleModel[]> =>
  fc.tuple(
    ...roleNames.map((name, at) =>
      fc.record({
        within: scopedParts(declared, assignees),
        name: fc.constant(name),
        inherits: fc.subarray(roleNames.slice(0, at)),
        when: fc.option(roleConditions),
        groups: fc.oneof(fc.constant([]), fc.subarray(groupNames, { maxLength: 2 })),
        subjects: fc.oneof(fc.constant([]), fc.subarray(['alice', 'bob'])),
        subjectType: subjectTypes,
      }),
    ),
  )

const rule = fc.record({
  effect: fc.oneof(
    { weight: 3, arbitrary: fc.constant<'permit'>('permit') },
    { weight: 1, arbitrary: fc.constant<'deny'>('deny') },
  ),
  actions: fc.subarray(actionNames, { minLength: 1 }),
  roles: fc.option(fc.subarray(roleNames, { minLength: 1 }), { freq: 2 }),
  when: fc.option(conditions, { freq: 4 }),
  tells: fc.option(fc.constantFrom('resource.owner', 'context.channel'), { freq: 2 }),
})

/** What only permit rules have. */
const signIn = fc.record({
  acr: fc.option(fc.subarray(['mfa', 'key'], { minLength: 1 }), { freq: 3 }),
  amr: fc.option(fc.subarray(['otp', 'pwd'], { minLength: 1 }), { freq: 5 }),
  maxAgeS: fc.option(fc.constantFrom(60, 600), { freq: 3 }),
})
const anySignIn = { acr: null, amr: null, maxAgeS: null }

const derivedRole: fc.Arbitrary<DerivedRoleModel> = fc.record({
  name: fc.constantFrom('owner', 'peer'),
  roles: fc.option(fc.subarray(roleNames, { minLength: 1 })),
  when: conditions,
})

const derivedRoles = fc.oneof(
  { weight: 2, arbitrary: fc.constant<readonly DerivedRoleModel[]>([]) },
  { weight: 1, arbitrary: fc.array(derivedRole, { minLength: 1, maxLength: 2 }) },
)

const combinings = fc.constantFrom<Combining>(
  'deny-overrides',
  'permit-overrides',
  'first-applicable',
  'deny-unless-permit',
)

const entry = fc
  .record({
    effect: fc.constantFrom<'permit' | 'deny'>('permit', 'deny'),
    actions: fc.subarray(actionNames, { minLength: 1 }),
    roles: fc.subarray(roleNames),
    resources: fc.subarray(['a', 'a/b', '*', 'a/*', '**', '*/b', 'a**b', '**/b/*'], {
      minLength: 1,
      maxLength: 3,
    }),
    subjects: fc.subarray(['alice', 'bob']),
    subjectType: subjectTypes,
    groups: fc.subarray(groupNames, { maxLength: 2 }),
    expiresMs: fc.option(fc.constantFrom(1_000_000, 1_000_001), { freq: 3 }),
  })
  .map(({ effect, actions, roles, ...acl }) => ({
    ...anySignIn,
    effect,
    actions,
    roles,
    acl,
    derivedRoles: [],
    when: null,
    tells: null,
  }))

const rules = fc
  .tuple(
    fc.array(fc.tuple(rule, signIn, derivedRoles), { maxLength: 6 }),
    fc.oneof(fc.constant([]), fc.array(entry, { maxLength: 5 })),
  )
  .map(([own, entries]) => [
    ...own.map(([parts, required, derived]) => ({
      ...parts,
      ...(parts.effect === 'permit' ? required : anySignIn),
      roles: parts.roles ?? (derived.length > 0 ? [] : null),
      derivedRoles: derived,
      acl: null,
    })),
    ...entries,
  ])

const named = (policy: string): fc.Arbitrary<{ readonly rules: readonly RuleModel[] }> =>
  rules.map((parts) => ({
    rules: parts.map((each, at): RuleModel => ({ ...each, id: `${policy}/${at}` })),
  }))

const rarely = fc.integer({ min: 0, max: 5 }).map((number) => number === 5)

const resource = (
  type: string,
  version: string,
  declared: PolicyModel['scopes'],
): fc.Arbitrary<ResourceModel> => {
  const name = version === 'default' ? type : `${type}@${version}`
  return fc
    .tuple(combinings, named(name), scopedParts(declared, named(name)), rarely)
    .map(([combining, own, scoped, isScopeRequired]) => ({
      type,
      version,
      isScopeRequired,
      actions: actionNames,
      combining,
      ...own,
      scoped: scoped.map((part) => ({
        ...part,
        rules: part.rules.map((each) => ({
          ...each,
          id: each.id.replace('/', `/${part.scope}/`),
        })),
      })),
    }))
}

const separated = fc.oneof(
  { weight: 2, arbitrary: fc.constant<readonly (readonly string[])[]>([]) },
  {
    weight: 1,
    arbitrary: fc.array(fc.subarray(roleNames, { minLength: 2 }), { minLength: 1, maxLength: 2 }),
  },
)

const declaredScopes = fc.oneof(fc.constant<PolicyModel['scopes']>([]), scopes)
const laterVersions = fc.oneof(
  { weight: 2, arbitrary: fc.constant<readonly string[]>([]) },
  { weight: 1, arbitrary: fc.constant<readonly string[]>(['v2']) },
)

export const policyModels: fc.Arbitrary<PolicyModel> = fc
  .tuple(declaredScopes, laterVersions)
  .chain(([declared, later]) =>
    fc.record({
      scopes: fc.constant(declared),
      roles: rolesIn(declared),
      separated,
      separatedWithinScope: separated,
      resources: fc.tuple(
        resource('expense', 'default', declared),
        resource('report', 'default', declared),
        ...later.map((version) => resource('report', version, declared)),
      ),
    }),
  )

/** Mostly what an attribute is meant to be, sometimes absent, sometimes something else. */
function attribute(usual: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const odd = fc.constantFrom<unknown>(
    null,
    5,
    'alice',
    ['staff'],
    { kind: 'travel' },
    true,
    Number.NaN,
  )
  return fc.oneof(
    { weight: 6, arbitrary: usual },
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: odd },
  )
}

export const requestModels: fc.Arbitrary<AccessRequest> = fc
  .record({
    id: fc.constantFrom('alice', 'bob'),
    kind: fc.constantFrom('user', 'user', 'service'),
    action: fc.constantFrom(...actionNames, 'delete'),
    type: fc.constantFrom('expense', 'report', 'ledger'),
    groups: attribute(fc.subarray(groupNames)),
    department: attribute(fc.constantFrom(...departments)),
    level: attribute(fc.integer({ min: 0, max: 5 })),
    owner: attribute(fc.constantFrom('alice', 'bob')),
    of: attribute(fc.constantFrom(...departments)),
    amount: attribute(fc.integer({ min: 0, max: 10 })),
    tags: attribute(fc.constantFrom({ kind: 'travel' }, { kind: 'food' }, {})),
    channel: attribute(fc.constantFrom('web', 'mobile')),
    thing: fc.constantFrom('a', 'a/b', 'x/b', 'a/b/c', 'axb'),
    acr: attribute(fc.constantFrom('mfa', 'key', 'password')),
    amr: attribute(fc.subarray(['otp', 'pwd', 'hwk'])),
    used: attribute(
      fc.oneof(
        { weight: 9, arbitrary: fc.subarray(['director', 'contractor', 'employee', 'manager']) },
        { weight: 1, arbitrary: fc.constantFrom<unknown>([['director']], [null]) },
      ),
    ),
    signedIn: attribute(fc.constantFrom(980, 700, 100)),
    scope: fc.oneof(
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 6, arbitrary: fc.constantFrom<unknown>('', 'acme', 'acme.hr', ...scopeNames) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<unknown>(
          'shops.x',
          'acme.hr.x.y',
          'ACME',
          'acme.',
          'x',
          5,
          null,
        ),
      },
    ),
    version: fc.oneof(
      { weight: 12, arbitrary: fc.constant(undefined) },
      { weight: 5, arbitrary: fc.constantFrom<unknown>('v2', 'default') },
      { weight: 1, arbitrary: fc.constantFrom<unknown>('v3', '', null, 2) },
    ),
  })
  .map(
    ({ id, kind, action, type, groups, department, level, owner, of, amount, tags, ...rest }) => ({
      subject: { type: kind, id, properties: present({ groups, department, level }) },
      action: { name: action, properties: {} },
      resource: {
        type,
        id: rest.thing,
        properties: present({
          owner,
          department: of,
          amount,
          tags,
          scope: rest.scope,
          used: rest.used,
        }),
      },
      context: present({
        channel: rest.channel,
        acr: rest.acr,
        amr: rest.amr,
        auth_time: rest.signedIn,
        policy_version: rest.version,
      }),
      timeMs: 1_000_000,
    }),
  )

function present(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))
}
