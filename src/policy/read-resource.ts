import {
  asText,
  at,
  type Cursor,
  entriesAt,
  itemsAt,
  textAt,
  textOrTextsAt,
  textsAt,
} from '../source/cursor.ts'
import { locate } from '../source/findings.ts'
import { readDefinitions } from './read-definitions.ts'
import type {
  AttributeSyntax,
  EffectSyntax,
  ObligationSyntax,
  RequirementSyntax,
  ResourceSyntax,
  RuleSyntax,
} from './syntax.ts'

/** Null: the file does not say which resource it is about, or for which version or scope. */
export function readResource(file: Cursor): ResourceSyntax | null {
  const type = textAt(file, 'resource')
  const isMissing = (key: string): boolean => at(file, key) !== null && textAt(file, key) === null
  if (type === null || isMissing('version') || isMissing('scope')) return null
  return {
    file,
    type,
    version: textAt(file, 'version'),
    scope: textAt(file, 'scope'),
    isScopeRequired: at(file, 'scope_required')?.value === true,
    location: locate(type),
    combining: textAt(file, 'combining'),
    actions: textsAt(file, 'actions'),
    attributes: readAttributes(file, 'attributes'),
    ...readDefinitions(file),
    rules: itemsAt(file, 'rules').map(readRule),
  }
}

export function readAttributes(place: Cursor, key: string): readonly AttributeSyntax[] {
  return entriesAt(place, key).flatMap(([name, declared]): AttributeSyntax[] => {
    const type = asText(declared)
    return type === null ? [] : [{ name, type }]
  })
}

function readRule(place: Cursor): RuleSyntax {
  const id = textAt(place, 'id')
  return {
    id,
    place,
    location: locate(id ?? place),
    effects: readEffects(place),
    roles: at(place, 'roles') === null ? null : textsAt(place, 'roles'),
    when: textAt(place, 'when'),
    requirement: readRequirement(place),
    obligations: itemsAt(place, 'obligations').flatMap(readObligation),
    output: at(place, 'output') === null ? null : entriesAt(place, 'output'),
  }
}

export function readEffects(place: Cursor): readonly EffectSyntax[] {
  return [...readEffect(place, 'permit'), ...readEffect(place, 'deny')]
}

function readEffect(rule: Cursor, effect: EffectSyntax['effect']): readonly EffectSyntax[] {
  const place = at(rule, effect)
  if (place === null) return []
  return [{ effect, place, actions: place.value === '*' ? 'all' : textsAt(rule, effect) }]
}

function readRequirement(rule: Cursor): RequirementSyntax | null {
  const place = at(rule, 'require')
  if (place === null) return null
  return {
    place,
    acr: readNames(place, 'acr'),
    amr: readNames(place, 'amr'),
    maxAge: textAt(place, 'max_age'),
  }
}

function readNames(place: Cursor, key: string): readonly string[] | null {
  return at(place, key) === null ? null : textOrTextsAt(place, key).map(({ value }) => value)
}

function readObligation(place: Cursor): readonly ObligationSyntax[] {
  const type = textAt(place, 'type')
  return type === null ? [] : [{ type, properties: entriesAt(place, 'properties') }]
}
