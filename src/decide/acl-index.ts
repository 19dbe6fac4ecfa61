import type { AccessRequest } from '../model/access-request.ts'
import { literalPrefix, matchesGlob } from './glob.ts'
import type { ConditionFailure } from './policy-spec.ts'
import type { RoleSet } from './role-set.ts'
import type { CompiledRule, EntryIndex, FoundEntry } from './rule-list.ts'

/** Longer ids are not compared with patterns, and longer lists of groups are not searched. */
const maxIdLength = 1_024
const maxGroups = 10_000

/** The entries for one id or pattern, by whom they name. */
interface Listed {
  readonly all: CompiledRule[]
  readonly subjects: Map<string, CompiledRule[]>
  readonly groups: Map<string, CompiledRule[]>
  readonly roles: Map<number, CompiledRule[]>
}

/**
 * The entries of one effect about one action. What a decision costs depends on how many groups and
 * roles the subject has and on how long the patterns' beginnings are, not on how many entries there
 * are.
 */
export class AclIndex implements EntryIndex {
  readonly #exact = new Map<string, Listed>()
  /** By what their pattern begins with. */
  readonly #patterns = new Map<string, [pattern: string, listed: Listed][]>()
  readonly #prefixLengths: readonly number[]

  constructor(rules: readonly CompiledRule[]) {
    const byPattern = new Map<string, Listed>()
    for (const rule of rules) {
      for (const resource of rule.spec.acl?.resources ?? []) {
        const place = resource.includes('*') ? byPattern : this.#exact
        let listed = place.get(resource)
        if (listed === undefined) {
          listed = { all: [], subjects: new Map(), groups: new Map(), roles: new Map() }
          place.set(resource, listed)
        }
        list(rule, listed)
      }
    }
    for (const [pattern, listed] of byPattern) {
      add(this.#patterns, literalPrefix(pattern), [pattern, listed])
    }
    const lengths = new Set(Array.from(this.#patterns.keys(), (prefix) => prefix.length))
    this.#prefixLengths = [...lengths].sort((a, b) => a - b)
  }

  find(request: AccessRequest, roles: RoleSet): FoundEntry | null {
    const { id } = request.resource
    const exact = this.#exact.get(id)
    let found = exact === undefined ? null : findIn(exact, request, roles)
    if (this.#prefixLengths.length === 0) return found
    if (id.length > maxIdLength) return better(found, this.#undecided())
    for (const length of this.#prefixLengths) {
      if (length > id.length) break
      for (const [pattern, listed] of this.#patterns.get(id.slice(0, length)) ?? []) {
        if (matchesGlob(pattern, id)) found = better(found, findIn(listed, request, roles))
      }
    }
    return found
  }

  about({ resource: { id } }: AccessRequest): readonly CompiledRule[] {
    const rules = new Set(this.#exact.get(id)?.all)
    for (const [pattern, listed] of [...this.#patterns.values()].flat()) {
      if (id.length > maxIdLength || matchesGlob(pattern, id)) {
        for (const rule of listed.all) rules.add(rule)
      }
    }
    return [...rules].sort((a, b) => a.order - b.order)
  }

  #undecided(): FoundEntry | null {
    const [first] = [...this.#patterns.values()].flatMap((each) =>
      each.map(([, { all }]) => all[0]),
    )
    return first === undefined ? null : { rule: first, failure: tooLong }
  }
}

const tooLong: ConditionFailure = Object.freeze({
  kind: 'failure',
  message: `the id of the resource is longer than ${maxIdLength} characters`,
})
const noGroups: ConditionFailure = Object.freeze({
  kind: 'failure',
  message: 'subject.groups is not a list that can be searched',
})
const unknownRole: ConditionFailure = Object.freeze({
  kind: 'failure',
  message: 'a role of the entry could not be determined',
})

/** At an instant that is none (NaN) no permit lasts and no deny ends. */
export function isExpired({ spec }: CompiledRule, { timeMs }: AccessRequest): boolean {
  const expiresMs = spec.acl?.expiresMs
  if (expiresMs == null) return false
  return spec.effect === 'permit' ? !(timeMs < expiresMs) : timeMs >= expiresMs
}

function findIn(listed: Listed, request: AccessRequest, roles: RoleSet): FoundEntry | null {
  const { subject } = request
  let rule = currentFor(listed.subjects.get(subject.id), request)
  let failure: FoundEntry | null = null
  if (listed.groups.size > 0) {
    const { properties } = subject
    const groups: unknown = Object.hasOwn(properties, 'groups') ? properties['groups'] : undefined
    if (Array.isArray(groups) && groups.length <= maxGroups) {
      for (const group of groups as readonly unknown[]) {
        const named = typeof group === 'string' ? listed.groups.get(group) : undefined
        rule = earlier(rule, current(named, request))
      }
    } else failure = undecided(listed.groups, request, noGroups)
  }
  if (listed.roles.size > 0) {
    for (const id of roles.heldIds) rule = earlier(rule, current(listed.roles.get(id), request))
    for (const id of roles.failedIds) {
      const first = current(listed.roles.get(id), request)
      if (first !== null) failure = better(failure, { rule: first, failure: unknownRole })
    }
  }
  return rule === null ? failure : { rule, failure: null }
}

function undecided(
  named: ReadonlyMap<string, readonly CompiledRule[]>,
  request: AccessRequest,
  failure: ConditionFailure,
): FoundEntry | null {
  let first: CompiledRule | null = null
  for (const rules of named.values()) first = earlier(first, current(rules, request))
  return first === null ? null : { rule: first, failure }
}

/** An entry that applies, before one that cannot be told; of two alike the one that stands first. */
function better(a: FoundEntry | null, b: FoundEntry | null): FoundEntry | null {
  if (a === null || b === null) return a ?? b
  if ((a.failure === null) !== (b.failure === null)) return a.failure === null ? a : b
  return a.rule.order <= b.rule.order ? a : b
}

function earlier(a: CompiledRule | null, b: CompiledRule | null): CompiledRule | null {
  if (a === null || b === null) return a ?? b
  return a.order <= b.order ? a : b
}

function current(
  rules: readonly CompiledRule[] | undefined,
  request: AccessRequest,
): CompiledRule | null {
  return rules?.find((rule) => !isExpired(rule, request)) ?? null
}

/** Of entries that name the id of the subject. */
function currentFor(
  rules: readonly CompiledRule[] | undefined,
  request: AccessRequest,
): CompiledRule | null {
  const { type } = request.subject
  const found = rules?.find((rule) => {
    const { subjectType = type } = rule.spec.acl ?? {}
    return subjectType === type && !isExpired(rule, request)
  })
  return found ?? null
}

function list(rule: CompiledRule, listed: Listed): void {
  listed.all.push(rule)
  for (const subject of rule.spec.acl?.subjects ?? []) add(listed.subjects, subject, rule)
  for (const group of rule.spec.acl?.groups ?? []) add(listed.groups, group, rule)
  for (const role of rule.roles ?? []) add(listed.roles, role, rule)
}

function add<Key, Item>(lists: Map<Key, Item[]>, key: Key, item: Item): void {
  const known = lists.get(key)
  if (known === undefined) lists.set(key, [item])
  else known.push(item)
}
