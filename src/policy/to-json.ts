import { toText } from './expression-conversions.ts'
import {
  CelCidr,
  CelDuration,
  CelIp,
  CelMap,
  CelOptional,
  CelSemver,
  CelTimestamp,
  CelUint,
} from './expression-values.ts'

/** A value that JSON cannot say, and why. */
export class NotJson {
  readonly message: string

  constructor(message: string) {
    this.message = message
  }
}

/** What an expression has yielded as JSON: requests and decisions are recorded and replayed. */
export function toJson(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : new NotJson('not a finite number')
  }
  if (typeof value === 'bigint') return smallInteger(value)
  return typeof value === 'object' ? objectToJson(value) : new NotJson('no value')
}

function objectToJson(value: object): unknown {
  if (Array.isArray(value)) {
    const items = value.map(toJson)
    return items.find((item) => item instanceof NotJson) ?? items
  }
  if (value instanceof CelTimestamp || value instanceof CelDuration) return toText(value)
  if (value instanceof CelIp || value instanceof CelCidr) return toText(value)
  if (value instanceof CelSemver) return value.text
  if (value instanceof CelOptional) return toJson(value.value)
  if (value instanceof CelUint) return smallInteger(value.value)
  if (value instanceof Uint8Array) return new NotJson('bytes cannot be an attribute')
  const entries = value instanceof CelMap ? value.entries() : Object.entries(value)
  const read = Object.create(null) as Record<string, unknown>
  for (const [key, item] of entries) {
    const json = toJson(item)
    if (json instanceof NotJson) return json
    read[String(key)] = json
  }
  return read
}

function smallInteger(value: bigint): unknown {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : new NotJson('an integer too large')
}
