import { tests } from '@bufbuild/cel-spec/testdata/conformance.js'
import { compileExpression } from '../../src/policy/expression.ts'
import {
  type ScopeVariable,
  expressionScope,
  valueVariable,
} from '../../src/policy/expression-scope.ts'
import { parseDuration, parseTimestamp } from '../../src/policy/expression-time.ts'
import {
  type Type,
  boolType,
  bytesType,
  doubleType,
  durationType,
  dynType,
  intType,
  listOf,
  mapOf,
  nullType,
  optionalOf,
  stringType,
  timestampType,
  typeName,
  typeType,
  uintType,
} from '../../src/policy/expression-types.ts'
import {
  CelDuration,
  CelFailure,
  CelMap,
  CelTimestamp,
  CelType,
  CelUint,
  isMap,
  kindOf,
  mapEntries,
  mapSize,
} from '../../src/policy/expression-values.ts'

/** A case of the specification's own tests, in the JSON form of `SimpleTest`. */
interface SimpleTest {
  readonly name?: string
  readonly expr: string
  readonly disableCheck?: boolean
  readonly typeEnv?: readonly {
    readonly name: string
    readonly ident?: { readonly type: JsonType }
    readonly function?: object
  }[]
  readonly container?: string
  readonly checkOnly?: boolean
  readonly bindings?: Readonly<Record<string, { readonly value: JsonValue }>>
  readonly value?: JsonValue
  readonly evalError?: object
  readonly typedResult?: { readonly result?: JsonValue; readonly deducedType: JsonType }
}

interface JsonType {
  readonly primitive?: string
  readonly wellKnown?: string
  readonly null?: unknown
  readonly dyn?: unknown
  readonly type?: unknown
  readonly mapType?: { readonly keyType: JsonType; readonly valueType: JsonType }
  readonly abstractType?: { readonly name: string; readonly parameterTypes: readonly JsonType[] }
  readonly listType?: { readonly elemType: JsonType }
}

interface JsonValue {
  readonly nullValue?: null
  readonly boolValue?: boolean
  readonly int64Value?: string
  readonly uint64Value?: string
  readonly doubleValue?: number | string
  readonly stringValue?: string
  readonly bytesValue?: string
  readonly typeValue?: string
  readonly listValue?: { readonly values?: readonly JsonValue[] }
  readonly mapValue?: {
    readonly entries?: readonly { readonly key: JsonValue; readonly value: JsonValue }[]
  }
  readonly objectValue?: { readonly '@type': string; readonly value?: string }
}

interface Suite {
  readonly name: string
  readonly suites?: readonly Suite[]
  readonly tests?: readonly { readonly original: SimpleTest }[]
}

export interface CelCase {
  /** `section/group/name`. */
  readonly id: string
  readonly test: SimpleTest
}

export const sectionNames: readonly string[] = ((tests as unknown as Suite).suites ?? []).map(
  ({ name }) => name,
)

export function casesOf(section: string): readonly CelCase[] {
  const { suites = [] } = tests as unknown as Suite
  const found = suites.find((suite) => suite.name === section)
  return found === undefined ? [] : collect(found, section)
}

function collect(suite: Suite, path: string): readonly CelCase[] {
  const own = (suite.tests ?? []).map(({ original }) => ({
    id: `${path}/${original.name ?? original.expr}`,
    test: original,
  }))
  return [
    ...own,
    ...(suite.suites ?? []).flatMap((inner) => collect(inner, `${path}/${inner.name}`)),
  ]
}

