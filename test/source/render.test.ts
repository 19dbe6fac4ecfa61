import { describe, expect, it } from 'vitest'
import { diagnostic, sortDiagnostics } from '../../src/source/diagnostic.ts'
import { countDiagnostics, diagnosticsAsJson, renderDiagnostics } from '../../src/source/render.ts'

const text = 'roles:\n\tlead: { inherits: [edtor] }\n'
const span = { line: 2, column: 20, endLine: 2, endColumn: 25 }
const finding = diagnostic(
  'error',
  'unknown-role',
  'roles.yaml',
  span,
  'unknown role "edtor"',
  'did you mean "editor"?',
)

describe('showing findings', () => {
  it('shows place, message, the line with a caret under it and the hint', () => {
    expect(renderDiagnostics([finding], new Map([['roles.yaml', text]]))).toBe(
      [
        'roles.yaml:2:20: error: unknown role "edtor"',
        '  2 |   lead: { inherits: [edtor] }',
        '    |                     ^^^^^',
        '  hint: did you mean "editor"?',
        '',
      ].join('\n'),
    )
  })

  it('does without the line when the text is not at hand, and without a hint', () => {
    const bare = { ...finding, hint: null }
    expect(renderDiagnostics([bare], new Map())).toBe(
      'roles.yaml:2:20: error: unknown role "edtor"\n',
    )
  })

  it('cuts a long line so that the marked part stays in view', () => {
    const long = `${'x'.repeat(5_000)}HERE${'y'.repeat(5_000)}`
    const place = { line: 1, column: 5_001, endLine: 1, endColumn: 5_005 }
    const shown = renderDiagnostics(
      [diagnostic('error', 'c', 'a', place, 'm')],
      new Map([['a', long]]),
    )
    const [, line = '', caret = ''] = shown.split('\n')
    expect(line.length).toBeLessThan(200)
    expect(caret.indexOf('^^^^')).toBe(line.indexOf('HERE'))
  })

  it('lets nothing of the text drive the terminal', () => {
    const place = { line: 1, column: 1, endLine: 1, endColumn: 2 }
    const shown = renderDiagnostics(
      [diagnostic('error', 'c', 'a\u001B[2J.yaml', place, 'm')],
      new Map([['a\u001B[2J.yaml', 'x\u001B[31m\u202E']]),
    )
    expect(shown).not.toContain('\u001B')
    expect(shown).not.toContain('\u202E')
    expect(shown).toContain('<U+001B>')
  })

  it('marks to the end of the line what runs over several', () => {
    const place = { line: 1, column: 3, endLine: 3, endColumn: 2 }
    const shown = renderDiagnostics(
      [diagnostic('warning', 'c', 'a', place, 'm')],
      new Map([['a', 'abcdef\nx\ny']]),
    )
    expect(shown.split('\n')[2]).toBe('    |   ^^^^')
  })

  it('counts errors and warnings', () => {
    const warning = { ...finding, severity: 'warning' as const, file: 'b.yaml' }
    expect(countDiagnostics([])).toBe('no findings')
    expect(countDiagnostics([finding])).toBe('1 error in 1 file')
    expect(countDiagnostics([finding, finding, warning])).toBe('2 errors, 1 warning in 2 files')
  })

  it('gives scripts every field', () => {
    expect(diagnosticsAsJson([finding])).toEqual([
      {
        severity: 'error',
        code: 'unknown-role',
        file: 'roles.yaml',
        line: 2,
        column: 20,
        endLine: 2,
        endColumn: 25,
        message: 'unknown role "edtor"',
        hint: 'did you mean "editor"?',
      },
    ])
  })
})

describe('sorting findings', () => {
  it('sorts by file, line and column, and keeps one of two that are the same', () => {
    const at = (file: string, line: number, column: number, code = 'c') =>
      diagnostic('error', code, file, { line, column, endLine: line, endColumn: column }, 'm')
    const sorted = sortDiagnostics([
      at('b', 1, 1),
      at('a', 10, 1),
      at('a', 9, 5),
      at('a', 9, 2),
      at('a', 9, 2),
      at('a', 9, 2, 'b'),
    ])
    expect(
      sorted.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`),
    ).toEqual(['a:9:2 b', 'a:9:2 c', 'a:9:5 c', 'a:10:1 c', 'b:1:1 c'])
  })
})
