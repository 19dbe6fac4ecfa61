import { maxStringLength } from './expression-arithmetic.ts'
import { type CelFunction, defineFunction, on } from './expression-overload.ts'
import { bytes, text } from './expression-params.ts'
import { bytesType, stringType } from './expression-types.ts'
import { CelFailure, type Meter, overBudget } from './expression-values.ts'

const malformed = new CelFailure('Malformed base64')
const tooLong = new CelFailure('String is too long')
const base64Form = /^[A-Za-z0-9+/]*={0,2}$/

/** As in the encoders extension of the CEL specification. */
export const encoderFunctions: readonly (readonly [string, CelFunction])[] = [
  [
    'base64.encode',
    defineFunction('base64.encode', [on(bytes, stringType, encode)], { isGrowing: true }),
  ],
  [
    'base64.decode',
    defineFunction('base64.decode', [on(text, bytesType, decode)], {
      isGrowing: true,
      isParser: true,
    }),
  ],
]

function encode(value: Uint8Array, meter: Meter): string | CelFailure {
  if (value.length > maxStringLength / 2) return tooLong
  return meter.take(value.length >> 4) ? Buffer.from(value).toString('base64') : overBudget
}

/** With its padding or without, and nothing that would decode to the same bytes otherwise. */
function decode(value: string, meter: Meter): Uint8Array | CelFailure {
  if (!meter.take(value.length >> 4)) return overBudget
  if (!base64Form.test(value)) return malformed
  const decoded = Buffer.from(value, 'base64')
  const encoded = decoded.toString('base64')
  const isCanonical = encoded === value || encoded.replace(/=+$/, '') === value
  return isCanonical ? new Uint8Array(decoded) : malformed
}
