export interface Mutant {
  /** Relative to the repository. */
  readonly file: string
  readonly line: number
  readonly operator: string
  readonly start: number
  readonly end: number
  readonly replacement: string
}

interface Operator {
  readonly name: string
  readonly pattern: RegExp
  readonly replace: (found: string) => string
}

const operators: readonly Operator[] = [
  swap('equality', / === | !== /g, { ' === ': ' !== ', ' !== ': ' === ' }),
  swap('boundary', / <= | >= | < | > /g, {
    ' < ': ' <= ',
    ' <= ': ' < ',
    ' > ': ' >= ',
    ' >= ': ' > ',
  }),
  swap('direction', / < | > /g, { ' < ': ' > ', ' > ': ' < ' }),
  swap('logic', / && | \|\| /g, { ' && ': ' || ', ' || ': ' && ' }),
  swap('constant', /\b(?:true|false)\b/g, { true: 'false', false: 'true' }),
  swap('sum', / \+ | - /g, { ' + ': ' - ', ' - ': ' + ' }),
  swap('step', / \+= | -= /g, { ' += ': ' -= ', ' -= ': ' += ' }),
  swap('shift', / >>> | << /g, { ' >>> ': ' << ', ' << ': ' >>> ' }),
  { name: 'negation', pattern: /(?<=[( ])!(?=[A-Za-z(])/g, replace: () => '' },
  { name: 'never', pattern: /\bif \((?:[^()\n]|\([^()\n]*\))*\) /g, replace: () => 'if (false) ' },
  { name: 'always', pattern: /\bif \((?:[^()\n]|\([^()\n]*\))*\) /g, replace: () => 'if (true) ' },
  { name: 'number', pattern: /(?<=[ ([])[01]n?(?=[ ),;\]\n])/g, replace: flipNumber },
  { name: 'early exit', pattern: /\b(?:continue|break)\b(?=\n)/g, replace: () => ';' },
]

function swap(name: string, pattern: RegExp, by: Readonly<Record<string, string>>): Operator {
  return { name, pattern, replace: (found) => by[found] ?? found }
}

function flipNumber(found: string): string {
  return found.startsWith('0') ? found.replace('0', '1') : found.replace('1', '0')
}

const unchangeable =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/(?![/*])(?:\\.|\[(?:\\.|[^\]\n])*\]|[^/\\\n[])+\/[a-z]*|^import [\s\S]*? from|^(?:export )?(?:type|interface) [\s\S]*?^(?:\}|$)/gm

/** Every small change to what a file does: comments, texts, imports and types stay as they are. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const code = text.replace(unchangeable, (found) => found.replaceAll(/[^\n]/g, '\u0000'))
  return operators.flatMap(({ name, pattern, replace }) =>
    Array.from(code.matchAll(pattern), (match): Mutant => {
      const start = match.index
      const line = text.slice(0, start).split('\n').length
      const replacement = replace(match[0])
      return { file, line, operator: name, start, end: start + match[0].length, replacement }
    }),
  )
}

export function applyMutant(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end)
}
