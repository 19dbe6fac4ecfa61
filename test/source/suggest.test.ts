import { describe, expect, it } from 'vitest'
import { closestName, editDistance, suggest } from '../../src/source/suggest.ts'

describe('the name that was probably meant', () => {
  it.each([
    ['edtor', 'editor'],
    ['Editor', 'editor'],
    ['max-age', 'max_age'],
    ['maxAge', 'max_age'],
    ['veiw', 'view'],
    ['viewer', 'view'],
  ])('%s means %s', (name, meant) => {
    expect(closestName(name, ['editor', 'max_age', 'view'])).toBe(meant)
  })

  it.each(['approve', 'x', 'it', 'edit-everything', ''])('%s means none of them', (name) => {
    expect(closestName(name, ['editor', 'max_age', 'view'])).toBeNull()
  })

  it('does not compare names of any length', () => {
    const long = 'a'.repeat(100_000)
    expect(closestName(long, [`${long}b`])).toBeNull()
    expect(closestName('abc', [long])).toBeNull()
  })

  it('says what there is when nothing is close, and nothing when there is nothing', () => {
    expect(suggest('edtor', ['editor'], 'known roles')).toBe('did you mean "editor"?')
    expect(suggest('xyz', ['a', 'b'], 'known roles')).toBe('known roles: "a", "b"')
    expect(suggest('xyz', [], 'known roles')).toBeNull()
    const many = Array.from({ length: 20 }, (_, n) => `role-${n}`)
    expect(suggest('xyz', many, 'known roles')).toMatch(/"role-11" and 8 more$/u)
  })
})

describe('edit distance', () => {
  it.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['abc', 'acb', 1],
    ['abc', 'ab', 1],
    ['abc', 'abcd', 1],
    ['abc', 'axc', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
  ])('from %j to %j is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance)
    expect(editDistance(b, a)).toBe(distance)
  })
})
