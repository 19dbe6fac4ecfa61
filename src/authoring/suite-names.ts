import type { Resource, Subject } from '../model/access-request.ts'
import type { Attributes } from '../model/attributes.ts'
import type { DeclaredResource } from '../policy/declared-resources.ts'
import { type Cursor, entriesOf, type Text, textAt } from '../source/cursor.ts'
import type { Findings } from '../source/findings.ts'
import { quote } from '../source/quote.ts'
import { suggest } from '../source/suggest.ts'

export interface SuiteNames {
  readonly subjects: ReadonlyMap<string, Subject>
  readonly resources: ReadonlyMap<string, Resource>
}

export type DeclaredResources = ReadonlyMap<string, DeclaredResource>

/** Written as conditions read it: `id`, `type`, and every other key a property. */
export function readSubject(
  place: Cursor,
  name: string,
  declared: ReadonlySet<string> | null,
  findings: Findings,
): Subject {
  checkNames(place, 'subject', declared, findings)
  return {
    type: textAt(place, 'type')?.value ?? 'user',
    id: textAt(place, 'id')?.value ?? name,
    properties: propertiesOf(place),
  }
}

/** A misspelt attribute would be absent, and a test that expects a denial would pass. */
export function checkNames(
  place: Cursor,
  owner: 'subject' | 'context',
  declared: ReadonlySet<string> | null,
  findings: Findings,
): void {
  if (declared === null) return
  for (const [name, value] of entriesOf(place)) {
    const isFixed = owner === 'subject' && (name === 'id' || name === 'type')
    if (isFixed || declared.has(name)) continue
    findings.errorAtKey(value, {
      code: 'unknown-attribute',
      message: `no file declares an attribute ${quote(`${owner}.${name}`)}`,
      hint: suggest(name, declared, 'declared attributes'),
    })
  }
}

/** Null, with a finding, when no policy is about such a resource or an attribute is not declared. */
export function readResource(
  place: Cursor,
  name: string,
  declared: DeclaredResources,
  findings: Findings,
): Resource | null {
  const type = textAt(place, 'type')
  if (type === null) return null
  const resource = declared.get(type.value)
  if (resource === undefined) {
    reportType(type, type.value, declared, findings)
    return null
  }
  let isKnown = true
  for (const [attribute, value] of entriesOf(place)) {
    if (attribute === 'id' || attribute === 'type' || resource.attributes.has(attribute)) continue
    isKnown = false
    findings.errorAtKey(value, {
      code: 'unknown-attribute',
      message: `resource ${quote(type.value)} declares no attribute ${quote(attribute)}`,
      hint: suggest(attribute, resource.attributes, 'its attributes'),
    })
  }
  if (!isKnown) return null
  const id = textAt(place, 'id')?.value ?? name
  return { type: type.value, id, properties: propertiesOf(place) }
}

/** A name of the suite, or `TYPE`, or `TYPE/ID` for a resource without attributes. */
export function resourceByName(
  text: Text,
  names: SuiteNames,
  declared: DeclaredResources,
  findings: Findings,
): Resource | null {
  const named = names.resources.get(text.value)
  if (named !== undefined) return named
  const slash = text.value.indexOf('/')
  const type = slash === -1 ? text.value : text.value.slice(0, slash)
  if (declared.has(type)) {
    return { type, id: slash === -1 ? '' : text.value.slice(slash + 1), properties: {} }
  }
  const known = [...names.resources.keys(), ...declared.keys()]
  findings.error(text, {
    code: 'unknown-resource',
    message: `${quote(text.value)} is neither a resource of this file nor a resource type`,
    hint: suggest(text.value, known, 'known'),
  })
  return null
}

export function subjectByName(
  name: string,
  place: Cursor,
  names: SuiteNames,
  findings: Findings,
  part: 'key' | 'value',
): Subject | null {
  const subject = names.subjects.get(name)
  if (subject !== undefined) return subject
  const wording = {
    code: 'unknown-subject',
    message: `unknown subject ${quote(name)}`,
    hint:
      suggest(name, names.subjects.keys(), 'subjects of this file') ??
      'describe it under "subjects"',
  }
  if (part === 'key') findings.errorAtKey(place, wording)
  else findings.error(place, wording)
  return null
}

function reportType(
  place: Cursor,
  type: string,
  declared: DeclaredResources,
  findings: Findings,
): void {
  findings.error(place, {
    code: 'unknown-resource',
    message: `no policy is about resources of type ${quote(type)}`,
    hint: suggest(type, declared.keys(), 'resource types'),
  })
}

function propertiesOf(place: Cursor): Attributes {
  const properties = Object.create(null) as Record<string, unknown>
  for (const [name, { value }] of entriesOf(place)) {
    if (name !== 'id' && name !== 'type') properties[name] = value
  }
  return properties
}
