import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { literalPrefix, matchesGlob } from '../../src/decide/glob.ts'
import { compileGlob } from '../../src/policy/expression-glob.ts'
import { CelFailure } from '../../src/policy/expression-values.ts'

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
    ['a?[b]{c}', 'a?[b]{c}', true],
    ['a?', 'ab', false],
    ['*', '*', true],
    ['a*', '*', false],
    ['***', 'a/b', true],
    ['a*b', 'a*b', true],
    ['*a**', 'b/a', false],
    ['', '', true],
    ['', 'a', false],
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

  it('fit as the globs of conditions do', () => {
    const part = fc.constantFrom('a', 'b', '/', '😀', '*', '**')
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '😀', '*'), maxLength: 8 })
    fc.assert(
      fc.property(fc.array(part, { maxLength: 7 }), text, (parts, id) => {
        const glob = compileGlob(parts.join(''), '/')
        expect(!(glob instanceof CelFailure) && glob.testExact(id)).toBe(
          matchesGlob(parts.join(''), id),
        )
      }),
      { numRuns: 2_000 },
    )
  })

  it('cost a product of lengths, whatever a caller names a thing', () => {
    const id = `${'a'.repeat(1_023)}/`
    const before = process.cpuUsage().user
    let matches = 0
    for (let time = 0; time < 3_000; time += 1) matches += matchesGlob('**a*a*b', id) ? 1 : 0
    expect(matches).toBe(0)
    // Trying every beginning of every wildcard takes milliseconds each time.
    expect(process.cpuUsage().user - before).toBeLessThan(1_200_000)
  })
})
