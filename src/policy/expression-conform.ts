import { parseDuration, parseTimestamp } from './expression-time.ts'
import { type Type, withArticle } from './expression-types.ts'
import {
  CelCidr,
  CelDuration,
  CelFailure,
  CelIp,
  CelOptional,
  CelSemver,
  CelTimestamp,
  CelUint,
  isList,
  isMap,
} from './expression-values.ts'

/** Takes a value from outside for what it is declared to be, or fails. Null: anything will do. */
export function conformer(type: Type, what: string): ((value: unknown) => unknown) | null {
  const failure = new CelFailure(`${what} is not ${withArticle(type)}`)
  switch (type.kind) {
    case 'dyn':
      return null
    case 'string':
      return (value) => (typeof value === 'string' ? value : failure)
    case 'bool':
      return (value) => (typeof value === 'boolean' ? value : failure)
    case 'double':
      return (value) => (typeof value === 'number' ? value : failure)
    case 'int':
      return (value) => {
        if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : failure
        return typeof value === 'bigint' && BigInt.asIntN(64, value) === value ? value : failure
      }
    case 'timestamp':
      return (value) => {
        if (typeof value === 'string') return parsed(parseTimestamp(value), failure)
        return value instanceof CelTimestamp ? value : failure
      }
    case 'duration':
      return (value) => {
        if (typeof value === 'string') return parsed(parseDuration(value), failure)
        return value instanceof CelDuration ? value : failure
      }
    case 'list':
      return (value) => (isList(value) ? value : failure)
    case 'map':
    case 'object':
      return (value) => (isMap(value) ? value : failure)
    case 'null':
      return (value) => (value === null ? value : failure)
    case 'uint':
      return (value) => (value instanceof CelUint ? value : failure)
    case 'bytes':
      return (value) => (value instanceof Uint8Array ? value : failure)
    case 'optional':
      return (value) => (value instanceof CelOptional ? value : failure)
    case 'ip':
      return (value) => (value instanceof CelIp ? value : failure)
    case 'cidr':
      return (value) => (value instanceof CelCidr ? value : failure)
    case 'semver':
      return (value) => (value instanceof CelSemver ? value : failure)
    case 'type':
      return null
    default:
      return type satisfies never
  }
}

function parsed(value: unknown, failure: CelFailure): unknown {
  return value instanceof CelFailure ? failure : value
}
