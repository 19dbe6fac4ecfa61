import { type CelFunction, defineFunction, on, on2 } from './expression-overload.ts'
import { bool, semver, text } from './expression-params.ts'
import {
  compareSemvers,
  maxVersionLength,
  normalizeSemver,
  parseSemver,
} from './expression-semver.ts'
import { boolType, intType, semverType } from './expression-types.ts'
import { type CelFailure, CelSemver, type Meter, overBudget } from './expression-values.ts'

/** Named and meant as in the semver library of Kubernetes. */
export const versionFunctions: readonly (readonly [string, CelFunction])[] = [
  [
    'semver',
    defineFunction(
      'semver',
      [
        on(text, semverType, (value, meter) => read(value, false, meter)),
        on2(text, bool, semverType, read),
      ],
      { isParser: true },
    ),
  ],
  [
    'isSemver',
    defineFunction('isSemver', [
      on(text, boolType, (value, meter) => isVersion(value, false, meter)),
      on2(text, bool, boolType, isVersion),
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

function read(value: string, normalize: boolean, meter: Meter): CelSemver | CelFailure {
  if (!meter.take(Math.min(value.length, maxVersionLength))) return overBudget
  return parseSemver(normalize ? normalizeSemver(value) : value)
}

function isVersion(value: string, normalize: boolean, meter: Meter): boolean | CelFailure {
  const version = read(value, normalize, meter)
  return version === overBudget ? version : version instanceof CelSemver
}
