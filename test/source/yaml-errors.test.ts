import { describe, expect, it } from 'vitest'
import { readDocument } from '../../src/source/document.ts'

/** Place, code, message and hint of each finding. */
function found(text: string): readonly string[] {
  return readDocument('x.yaml', text).diagnostics.map(
    ({ code, column, hint, line, message }) => `${line}:${column} ${code}: ${message} [${hint}]`,
  )
}

describe('YAML that is not read', () => {
  it.each([
    ['a tag of YAML itself', 'a: !!str x\n'],
    ['one on a mapping', '!!map\na: b\n'],
    ['one the library does not know', 'a: !!set { b }\n'],
    ['a tag of somebody', 'a: !include b.yaml\n'],
    ['a negation without quotes', 'a: !("x" in y)\n'],
    ['a condition that begins with a quote', 'a: "x" in y\nb: c\nd:\n  - e\n'],
    ['a condition that begins with a list', 'a: [1, 2].size() == 2\n'],
    ['an asterisk', 'a: *\n'],
    ['an alias of nothing', 'a: *b\n'],
    ['an alias within what it stands for', 'a: &a [*a]\n'],
    ['a key that is an alias', '&a x: 1\n*a : 2\n'],
    ['a line that is no mapping', 'resource note\na: b\n'],
    ['a text that does not end', 'a: "b\nc: d\n'],
    ['a reserved character', 'a: @b\n'],
    ['a number that is none', 'a: .nan\n'],
    ['a key twice', 'a: 1\na: 2\n'],
  ])('%s', (_, text) => {
    expect(found(text)).toMatchSnapshot()
  })

  // How deep depends on how much of the stack is left.
  it('too many levels', () => {
    const [finding, ...others] = found(`a: ${'['.repeat(6_000)}\n`)
    expect(finding).toMatch(
      /^1:\d+ yaml-syntax: nested too deeply to be read \[write fewer levels\]$/,
    )
    expect(others).toEqual([])
  })
})
