import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { literalPrefix, matchesGlob } from '../../src/decide/glob.ts'

describe('patterns of resources', () => {
  it.each([
    ['a', 'a', true],
    ['a', 'A', false],
    ['a*', 'a', true],
    ['a*', 'ab', true],
    ['a*', 'a/b', false],
    ['a/**', 'a/', true],
    ['a/**', 'a', false],
    ['a/**', 'a/b/c', true],
    ['**/c', 'a/b/c', true],
    ['**/c', 'c', false],
    ['*/c', 'a/b/c', false],
    ['*', '', true],
    ['*', 'a/b', false],
    ['**', 'a/b', true],
    ['a.b', 'axb', false],
    ['**/*.md', 'docs/a.md', true],
    ['**/*.md', 'docs/a.md/x', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected)
  })

  it('fit as the same written as a regular expression', () => {
    const part = fc.constantFrom('a', 'b', '/', '*', '**')
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 })
    const pattern = fc.array(part, { maxLength: 7 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(pattern, text, (glob, id) => {
        const source = glob.replaceAll(/\*+/gu, (stars) => (stars === '*' ? '[^/]*' : '[^]*'))
        expect(matchesGlob(glob, id)).toBe(new RegExp(`^${source}$`, 'u').test(id))
        expect(matchesGlob(glob, id) && !id.startsWith(literalPrefix(glob))).toBe(false)
      }),
      { numRuns: 5_000 },
    )
  })
})
