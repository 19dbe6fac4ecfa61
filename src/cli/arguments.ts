import { parseArgs } from 'node:util'
import { quote } from '../source/quote.ts'
import { closestName } from '../source/suggest.ts'
import type { CommandSpec, OptionSpec, ParsedArguments } from './command.ts'

export type ArgumentsResult =
  | { readonly kind: 'parsed'; readonly args: ParsedArguments }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly message: string; readonly hint: string | null }

export const helpOption: OptionSpec = { name: 'help', short: 'h', does: 'Show this help' }

/**
 * Reads the command line strictly: nothing unknown, nothing twice, nothing missing, because an
 * option that is silently ignored is a setting the operator believes in.
 */
export function parseCommandArguments(spec: CommandSpec, argv: readonly string[]): ArgumentsResult {
  const known = [...spec.options, helpOption]
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(known.map((option) => [option.name, parserOption(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const values = new Map<string, string>()
  const switches = new Set<string>()
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const option = known.find(({ name }) => name === token.name)
    if (option === undefined) return unknownOption(spec, token.rawName)
    if (option.name === 'help') return { kind: 'help' }
    if (values.has(option.name) || switches.has(option.name)) {
      return wrong(`Option --${option.name} is given twice`)
    }
    if (option.value === undefined) {
      if (token.value !== undefined) return wrong(`Option --${option.name} takes no value`)
      switches.add(option.name)
      continue
    }
    if (isMissing(token.value, token.inlineValue === true)) {
      return wrong(`Option --${option.name} needs a value: --${option.name} ${option.value}`)
    }
    values.set(option.name, token.value ?? '')
  }
  const problem =
    findPositionalProblem(spec, positionals) ?? findMissingOption(spec.options, values)
  if (problem !== null) return wrong(problem)
  return {
    kind: 'parsed',
    args: {
      positionals,
      text: (name) => values.get(name),
      has: (name) => switches.has(name),
    },
  }
}

function parserOption(option: OptionSpec): { type: 'string' | 'boolean'; short?: string } {
  const type = option.value === undefined ? 'boolean' : 'string'
  return option.short === undefined ? { type } : { type, short: option.short }
}

function isMissing(value: string | undefined, isInline: boolean): boolean {
  if (value === undefined || value === '') return true
  // `--config --json` is a forgotten value; a file so named is given as `--config=--json`.
  return !isInline && value.length > 1 && value.startsWith('-')
}

function unknownOption(spec: CommandSpec, rawName: string): ArgumentsResult {
  const names = [...spec.options, helpOption].map(({ name }) => `--${name}`)
  const nearest = closestName(rawName, names)
  return {
    kind: 'wrong',
    message: `Unknown option ${quote(rawName)} for "sallyport ${spec.verb}"`,
    hint: nearest === null ? null : `Did you mean "${nearest}"?`,
  }
}

function findPositionalProblem(spec: CommandSpec, given: readonly string[]): string | null {
  const extra = given[spec.positionals.length]
  if (extra !== undefined) return `Unexpected argument ${quote(extra)}`
  const missing = spec.positionals.slice(given.length).find(({ isRequired }) => isRequired === true)
  return missing === undefined ? null : `Argument ${missing.name} is missing: ${missing.does}`
}

function findMissingOption(
  options: readonly OptionSpec[],
  values: ReadonlyMap<string, string>,
): string | null {
  const missing = options.find(({ name, isRequired }) => isRequired === true && !values.has(name))
  return missing === undefined
    ? null
    : `Option --${missing.name} ${missing.value ?? ''} is missing: ${missing.does}`
}

function wrong(message: string): ArgumentsResult {
  return { kind: 'wrong', message, hint: null }
}