/** Null: passed. Otherwise what went wrong. */
export function runCase({ test }: CelCase): string | null {
  const bindings = new Map(
    Object.entries(test.bindings ?? {}).map(([name, { value }]) => [name, valueOf(value)]),
  )
  const declared = new Map(
    (test.typeEnv ?? []).map(({ name, ident }) => [name, typeOf(ident?.type ?? {})]),
  )
  const names = new Set([
    ...declared.keys(),
    ...(test.disableCheck === true ? bindings.keys() : []),
  ])
  const variables: ScopeVariable<null>[] = [...names].map((name) =>
    valueVariable(name, declared.get(name) ?? dynType, () => bindings.get(name)),
  )
  const compiled = compileExpression(test.expr, expressionScope(variables), {
    isChecked: test.disableCheck !== true,
  })
  const wantsError = test.evalError !== undefined
  if (!compiled.ok) {
    return wantsError
      ? null
      : `does not compile: ${compiled.errors.map((e) => e.message).join('; ')}`
  }
  const deduced = test.typedResult?.deducedType
  if (deduced !== undefined && typeName(typeOf(deduced)) !== typeName(compiled.type)) {
    return `wants type ${typeName(typeOf(deduced))}, got ${typeName(compiled.type)}`
  }
  if (test.checkOnly === true) return null
  const result = compiled.evaluate(null)
  if (result instanceof CelFailure) return wantsError ? null : `fails: ${result.message}`
  if (wantsError) return `wants an error, got ${show(result)}`
  const wanted = valueOf(test.typedResult?.result ?? test.value ?? { boolValue: true })
  return isSame(result, wanted) ? null : `wants ${show(wanted)}, got ${show(result)}`
}

function valueOf(json: JsonValue): unknown {
  if (json.boolValue !== undefined) return json.boolValue
  if (json.int64Value !== undefined) return BigInt(json.int64Value)
  if (json.uint64Value !== undefined) return new CelUint(BigInt(json.uint64Value))
  if (json.doubleValue !== undefined) return Number(json.doubleValue)
  if (json.stringValue !== undefined) return json.stringValue
  if (json.bytesValue !== undefined) return new Uint8Array(Buffer.from(json.bytesValue, 'base64'))
  if (json.typeValue !== undefined) return new CelType(json.typeValue)
  if (json.listValue !== undefined) return (json.listValue.values ?? []).map(valueOf)
  if (json.mapValue !== undefined) {
    const map = new CelMap()
    for (const { key, value } of json.mapValue.entries ?? []) map.add(valueOf(key), valueOf(value))
    return map
  }
  if (json.objectValue === undefined) return null
  const { '@type': url, value = '' } = json.objectValue
  return url.endsWith('Duration') ? parseDuration(value) : parseTimestamp(value)
}

function typeOf(json: JsonType): Type {
  if (json.mapType !== undefined) {
    return mapOf(typeOf(json.mapType.keyType), typeOf(json.mapType.valueType))
  }
  if (json.listType !== undefined) return listOf(typeOf(json.listType.elemType))
  if (json.abstractType?.name === 'optional_type') {
    return optionalOf(typeOf(json.abstractType.parameterTypes[0] ?? {}))
  }
  if (json.null !== undefined) return nullType
  if (json.type !== undefined) return typeType
  return namedTypes.get(json.primitive ?? json.wellKnown ?? '') ?? dynType
}

const namedTypes: ReadonlyMap<string, Type> = new Map([
  ['BOOL', boolType],
  ['INT64', intType],
  ['UINT64', uintType],
  ['DOUBLE', doubleType],
  ['STRING', stringType],
  ['BYTES', bytesType],
  ['TIMESTAMP', timestampType],
  ['DURATION', durationType],
])

/** Same type, same value: stricter than CEL's own equality. */
function isSame(a: unknown, b: unknown): boolean {
  if (kindOf(a) !== kindOf(b)) return false
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, at) => isSame(item, b[at]))
  }
  if (a instanceof CelUint && b instanceof CelUint) return a.value === b.value
  if (a instanceof CelType && b instanceof CelType) return a.name === b.name
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0
  if (
    (a instanceof CelTimestamp && b instanceof CelTimestamp) ||
    (a instanceof CelDuration && b instanceof CelDuration)
  ) {
    return a.seconds === b.seconds && a.nanos === b.nanos
  }
  if (!isMap(a) || !isMap(b)) return Object.is(a, b)
  const others = [...mapEntries(b)]
  return (
    mapSize(a) === others.length &&
    [...mapEntries(a)].every(([key, value]) =>
      others.some(([otherKey, other]) => isSame(key, otherKey) && isSame(value, other)),
    )
  )
}

function show(value: unknown): string {
  if (typeof value === 'bigint' || typeof value === 'number') return `${kindOf(value)} ${value}`
  if (Array.isArray(value)) return `[${value.map(show).join(', ')}]`
  if (value instanceof CelMap) return `{${[...value.entries()].map((entry) => show(entry)).join()}}`
  return `${kindOf(value)} ${JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? String(inner) : inner,
  )}`
}
