import type { Param } from './expression-overload.ts'
import {
  boolType,
  bytesType,
  cidrType,
  doubleType,
  durationType,
  dynType,
  intType,
  ipType,
  listOf,
  optionalOf,
  semverType,
  stringType,
  uintType,
} from './expression-types.ts'
import {
  CelCidr,
  CelDuration,
  CelFailure,
  CelIp,
  CelOptional,
  CelSemver,
  CelUint,
  isList,
} from './expression-values.ts'

export const anyValue: Param<unknown> = {
  type: dynType,
  holds: (value): value is unknown => !(value instanceof CelFailure),
}
export const text: Param<string> = {
  type: stringType,
  holds: (value) => typeof value === 'string',
}
export const bool: Param<boolean> = {
  type: boolType,
  holds: (value) => typeof value === 'boolean',
}
export const int: Param<bigint> = { type: intType, holds: (value) => typeof value === 'bigint' }
export const uint: Param<CelUint> = {
  type: uintType,
  holds: (value) => value instanceof CelUint,
}
export const double: Param<number> = {
  type: doubleType,
  holds: (value) => typeof value === 'number',
}
export const bytes: Param<Uint8Array> = {
  type: bytesType,
  holds: (value) => value instanceof Uint8Array,
}
export const duration: Param<CelDuration> = {
  type: durationType,
  holds: (value) => value instanceof CelDuration,
}
export const list: Param<readonly unknown[]> = { type: listOf(dynType), holds: isList }
export const optional: Param<CelOptional> = {
  type: optionalOf(dynType),
  holds: (value) => value instanceof CelOptional,
}
export const ip: Param<CelIp> = { type: ipType, holds: (value) => value instanceof CelIp }
export const cidr: Param<CelCidr> = { type: cidrType, holds: (value) => value instanceof CelCidr }
export const semver: Param<CelSemver> = {
  type: semverType,
  holds: (value) => value instanceof CelSemver,
}

/** Elements are looked at by the function itself. */
export const texts: Param<readonly unknown[]> = { type: listOf(stringType), holds: isList }
