import type { ParseError } from '@marcbachmann/cel-js'
import type { ExpressionError } from './expression-syntax.ts'

const tokenNames: ReadonlyMap<string, string> = new Map([
  ['RPAREN', '")"'],
  ['RBRACKET', '"]"'],
  ['RBRACE', '"}"'],
  ['COLON', '":"'],
  ['IDENTIFIER', 'a name'],
])

const hints: ReadonlyMap<string, string> = new Map([
  ['=', 'write "==" to compare'],
  ['&', 'write "&&" for "and"'],
  ['|', 'write "||" for "or"'],
  ['and', 'write "&&" for "and"'],
  ['or', 'write "||" for "or"'],
  ['not', 'write "!" for "not"'],
  ['is', 'write "==" to compare'],
  ['{', 'messages cannot be built in an expression'],
])

const limits: ReadonlyMap<string, string> = new Map([
  ['maxDepth', 'Expression is nested too deeply'],
  ['maxCallArguments', 'Call has too many arguments'],
])

/** The library's finding in our words, with what was found there. */
export function explainParseError(error: ParseError, text: string): ExpressionError {
  const start = Math.min(error.range?.start ?? 0, text.length)
  const found = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9.]+|.)/su.exec(text.slice(start))?.[0] ?? ''
  const end = Math.max(start + found.length, Math.min(error.range?.end ?? start, text.length))
  const what = found === '' ? 'end of the expression' : `"${found}"`
  const place = { start, end }
  switch (error.code) {
    case 'expected_token': {
      const token = /^Expected (?<token>[A-Z]+)/.exec(error.summary)?.groups?.['token'] ?? ''
      const wanted = tokenNames.get(token)
      const message =
        wanted === undefined ? `Unexpected ${what}` : `Expected ${wanted}, found ${what}`
      return { message, hint: hints.get(found) ?? null, ...place }
    }
    case 'limit_exceeded': {
      const limit = /^Exceeded (?<limit>[A-Za-z]+)/.exec(error.summary)?.groups?.['limit'] ?? ''
      return { message: limits.get(limit) ?? 'Expression has too many parts', hint: null, ...place }
    }
    case 'reserved_identifier':
      return { message: `Reserved word ${what} cannot be a name`, hint: null, ...place }
    case 'invalid_macro_argument':
      return { message: 'Expected the name of a variable', hint: null, ...place }
    case 'invalid_integer':
    case 'invalid_hex_integer':
    case 'invalid_number':
    case 'invalid_exponent':
      return { message: 'Malformed number', hint: null, ...place }
    default:
      return { message: `Unexpected ${what}`, hint: hints.get(found) ?? null, ...place }
  }
}
