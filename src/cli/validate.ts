import type { Command, CommandContext } from './command.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { locatedIn } from './located.ts'
import { showDiagnostics } from './show-diagnostics.ts'
import { readConfig } from '../config/read-config.ts'
import { Fault } from '../model/fault.ts'
import { compilePolicies, type CompiledPolicies } from '../policy/compile.ts'
import { type PolicySource, readPolicyFolder } from '../policy/load.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import { diagnosticsAsJson } from '../source/render.ts'

const defaultDir = './policies'

export const validateCommand: Command = {
  verb: 'validate',
  summary: 'check policies: syntax, names, types, routes',
  description: [
    'Reads every policy file of a folder (*.yaml and *.yml, also in folders below; tests and files that begin with a dot are left out) and compiles them as "serve" does. Everything that is wrong is told at once, with file, line, column and a hint.',
    'Warnings do not make a folder invalid. With --config the configuration is checked as well, and the folder is the one it names.',
  ],
  positionals: [{ name: 'DIR', does: 'Folder of policies', default: defaultDir }],
  options: [
    { name: 'config', short: 'c', value: 'FILE', does: 'Check this configuration as well' },
    {
      name: 'json',
      does: 'Print one JSON document: ok, digest, files, rules, routes, diagnostics',
    },
  ],
  examples: [
    { line: 'sallyport validate', does: 'Checks ./policies.' },
    {
      line: 'sallyport validate --json policies | jq -r .digest',
      does: 'The digest that decisions and records will carry.',
    },
  ],
  exits: [
    [exitCodes.ok, 'valid'],
    [exitCodes.negative, 'there are errors'],
    [exitCodes.unusable, 'the folder or the configuration cannot be read'],
  ],

  async run(args, context) {
    const file = args.text('config')
    const config = file === undefined ? null : await readConfig(file, context.environment)
    const isUnreadable = config?.diagnostics.some(({ code }) => code === 'unreadable') === true
    if (config !== null && isUnreadable) {
      context.output.note(showDiagnostics(config.diagnostics, config.texts))
      return exitCodes.unusable
    }
    const dir = args.positionals[0] ?? config?.config?.policies.dir ?? defaultDir
    try {
      const sources = await readPolicyFolder(dir)
      if (sources.length === 0) {
        context.output.error(`${dir} holds no policy file (*.yaml, *.yml)`)
        return exitCodes.unusable
      }
      const compiled = compilePolicies(sources)
      const located = locatedIn(dir)
      const texts = new Map(config?.texts)
      for (const { path, text } of sources) texts.set(located.path(path), text)
      const found = located.diagnostics(compiled.diagnostics)
      const diagnostics = [...(config?.diagnostics ?? []), ...found]
      return show({ dir, sources, compiled, diagnostics, texts }, args.has('json'), context)
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      context.output.error(error.message)
      return exitCodes.unusable
    }
  },
}

interface Validation {
  readonly dir: string
  readonly sources: readonly PolicySource[]
  readonly compiled: CompiledPolicies
  readonly diagnostics: readonly Diagnostic[]
  readonly texts: ReadonlyMap<string, string>
}

function show(validation: Validation, asJson: boolean, { output }: CommandContext): ExitCode {
  const { dir, sources, diagnostics, texts } = validation
  const { policies, routes } = validation.compiled
  const isValid = diagnostics.every(({ severity }) => severity !== 'error')
  if (asJson) {
    output.json({
      ok: isValid,
      digest: policies?.digest ?? null,
      files: sources.length,
      rules: policies?.ruleCount ?? null,
      routes: routes?.routes.length ?? null,
      diagnostics: diagnosticsAsJson(diagnostics),
    })
  } else {
    if (diagnostics.length > 0) output.result(showDiagnostics(diagnostics, texts))
    if (isValid && policies !== null && routes !== null) {
      const counts = `${sources.length} files, ${policies.ruleCount} rules, ${routes.routes.length} routes`
      output.result(
        `${output.style('green', 'Valid:')} ${dir}: ${counts}, digest ${policies.digest}`,
      )
    }
  }
  return isValid ? exitCodes.ok : exitCodes.negative
}
