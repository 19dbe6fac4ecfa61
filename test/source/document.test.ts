import { describe, expect, it } from 'vitest'
import { type Diagnostic, sortDiagnostics } from '../../src/source/diagnostic.ts'
import { readDocument, type SourceDocument } from '../../src/source/document.ts'
import { defaultDocumentLimits } from '../../src/source/limits.ts'

function read(text: string): SourceDocument {
  const { document, diagnostics } = readDocument('a.yaml', text)
  expect(diagnostics).toEqual([])
  if (document === null) throw new Error('no document')
  return document
}

function findings(text: string, limits = defaultDocumentLimits): readonly string[] {
  const { document, diagnostics } = readDocument('a.yaml', text, limits)
  expect(document).toBeNull()
  return sortDiagnostics(diagnostics).map(line)
}

function line(finding: Diagnostic): string {
  const hint = finding.hint === null ? '' : ` [${finding.hint}]`
  return `${finding.line}:${finding.column} ${finding.code}: ${finding.message}${hint}`
}

describe('reading a document', () => {
  it('gives plain values without prototype', () => {
    const { value } = read('a: 1\nb: [x, true, null]\n__proto__: { admin: true }\n')
    expect(JSON.stringify(value)).toBe('{"a":1,"b":["x",true,null],"__proto__":{"admin":true}}')
    expect(Object.getPrototypeOf(value)).toBeNull()
    expect((value as Record<string, unknown>)['admin']).toBeUndefined()
  })

  it('reads yes, no, on and off as text, as YAML 1.2 says', () => {
    expect(read('a: yes\nb: no\non: off\n').value).toEqual({ a: 'yes', b: 'no', on: 'off' })
  })

  it('expands aliases and points into the anchored text', () => {
    const document = read('a: &x { n: 1 }\nb: *x\n')
    expect(document.value).toEqual({ a: { n: 1 }, b: { n: 1 } })
    expect(document.spanOf(['b'])).toMatchObject({ line: 2, column: 4 })
    expect(document.spanOf(['b', 'n'])).toMatchObject({ line: 1, column: 12 })
  })

  it('finds keys, values, list entries and, for what is absent, the nearest parent', () => {
    const document = read('rules:\n  - id: own\n    permit: [view]\n')
    expect(document.spanOf(['rules'], 'key')).toEqual({
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 6,
    })
    expect(document.spanOf(['rules', 0, 'permit', 0])).toMatchObject({ line: 3, column: 14 })
    expect(document.spanOf(['rules', '0', 'permit', '0'])).toMatchObject({ line: 3, column: 14 })
    expect(document.spanOf(['rules', 0, 'when'])).toMatchObject({
      line: 2,
      column: 5,
      endLine: 3,
      endColumn: 19,
    })
  })

  it('counts places from after a byte order mark', () => {
    expect(read('\uFEFFa: 1').spanOf(['a'])).toMatchObject({ line: 1, column: 4 })
  })
})

