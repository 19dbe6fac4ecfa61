import { type CelFunction, defineFunction, on, on2 } from './expression-overload.ts'
import { bool, semver, text } from './expression-params.ts'
import { compareSemvers, normalizeSemver, parseSemver } from './expression-semver.ts'
import { boolType, intType, semverType } from './expression-types.ts'
import { type CelFailure, CelSemver } from './expression-values.ts'

/** Named and meant as in the semver library of Kubernetes. */
export const versionFunctions: readonly (readonly [string, CelFunction])[] = [
  [
    'semver',
    defineFunction(
      'semver',
      [
        on(text, semverType, parseSemver),
        on2(text, bool, semverType, (value, normalize) => read(value, normalize)),
      ],
      { isParser: true },
    ),
  ],
  [
    'isSemver',
    defineFunction('isSemver', [
      on(text, boolType, (value) => parseSemver(value) instanceof CelSemver),
      on2(text, bool, boolType, (value, normalize) => read(value, normalize) instanceof CelSemver),
    ]),
  ],
]

export const versionMembers: readonly (readonly [string, CelFunction])[] = [
  ...['major', 'minor', 'patch'].map(
    (name, at) =>
      [
        name,
        defineFunction(name, [on(semver, intType, ({ numbers }) => numbers[at] ?? 0n)]),
      ] as const,
  ),
  [
    'compareTo',
    defineFunction('compareTo', [
      on2(semver, semver, intType, (a, b) => BigInt(compareSemvers(a, b))),
    ]),
  ],
  [
    'isLessThan',
    defineFunction('isLessThan', [
      on2(semver, semver, boolType, (a, b) => compareSemvers(a, b) < 0),
    ]),
  ],
  [
    'isGreaterThan',
    defineFunction('isGreaterThan', [
      on2(semver, semver, boolType, (a, b) => compareSemvers(a, b) > 0),
    ]),
  ],
]

function read(value: string, normalize: boolean): CelSemver | CelFailure {
  return parseSemver(normalize ? normalizeSemver(value) : value)
}
