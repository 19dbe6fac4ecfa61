import type { ExitCode } from './exit-codes.ts'
import type { Output } from './output.ts'

export interface OptionSpec {
  readonly name: string
  readonly short?: string
  /** What stands for the value in the help; without one the option is a switch. */
  readonly value?: string
  /** One sentence, no final period. */
  readonly does: string
  readonly default?: string
  /** The environment variable that gives the same. */
  readonly variable?: string
  readonly isRequired?: boolean
}

interface PositionalSpec {
  readonly name: string
  readonly does: string
  readonly default?: string
  readonly isRequired?: boolean
}

interface ExampleSpec {
  readonly line: string
  readonly does: string
}

/** What a command accepts and what it tells about itself. */
export interface CommandSpec {
  /** As typed, without the program's name. */
  readonly verb: string
  readonly summary: string
  /** Paragraphs. */
  readonly description: readonly string[]
  readonly positionals: readonly PositionalSpec[]
  readonly options: readonly OptionSpec[]
  readonly examples: readonly ExampleSpec[]
  readonly exits: readonly (readonly [ExitCode, string])[]
}

export interface ParsedArguments {
  readonly positionals: readonly string[]
  /** Value of an option that takes one. */
  text(name: string): string | undefined
  /** Whether a switch was given. */
  has(name: string): boolean
}

export interface CommandContext {
  readonly output: Output
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Throws a RangeError when there is more. */
  readonly readStdin: (maxBytes: number) => Promise<Buffer>
  /** Ends the process at once, for the paths that cannot wait for `run` to return. */
  readonly exitNow: (code: number) => never
}

export interface Command extends CommandSpec {
  run(args: ParsedArguments, context: CommandContext): Promise<ExitCode>
}
