import { type CelFunction, defineFunction, on } from './expression-overload.ts'
import { anyValue, optional } from './expression-params.ts'
import { type Type, boolType, dynType, optionalOf } from './expression-types.ts'
import {
  CelDuration,
  CelFailure,
  CelOptional,
  CelTimestamp,
  CelUint,
  isList,
  isMap,
  mapSize,
} from './expression-values.ts'

const noValue = new CelFailure('Optional has no value')

/** Optional values as in the CEL specification's extension; `.?`, `or` and the like are syntax. */
export const optionalFunctions: readonly (readonly [string, CelFunction])[] = [
  [
    'optional.of',
    {
      overloads: [{ params: [dynType], result: optionalOf(dynType), resultOf: optionalOfFirst }],
      run: (_meter, value) => new CelOptional(value),
    },
  ],
  [
    'optional.ofNonZeroValue',
    {
      overloads: [{ params: [dynType], result: optionalOf(dynType), resultOf: optionalOfFirst }],
      run: (_meter, value) => (isZero(value) ? CelOptional.none : new CelOptional(value)),
    },
  ],
  [
    'optional.none',
    { overloads: [{ params: [], result: optionalOf(dynType) }], run: () => CelOptional.none },
  ],
]

export const optionalMembers: readonly (readonly [string, CelFunction])[] = [
  [
    'hasValue',
    defineFunction('hasValue', [on(optional, boolType, ({ value }) => value !== undefined)]),
  ],
  [
    'value',
    defineFunction('value', [
      {
        ...on(optional, anyValue.type, ({ value }) => (value === undefined ? noValue : value)),
        resultOf: ([type]) => (type?.kind === 'optional' ? type.value : dynType),
      },
    ]),
  ],
]

function optionalOfFirst([type = dynType]: readonly Type[]): Type {
  return optionalOf(type)
}

/** What its type has where nothing was said: 0, "", false, null, an empty list or map. */
function isZero(value: unknown): boolean {
  if (value === null || value === false || value === 0 || value === 0n || value === '') return true
  if (typeof value !== 'object') return false
  if (isList(value) || value instanceof Uint8Array) return value.length === 0
  if (value instanceof CelUint) return value.value === 0n
  if (value instanceof CelDuration) return value.seconds === 0 && value.nanos === 0
  if (value instanceof CelTimestamp) return value.seconds === 0 && value.nanos === 0
  return isMap(value) && mapSize(value) === 0
}
