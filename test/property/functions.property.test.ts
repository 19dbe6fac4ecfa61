import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileExpression, isConditionFailure } from '../../src/policy/expression.ts'
import { memberFunctions, plainFunctions } from '../../src/policy/expression-functions.ts'
import { expressionScope, valueVariable } from '../../src/policy/expression-scope.ts'
import { dynType } from '../../src/policy/expression-types.ts'
import {
  CelCidr,
  CelDuration,
  CelFailure,
  CelIp,
  CelOptional,
  CelSemver,
  CelTimestamp,
  CelUint,
  Meter,
  kindOf,
} from '../../src/policy/expression-values.ts'
import { runs } from './runs.ts'

const scalars = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0n,
    -1n,
    2n ** 63n - 1n,
    -(2n ** 63n),
    0,
    -0,
    1.5,
    Number.NaN,
  ),
  fc.constantFrom<unknown>('', '/', '/a', '/a/b', '10.0.0.0/8', '10.1.1.1', '::1', '1.2.3', 'a*'),
  fc.constantFrom<unknown>('%s %d', '%.64f', '😀', '\ud800', '[', '{', '\\', '😀'.repeat(500)),
  fc.constantFrom<unknown>(
    new CelUint(3n),
    new CelTimestamp(0, 0),
    new CelDuration(1, 0),
    new CelIp([1]),
    new CelCidr(new CelIp([0, 0, 0, 1]), 128),
    new CelSemver('1.0.0', [1n, 0n, 0n], []),
    new CelOptional(1n),
    CelOptional.none,
    new Uint8Array([255, 0]),
  ),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.double(),
  fc.string({ unit: 'binary' }),
)
const values = fc.oneof(
  { weight: 3, arbitrary: scalars },
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof(scalars, fc.array(scalars, { maxLength: 3 })), { maxLength: 12 }),
  },
  { weight: 1, arbitrary: fc.dictionary(fc.string({ maxLength: 3 }), scalars, { maxKeys: 3 }) },
)

const functions = [...plainFunctions, ...memberFunctions]

describe('every function', () => {
  it('yields a value or a failure for any arguments, and never throws', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...functions),
        fc.array(values, { minLength: 4, maxLength: 4 }),
        fc.nat(),
        ([, { overloads, run }], args, choice) => {
          // How many there are is checked when an expression is compiled.
          const count = overloads[choice % overloads.length]?.params.length ?? 0
          const [first, second, third, fourth] = args.slice(0, count)
          const result = run(new Meter(), first, second, third, fourth)
          expect(result instanceof CelFailure || kindOf(result) !== 'unknown').toBe(true)
        },
      ),
      runs(20_000),
    )
  })

  it('finds fault with constants without throwing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...functions),
        fc.array(fc.option(values, { nil: undefined }), { maxLength: 4 }),
        ([, { check }], args) => {
          const fault = check?.(args) ?? null
          expect(fault === null || fault instanceof CelFailure).toBe(true)
        },
      ),
      runs(5_000),
    )
  })

  it('answers alike whether its arguments are known ahead or not', () => {
    const texts = fc.constantFrom(
      '""',
      '"a"',
      '"/a/b"',
      '"10.0.0.0/8"',
      '"1.2.3"',
      '2',
      '1.5',
      '[3, 1]',
    )
    const calls = fc
      .tuple(
        fc.constantFrom(...functions.map(([name]) => name)),
        fc.array(texts, { minLength: 1, maxLength: 3 }),
      )
      .map(([name, args]) => {
        const names = args.map((_, at) => `x${at}`)
        const written = (parts: readonly string[]): string =>
          plainFunctions.has(name)
            ? `${name}(${parts.join()})`
            : `(${parts[0] ?? ''}).${name}(${parts.slice(1).join()})`
        return { constant: written(args), read: written(names), args }
      })
    const empty = expressionScope<null>([])
    const valueOf = (text: string): unknown => {
      const compiled = compileExpression(text, empty)
      return compiled.ok ? compiled.evaluate(null) : null
    }
    fc.assert(
      fc.property(calls, ({ constant, read, args }) => {
        const scope = expressionScope(
          args.map((text, at) => valueVariable(`x${at}`, dynType, () => valueOf(text))),
        )
        const [known, unknown] = [
          compileExpression(constant, empty),
          compileExpression(read, scope),
        ]
        if (!known.ok || !unknown.ok) return
        const [a, b] = [known.evaluate(null), unknown.evaluate(null)]
        const areFailures = isConditionFailure(a) && isConditionFailure(b)
        expect(areFailures || b).toEqual(areFailures || a)
      }),
      runs(5_000),
    )
  })
})
