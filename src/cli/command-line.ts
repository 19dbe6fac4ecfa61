import type { Readable } from 'node:stream'
import { parseCommandArguments } from './arguments.ts'
import type { Command, CommandContext } from './command.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { renderCommandHelp, renderProgramHelp } from './help.ts'
import { quote } from '../source/quote.ts'
import { closestName } from '../source/suggest.ts'
import { readVersion } from '../runtime/version.ts'
import { createOutput, type Output, type OutputStream } from './output.ts'

export interface Terminal {
  readonly stdin: Readable
  readonly stdout: OutputStream
  readonly stderr: OutputStream
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly exitNow: (code: number) => never
}

/** Loaded when asked for, so that `validate` does not pay for a proxy nor `serve` for a demo. */
const commands: readonly {
  readonly verb: string
  readonly summary: string
  load(): Promise<Command>
}[] = [
  {
    verb: 'demo',
    summary: 'Try it: identity provider, two applications and the gateway on ./policies',
    load: async () => (await import('./demo.ts')).demoCommand,
  },
  {
    verb: 'demo token',
    summary: 'Print an access token for a person of the running demo',
    load: async () => (await import('./demo.ts')).demoTokenCommand,
  },
  {
    verb: 'serve',
    summary: 'Run the gateway, the decision API and the operations endpoints',
    load: async () => (await import('./serve.ts')).serveCommand,
  },
  {
    verb: 'validate',
    summary: 'Check policies: syntax, names, types, routes',
    load: async () => (await import('./validate.ts')).validateCommand,
  },
  {
    verb: 'test',
    summary: 'Run the policy tests and tell which rules no test reaches',
    load: async () => (await import('./test.ts')).testCommand,
  },
  {
    verb: 'decide',
    summary: 'Answer one AuthZEN request from a policy folder',
    load: async () => (await import('./decide.ts')).decideCommand,
  },
  {
    verb: 'keys create',
    summary: 'Make an API key and the entry with its digest',
    load: async () => (await import('./keys.ts')).keysCreateCommand,
  },
  {
    verb: 'keys hash',
    summary: 'Print the entry of an API key read from standard input',
    load: async () => (await import('./keys.ts')).keysHashCommand,
  },
  {
    verb: 'health',
    summary: 'Ask a running process whether it is live or ready',
    load: async () => (await import('./health.ts')).healthCommand,
  },
]

const helpWords = new Set(['help', '--help', '-h'])
const versionWords = new Set(['version', '--version', '-V'])

/** Runs one command line to its exit code. Everything it says goes through `terminal`. */
export async function runCommandLine(
  argv: readonly string[],
  terminal: Terminal,
): Promise<ExitCode> {
  const output = createOutput(terminal.stdout, terminal.stderr)
  const code = await runVerb(argv, terminal, output)
  const loss = await output.flush()
  if (loss === null) return code
  output.error(`The result could not be written to stdout: ${loss.message}`)
  await output.flush()
  return exitCodes.unavailable
}

async function runVerb(
  argv: readonly string[],
  terminal: Terminal,
  output: Output,
): Promise<ExitCode> {
  const [first, ...rest] = argv
  if (first === undefined) {
    output.note(renderProgramHelp(commands, readVersion()))
    return exitCodes.unusable
  }
  if (versionWords.has(first)) {
    output.result(`sallyport ${readVersion()} (Node.js ${process.versions.node})`)
    return exitCodes.ok
  }
  if (helpWords.has(first)) return showHelp(rest, output)
  const found = findCommand(argv)
  if (found === null) return reportUnknown(first, output)

  const command = await found.entry.load()
  const parsed = parseCommandArguments(command, argv.slice(found.length))
  switch (parsed.kind) {
    case 'help':
      output.result(renderCommandHelp(command))
      return exitCodes.ok
    case 'wrong':
      output.error(parsed.message)
      if (parsed.hint !== null) output.note(parsed.hint)
      output.note(`Run "sallyport help ${command.verb}" for its options.`)
      return exitCodes.unusable
    case 'parsed':
      return command.run(parsed.args, contextOf(terminal, output))
  }
}

async function showHelp(words: readonly string[], output: Output): Promise<ExitCode> {
  const [first] = words
  if (first === undefined) {
    output.result(renderProgramHelp(commands, readVersion()))
    return exitCodes.ok
  }
  const found = findCommand(words)
  if (found === null) return reportUnknown(first, output)
  output.result(renderCommandHelp(await found.entry.load()))
  return exitCodes.ok
}

/** The longest verb the words begin with: `demo token` before `demo`. */
function findCommand(
  words: readonly string[],
): { readonly entry: (typeof commands)[number]; readonly length: number } | null {
  for (const length of [2, 1]) {
    const verb = words.slice(0, length).join(' ')
    const entry = commands.find((command) => command.verb === verb)
    if (entry !== undefined && words.length >= length) return { entry, length }
  }
  return null
}

function reportUnknown(word: string, output: Output): ExitCode {
  const nearest = closestName(
    word,
    commands.map(({ verb }) => verb),
  )
  const suggestion = nearest === null ? '' : ` (did you mean ${quote(nearest)}?)`
  output.error(`Unknown command ${quote(word)}${suggestion}`)
  output.note('Run "sallyport help" for the commands.')
  return exitCodes.unusable
}

function contextOf(terminal: Terminal, output: Output): CommandContext {
  return {
    output,
    environment: terminal.environment,
    readStdin: (maxBytes) => readAll(terminal.stdin, maxBytes),
    exitNow: terminal.exitNow,
  }
}

async function readAll(stream: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array)
    size += bytes.length
    if (size > maxBytes) throw new RangeError(`standard input is larger than ${maxBytes} bytes`)
    chunks.push(bytes)
  }
  return Buffer.concat(chunks)
}
