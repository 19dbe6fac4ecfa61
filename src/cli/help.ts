import { helpOption } from './arguments.ts'
import type { CommandSpec, OptionSpec } from './command.ts'

const width = 96

/** The page of one command. */
export function renderCommandHelp(spec: CommandSpec): string {
  const sections = [
    `sallyport ${spec.verb}: ${spec.summary}`,
    `Usage: ${usageLine(spec)}`,
    ...spec.description.map((paragraph) => wrap(paragraph, 0)),
    renderRows('Arguments', spec.positionals.map(positionalRow)),
    renderRows('Options', [...spec.options, helpOption].map(optionRow)),
    renderExamples(spec),
    renderRows(
      'Exit codes',
      spec.exits.map(([code, meaning]) => [String(code), meaning] as const),
    ),
  ]
  return sections.filter((section) => section !== '').join('\n\n')
}

/** The page of the program. */
export function renderProgramHelp(commands: readonly CommandSummary[], version: string): string {
  return [
    `sallyport ${version}: verifies identity on every request, decides from policy, forwards or denies`,
    'Usage: sallyport COMMAND [OPTIONS]',
    renderRows(
      'Commands',
      commands.map(({ verb, summary }) => [verb, summary] as const),
    ),
    renderRows('Options', [
      ['-h, --help', 'Show this help; "sallyport help COMMAND" shows that of a command'],
      ['-V, --version', 'Show the version'],
    ]),
    renderRows('Exit codes', [
      ['0', 'Yes: permitted, valid, passed, stopped as asked'],
      ['1', 'No: denied, invalid, failed'],
      ['2', 'The command line, or a file it names, cannot be used'],
      ['3', 'Something outside is missing, such as a free port'],
    ]),
    'Start with "sallyport demo": an identity provider, two applications and the gateway.',
  ].join('\n\n')
}

export interface CommandSummary {
  readonly verb: string
  readonly summary: string
}

function usageLine(spec: CommandSpec): string {
  const positionals = spec.positionals.map(({ name, isRequired }) =>
    isRequired === true ? name : `[${name}]`,
  )
  const required = spec.options
    .filter(({ isRequired }) => isRequired === true)
    .map(({ name, value }) => `--${name} ${value ?? ''}`.trimEnd())
  return ['sallyport', spec.verb, ...positionals, ...required, '[OPTIONS]'].join(' ')
}

function positionalRow({
  name,
  does,
  default: fallback,
}: CommandSpec['positionals'][number]): readonly [string, string] {
  return [name, fallback === undefined ? does : `${does} (default: ${fallback})`]
}

function optionRow(option: OptionSpec): readonly [string, string] {
  const short = option.short === undefined ? '    ' : `-${option.short}, `
  const value = option.value === undefined ? '' : ` ${option.value}`
  const extras = [
    option.default === undefined ? null : `default: ${option.default}`,
    option.variable === undefined ? null : `or ${option.variable}`,
  ].filter((extra) => extra !== null)
  const does = extras.length === 0 ? option.does : `${option.does} (${extras.join('; ')})`
  return [`${short}--${option.name}${value}`, does]
}

function renderExamples(spec: CommandSpec): string {
  const lines = spec.examples.flatMap(({ line, does }) => [`  ${line}`, wrap(does, 6)])
  return ['Examples:', ...lines].join('\n')
}

function renderRows(title: string, rows: readonly (readonly [string, string])[]): string {
  if (rows.length === 0) return ''
  const column = Math.max(...rows.map(([name]) => name.length)) + 4
  const lines = rows.map(
    ([name, text]) => `  ${name.padEnd(column - 2)}${wrap(text, column).trimStart()}`,
  )
  return [`${title}:`, ...lines].join('\n')
}

function wrap(text: string, indent: number): string {
  const margin = ' '.repeat(indent)
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(margin + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(margin + line)
  return lines.join('\n')
}
