import type { RuleSpec } from '../decide/policy-spec.ts'
import type { Text } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { parseTimestamp } from './expression-time.ts'
import { CelTimestamp } from './expression-values.ts'
import { type Declared, resolveName } from './names.ts'
import { refuseIds } from './refuse-ids.ts'
import { reportSeparated } from './separated-roles.ts'
import { oneEffect, resolveActions, type RuleNames } from './rules.ts'
import { subjectTypeOf } from './subject-type.ts'
import type { AclEntrySyntax } from './syntax.ts'

/** Patterns are compared one by one, where ids are looked up. */
const MAX_PATTERNS = 1_000
const MAX_WILDCARDS = 8

/** The entries about one type of resource, of all files, each a rule of its own. */
export function compileEntries(
  entries: readonly AclEntrySyntax[],
  names: RuleNames,
  ids: Declared<unknown>,
  findings: Findings,
): readonly RuleSpec[] {
  const patterns = new Set<string>()
  return entries.map((entry, at) => {
    const id = entry.id?.value ?? `acl-${at + 1}`
    ids.add(id, entry, entry.id ?? entry.place, 'value', findings)
    const effect = oneEffect(entry, 'entry', findings)
    const actions = entry.effects.flatMap((each) => resolveActions(each, names, findings))
    checkNamed(entry, names, findings)
    const subjectType = subjectTypeOf(entry.subjectType, effect)
    for (const resource of entry.resources) checkPattern(resource, patterns, findings)
    return {
      id: `${names.resource}/${id}`,
      effect,
      actions,
      roles: valuesOf(entry.roles),
      condition: null,
      acl: {
        resources: valuesOf(entry.resources),
        subjects: valuesOf(entry.subjects),
        ...(subjectType === null ? {} : { subjectType }),
        groups: valuesOf(entry.groups),
        expiresMs: entry.expires === null ? null : readExpiry(entry.expires, findings),
      },
      location: entry.location,
    }
  })
}

function checkNamed(
  { groups, id, place, roles, subjects }: AclEntrySyntax,
  names: RuleNames,
  findings: Findings,
): void {
  if (subjects.length + groups.length + roles.length === 0) {
    findings.error(id ?? place, {
      code: 'entry-without-subject',
      message: 'the entry is about nobody',
      hint: 'add "subjects", "groups" or "roles"',
    })
  }
  refuseIds([...subjects, ...groups], findings)
  for (const role of roles) {
    if (names.derivedRoles.get(role.value) !== null) {
      findings.error(role, {
        code: 'derived-role-listed',
        message: `${quote(role.value)} is a derived role, and an entry has no condition`,
        hint: 'write a rule instead',
      })
    } else if (names.separatedRoles.has(role.value)) {
      reportSeparated(role, 'an entry', findings)
    } else if (names.roles !== null) resolveName(role, names.roles, 'role', findings)
  }
}

function checkPattern(resource: Text, patterns: Set<string>, findings: Findings): void {
  const { value } = resource
  if (!value.includes('*')) return
  if ((value.match(/\*+/gu)?.length ?? 0) > MAX_WILDCARDS) {
    findings.error(resource, {
      code: 'too-many',
      message: `the pattern ${quote(value)} has more than ${MAX_WILDCARDS} wildcards`,
      hint: 'split it in several, or write a rule',
    })
  }
  if (patterns.size === MAX_PATTERNS && !patterns.has(value)) {
    findings.error(resource, {
      code: 'too-many',
      message: `more than ${MAX_PATTERNS} patterns list resources of this type`,
      hint: 'list ids, of which there may be any number, or write a rule',
    })
  }
  if (patterns.size <= MAX_PATTERNS) patterns.add(value)
}

function readExpiry(expires: Text, findings: Findings): number | null {
  const instant = parseTimestamp(expires.value)
  if (instant instanceof CelTimestamp) return instant.seconds * 1000 + instant.nanos / 1e6
  findings.error(expires, {
    code: 'malformed-instant',
    message: `${quote(expires.value)} is not an instant`,
    hint: 'write it as in "2027-01-01T00:00:00Z"',
  })
  return null
}

function valuesOf(texts: readonly Text[]): readonly string[] {
  return texts.map(({ value }) => value)
}
