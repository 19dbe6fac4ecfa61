import { compileGlob } from './expression-glob.ts'
import { type CelFunction, defineFunction, on2, on3 } from './expression-overload.ts'
import { text } from './expression-params.ts'
import { boolType } from './expression-types.ts'
import { CelFailure, type Meter, overBudget } from './expression-values.ts'

const pathSeparator = '/'

/**
 * `matchesGlob` is named as in Node's `path.matchesGlob` and means what OPA's `glob.match` means;
 * `hasPathPrefix` is the `PathPrefix` of the Kubernetes Gateway API.
 */
export const pathMembers: readonly (readonly [string, CelFunction])[] = [
  [
    'matchesGlob',
    defineFunction(
      'matchesGlob',
      [
        on2(text, text, boolType, (value, pattern, meter) =>
          matchesGlob(value, pattern, pathSeparator, meter),
        ),
        on3(text, text, text, boolType, matchesGlob),
      ],
      { check: checkGlob },
    ),
  ],
  [
    'hasPathPrefix',
    defineFunction('hasPathPrefix', [on2(text, text, boolType, hasPathPrefix)], {
      check: ([, prefix]) => (typeof prefix === 'string' ? faultOfPath(prefix) : null),
    }),
  ],
]

function matchesGlob(
  value: string,
  pattern: string,
  separators: string,
  meter: Meter,
): boolean | CelFailure {
  // The longer the pattern, the more states a character may lead to.
  if (!meter.take(value.length * (1 + (pattern.length >> 4)))) return overBudget
  const glob = compileGlob(pattern, separators, meter)
  return glob instanceof CelFailure ? glob : glob.testExact(value)
}

function checkGlob([, pattern, separators = pathSeparator]: readonly unknown[]): CelFailure | null {
  if (typeof pattern !== 'string' || typeof separators !== 'string') return null
  const glob = compileGlob(pattern, separators)
  return glob instanceof CelFailure ? glob : null
}

const relativePath = new CelFailure('Path does not begin with "/"')
const ambiguousPath = new CelFailure('Path is not normalised')

/**
 * What some server would take for another path: dot segments, empty segments, backslashes, what
 * follows a `;`, a query or fragment, control characters, what need not be encoded but is
 * (RFC 3986 section 2.3), and encoded slashes, backslashes, percent signs and semicolons.
 */
const ambiguous =
  /[\\;?#\p{Cc}]|%(?![0-9a-f]{2})|%(?:[01]|2[5def]|3[0-9b]|[46][1-9a-f]|[57][0-9a]|5[cf]|7[ef])|\/\/|\/\.{1,2}(?:\/|$)/iu

function faultOfPath(path: string): CelFailure | null {
  if (!path.startsWith(pathSeparator)) return relativePath
  return ambiguous.test(path) ? ambiguousPath : null
}

/** By whole segments: `/a` is a prefix of `/a` and `/a/b`, and not of `/ab`. */
function hasPathPrefix(path: string, prefix: string, meter: Meter): boolean | CelFailure {
  if (!meter.take((path.length + prefix.length) >> 2)) return overBudget
  const fault = faultOfPath(path) ?? faultOfPath(prefix)
  if (fault !== null) return fault
  const stem = prefix.endsWith(pathSeparator) ? prefix.slice(0, -1) : prefix
  if (!path.startsWith(stem)) return false
  return path.length === stem.length || path.charAt(stem.length) === pathSeparator
}
