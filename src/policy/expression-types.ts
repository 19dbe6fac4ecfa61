/** The types of CEL, and objects whose members a policy declares. */
export type Type =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'list'; readonly element: Type }
  | { readonly kind: 'map'; readonly key: Type; readonly value: Type }
  | { readonly kind: 'optional'; readonly value: Type }
  | ObjectType

type ScalarKind =
  | 'dyn'
  | 'null'
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'timestamp'
  | 'duration'
  | 'type'
  | 'ip'
  | 'cidr'
  | 'semver'

export interface ObjectType {
  readonly kind: 'object'
  /** As the author writes it: `resource`. */
  readonly name: string
  readonly members: ReadonlyMap<string, Type>
  /** Members beyond those declared may be read, as `dyn`. */
  readonly open: boolean
}

export const dynType: Type = { kind: 'dyn' }
export const nullType: Type = { kind: 'null' }
export const boolType: Type = { kind: 'bool' }
export const intType: Type = { kind: 'int' }
export const uintType: Type = { kind: 'uint' }
export const doubleType: Type = { kind: 'double' }
export const stringType: Type = { kind: 'string' }
export const bytesType: Type = { kind: 'bytes' }
export const timestampType: Type = { kind: 'timestamp' }
export const durationType: Type = { kind: 'duration' }
export const typeType: Type = { kind: 'type' }
export const ipType: Type = { kind: 'ip' }
export const cidrType: Type = { kind: 'cidr' }
export const semverType: Type = { kind: 'semver' }

export function listOf(element: Type): Type {
  return { kind: 'list', element }
}

export function mapOf(key: Type, value: Type): Type {
  return { kind: 'map', key, value }
}

export function optionalOf(value: Type): Type {
  return { kind: 'optional', value }
}

const scalars: ReadonlyMap<string, Type> = new Map([
  ['bool', boolType],
  ['int', intType],
  ['double', doubleType],
  ['string', stringType],
  ['timestamp', timestampType],
  ['duration', durationType],
  ['dyn', dynType],
])

/** What an attribute may be declared as, for messages and suggestions. */
export const attributeTypeNames: readonly string[] = [
  ...scalars.keys(),
  'list<string>',
  'map<string, dyn>',
]

const maxTypeNesting = 4

/**
 * Reads the type of a declared attribute: a scalar, `list`, `list<T>`, `map` or `map<string, T>`.
 * Null: there is no such type.
 */
export function parseAttributeType(text: string, nesting = maxTypeNesting): Type | null {
  const name = text.trim()
  const scalar = scalars.get(name)
  if (scalar !== undefined) return scalar
  if (name === 'list') return listOf(dynType)
  if (name === 'map') return mapOf(stringType, dynType)
  if (nesting === 0 || !name.endsWith('>')) return null
  if (name.startsWith('list<')) {
    const element = parseAttributeType(name.slice('list<'.length, -1), nesting - 1)
    return element === null ? null : listOf(element)
  }
  if (name.startsWith('map<')) {
    const inner = name.slice('map<'.length, -1)
    const comma = inner.indexOf(',')
    if (comma < 0 || inner.slice(0, comma).trim() !== 'string') return null
    const value = parseAttributeType(inner.slice(comma + 1), nesting - 1)
    return value === null ? null : mapOf(stringType, value)
  }
  return null
}

export function typeName(type: Type): string {
  if (type.kind === 'list') {
    return type.element.kind === 'dyn' ? 'list' : `list<${typeName(type.element)}>`
  }
  if (type.kind === 'map') {
    const isOpen = type.key.kind === 'dyn' && type.value.kind === 'dyn'
    return isOpen ? 'map' : `map<${typeName(type.key)}, ${typeName(type.value)}>`
  }
  if (type.kind === 'optional') {
    return type.value.kind === 'dyn' ? 'optional' : `optional<${typeName(type.value)}>`
  }
  return type.kind === 'object' ? type.name : type.kind
}

/** `an int`, `a list<string>`. */
export function withArticle(type: Type): string {
  const name = typeName(type)
  return `${/^[aeio]/.test(name) ? 'an' : 'a'} ${name}`
}

/** What a list holds, as far as it is known. */
export function elementOf(type: Type | undefined): Type {
  return type?.kind === 'list' ? type.element : dynType
}

export function isNumeric(type: Type): boolean {
  return type.kind === 'int' || type.kind === 'uint' || type.kind === 'double'
}
