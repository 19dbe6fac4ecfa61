import { stringify } from 'yaml'
import type { PolicySource } from '../../src/policy/load.ts'
import type {
  DerivedRoleModel,
  PolicyModel,
  ResourceModel,
  RoleModel,
  RuleModel,
} from '../property/reference-decide.ts'

type Named = Readonly<Record<string, unknown>>

/**
 * A model as somebody would write it: a file for each policy, list and definition. Some conditions
 * have a name that all policies share, some one of their own policy, others none.
 */
export function writeModel(model: PolicyModel): readonly PolicySource[] {
  return new Writer(model).files()
}

class Writer {
  readonly #model: PolicyModel
  readonly #shared: Record<string, string> = {}
  readonly #derived: Record<string, Named> = {}
  readonly #files: PolicySource[] = []
  #count = 0

  constructor(model: PolicyModel) {
    this.#model = model
  }

  files(): readonly PolicySource[] {
    const { scopes, separated, separatedWithinScope, types, usedApart } = this.#model
    this.#write('roles', {
      roles: Object.fromEntries(this.#model.roles.map((role) => [role.name, roleOf(role)])),
      assignments: this.#model.roles.flatMap(assignmentsOf),
      separation: [
        ...separated.map((names) => ({ static: names })),
        ...separatedWithinScope.map((names) => ({ static: names, within: 'scope' })),
        ...(usedApart === undefined ? [] : [{ dynamic: usedApart, used: 'resource.used' }]),
      ],
    })
    if (scopes.length > 0) {
      const declared = scopes.map(({ name, isOpen }) => [name, isOpen ? { open: true } : {}])
      this.#write('scopes', { scopes: Object.fromEntries(declared) as Named })
    }
    if (types !== undefined) {
      this.#write('types', {
        types: {
          subject: typesOf(types, 'subject', ['groups']),
          context: typesOf(types, 'context', ['acr', 'amr', 'auth_time', 'policy_version']),
        },
      })
    }
    for (const resource of this.#model.resources) this.#resource(resource)
    this.#write('definitions', { variables: this.#shared, derived_roles: this.#derived })
    return this.#files
  }

  #resource(resource: ResourceModel): void {
    const { actions, combining, isScopeRequired, rules, scoped } = resource
    this.#policy(resource, null, rules, {
      actions,
      combining,
      attributes: typesOf(this.#model.types, 'resource', ['tags', 'used']),
      ...(isScopeRequired ? { scope_required: true } : {}),
    })
    for (const part of scoped) this.#policy(resource, part.scope, part.rules, {})
  }

  #policy(
    { type, version }: ResourceModel,
    scope: string | null,
    rules: readonly RuleModel[],
    parts: Named,
  ): void {
    const place = {
      ...(version === 'default' ? {} : { version }),
      ...(scope === null ? {} : { scope }),
    }
    const own: Record<string, string> = {}
    const written = rules.filter(({ acl }) => acl === null).map((rule) => this.#rule(rule, own))
    const name = `${type}-${version}-${scope ?? 'root'}`
    this.#write(name, { resource: type, ...place, ...parts, variables: own, rules: written })
    const entries = rules.filter(({ acl }) => acl !== null).map(entryOf)
    if (entries.length > 0) this.#write(`${name}-list`, { acl: type, ...place, entries })
  }

  #rule(rule: RuleModel, own: Record<string, string>): Named {
    const { acr, actions, amr, derivedRoles, effect, maxAgeS, roles, tells, when } = rule
    const names = [...(roles ?? []), ...derivedRoles.map((derived) => this.#derive(derived))]
    const require = {
      ...(acr === null ? {} : { acr }),
      ...(amr === null ? {} : { amr }),
      ...(maxAgeS === null ? {} : { max_age: `${maxAgeS}s` }),
    }
    const told = tells === null ? null : { told: tells }
    return {
      id: lastPart(rule.id),
      [effect]: actions,
      ...(names.length === 0 ? {} : { roles: names }),
      ...(when === null ? {} : { when: this.#name(when, own) }),
      ...(Object.keys(require).length === 0 ? {} : { require }),
      ...(told === null ? {} : { obligations: [{ type: 'tell', properties: told }], output: told }),
    }
  }

  #name(condition: string, own: Record<string, string>): string {
    this.#count += 1
    const name = `condition_${this.#count}`
    if (this.#count % 3 === 0) return condition
    if (this.#count % 3 === 1) this.#shared[name] = condition
    else own[name] = condition
    return name
  }

  #derive({ roles, when }: DerivedRoleModel): string {
    this.#count += 1
    const name = `derived-${this.#count}`
    this.#derived[name] = { ...(roles === null ? {} : { roles }), when }
    return name
  }

  /** Without keys that have nothing to say, which the language refuses. */
  #write(name: string, file: Named): void {
    const said = Object.entries(file).filter(
      ([key, value]) =>
        key === 'rules' || value === true || Object.keys(value as object).length > 0,
    )
    if (said.length === 0) return
    this.#files.push({ path: `${name}.yaml`, text: stringify(Object.fromEntries(said)) })
  }
}

function roleOf({ inherits, when }: RoleModel): Named {
  return { ...(inherits.length === 0 ? {} : { inherits }), ...(when === null ? {} : { when }) }
}

function assignmentsOf({
  name,
  groups,
  subjects,
  subjectType,
  within,
}: RoleModel): readonly Named[] {
  return [{ groups, subjects, subjectType, scope: undefined }, ...within].flatMap((given) => {
    const to = {
      ...(given.groups.length === 0 ? {} : { groups: given.groups }),
      ...subjectsOf(given),
    }
    if (Object.keys(to).length === 0) return []
    return [{ roles: [name], ...to, ...(given.scope === undefined ? {} : { scope: given.scope }) }]
  })
}

function entryOf({ acl, actions, effect, id, roles }: RuleModel): Named {
  const { expiresMs, groups, resources } = acl ?? { resources: [] }
  return {
    id: lastPart(id),
    resources,
    [effect]: actions,
    ...(acl === null ? {} : subjectsOf(acl)),
    ...(groups === undefined || groups.length === 0 ? {} : { groups }),
    ...(roles === null || roles.length === 0 ? {} : { roles }),
    ...(expiresMs == null ? {} : { expires: new Date(expiresMs).toISOString() }),
  }
}

function subjectsOf({ subjects, subjectType }: Pick<RoleModel, 'subjects' | 'subjectType'>): Named {
  if (subjects.length === 0) return {}
  return { subjects, ...(subjectType === null ? {} : { subject_type: subjectType }) }
}

function typesOf(types: PolicyModel['types'], root: string, open: readonly string[]): Named {
  const names = [...open, ...typedNames.filter((name) => name.startsWith(`${root}.`)).map(lastName)]
  return Object.fromEntries(names.map((name) => [name, types?.get(`${root}.${name}`) ?? 'dyn']))
}

const typedNames = [
  'resource.owner',
  'resource.department',
  'resource.amount',
  'subject.department',
  'subject.level',
  'context.channel',
]

function lastName(path: string): string {
  return path.slice(path.indexOf('.') + 1)
}

function lastPart(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1)
}