describe('what is refused', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'a duplicate key',
      'a: 1\na: 2\n',
      ['2:1 duplicate-key: duplicate key "a", first on line 1 [remove one of them]'],
    ],
    [
      'a second document',
      'a: 1\n---\nb: 1\n',
      ['2:1 yaml-syntax: more than one document in the file [split it at "---"]'],
    ],
    [
      'a tag',
      'a: !!js/function x\n',
      [
        '1:4 yaml-syntax: tags are not supported: !!js/function [remove the tag, or put a text that begins with "!" in quotes]',
      ],
    ],
    [
      'a tab as indentation',
      'a:\n\tb: 1\n',
      ['2:1 yaml-syntax: a tab is used as indentation [indent with spaces]'],
    ],
    [
      'a key that is a list',
      '[a]: 1\n',
      ['1:1 yaml-syntax: a key must be plain text [write the key out, without "*" or "["]'],
    ],
    [
      'an alias without anchor',
      'a: *b\n',
      [
        '1:4 unknown-alias: nothing above is marked with "&b" [put it in quotes if it is meant as text]',
      ],
    ],
    [
      'YAML 1.1',
      '%YAML 1.1\n---\na: yes\n',
      [
        '1:1 yaml-version: %YAML 1.1 is not supported: words such as "yes" and "on" would change their meaning [remove the directive: files are read as YAML 1.2]',
      ],
    ],
    [
      'an integer that would be rounded',
      'a: 12345678901234567890\n',
      [
        '1:4 number-too-large: "12345678901234567890" is too large to be kept exactly [write it in quotes if it is an identifier]',
      ],
    ],
    [
      'a number that is none',
      'a: .inf\n',
      ['1:4 number-not-finite: ".inf" is not a number [write a number, or put it in quotes]'],
    ],
    [
      'text that reads differently from what it says',
      'a: "x\u202Ey"\n',
      [
        '1:6 hidden-character: character U+202E is invisible or reorders its neighbours: the text would not read as it is stored',
      ],
    ],
    [
      'bytes that are not UTF-8',
      'a: \uFFFD\n',
      ['1:4 hidden-character: not valid UTF-8, or the replacement character U+FFFD'],
    ],
    [
      'a terminal escape',
      'a: b # \u001B[31m\n',
      ['1:8 hidden-character: control character U+001B'],
    ],
  ])('refuses %s', (_, text, expected) => {
    expect(findings(text)).toEqual(expected)
  })

  it('refuses a file past its size before parsing it', () => {
    expect(findings('a: 1234567890\n', { ...defaultDocumentLimits, maxCharacters: 10 })).toEqual([
      '1:1 file-too-large: the file has 14 characters, more than the 10 allowed',
    ])
  })

  it('refuses nesting past the limit, and nesting that would exhaust the stack', () => {
    expect(findings('a: [[[1]]]\n', { ...defaultDocumentLimits, maxDepth: 4 })).toEqual([
      '1:7 too-deep: nested deeper than 4 levels: the file is refused',
    ])
    const deep = readDocument('a.yaml', `${'['.repeat(20_000)}${']'.repeat(20_000)}`)
    expect(deep.document).toBeNull()
    expect(deep.diagnostics.some((finding) => finding.code === 'yaml-syntax')).toBe(true)
  })

  it('refuses an alias bomb', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x, x]']
    for (const [name, of] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih'].map((pair) =>
      pair.split(''),
    )) {
      bomb.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(', ')}]`)
    }
    const [finding] = findings(bomb.join('\n'))
    expect(finding).toContain('too-many-aliases: more than 1000 aliases: the file is refused')
    const cyclic = findings('a: &a { b: *a }\n')
    expect(cyclic[0]).toContain('recursive-alias')
  })

  it('reports at most twenty hidden characters', () => {
    expect(findings(`a: "${'\u200B'.repeat(1_000)}"`)).toHaveLength(20)
  })
})

describe('what is refused', () => {
  it('is found on its own line, also behind what the parser takes for the end of a document', () => {
    const lines = ['a: { b: { c: [d] ---', '', '  - name: one', '    subject: ann', '    x: y']
    expect(findings(lines.join('\n')).map((found) => found.split(' ')[0])).toEqual(['1:18'])
  })
})

describe('places inside a scalar', () => {
  it.each([
    ['a plain scalar', 'when: a.b == c\n'],
    ['single quotes', "when: 'a.b == c'\n"],
    ['doubled single quotes', "when: '''x'' != a.b == c'\n"],
    ['double quotes', 'when: "a.b == c"\n'],
    ['escapes', 'when: "\\"\\u0041\\x41\\U0001F600\\" != a.b == c"\n'],
    ['an escaped line break', 'when: "x ||\\\n     a.b == c"\n'],
    ['a literal block', 'when: |\n  x ||\n    y && a.b == c\n'],
    ['a literal block with indicators', 'when: |2-\n   x ||\n\n  a.b == c\n'],
    ['a folded block', 'when: >-\n  x ||\n  y\n\n  || a.b == c\n'],
    ['a plain scalar over lines', 'when: x ||\n  y ||\n  a.b == c\n'],
    ['windows line endings', 'when: |\r\n  x ||\r\n  a.b == c\r\n'],
    ['an anchored value', 'z: &z a.b == c\nwhen: *z\n'],
  ])('finds a part of %s', (_, text) => {
    const document = read(text)
    const { when } = document.value as { when: string }
    for (const part of ['a.b', '==', 'c']) {
      const start = part === 'c' ? when.lastIndexOf('c') : when.indexOf(part)
      const span = document.spanWithin(['when'], start, start + part.length)
      const shown = text.split('\n')[span.line - 1]?.slice(span.column - 1, span.endColumn - 1)
      expect(shown).toBe(part)
    }
  })

  it('stays inside the scalar when asked for more than there is', () => {
    const document = read('when: abc\nnext: 1\n')
    expect(document.spanWithin(['when'], 3, 9)).toMatchObject({ line: 1, column: 10 })
    expect(document.spanWithin(['next'], 0, 1)).toMatchObject({ line: 2, column: 7 })
  })
})
