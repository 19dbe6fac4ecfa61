import { extname, join } from 'node:path'
import type { Command, CommandContext } from './command.ts'
import { exitCodes } from './exit-codes.ts'
import { locatedIn } from './located.ts'
import { showDiagnostics } from './show-diagnostics.ts'
import type { Config } from '../config/config.ts'
import { configVariable } from '../config/environment.ts'
import { readConfig } from '../config/read-config.ts'
import { Fault } from '../model/fault.ts'
import { describePlace } from '../source/render.ts'
import { supervise, type Supervised } from '../runtime/lifecycle.ts'
import { findPinnedChanges } from '../runtime/pinned-settings.ts'
import { UnusablePolicies } from '../runtime/unusable-policies.ts'
import { startWorkerPrograms } from '../runtime/worker-programs.ts'
import { countWorkers } from '../runtime/worker-share.ts'
import type { Log } from '../telemetry/log.ts'
import { createProcessLog } from '../runtime/process-log.ts'

const defaultFile = 'sallyport.yaml'
/** Beyond the drain: ending the decision API, writing the records that are queued, closing the rest. */
const closeMarginMs = 12_000

export const serveCommand: Command = {
  verb: 'serve',
  summary: 'run the gateway, the decision API and the operations endpoints',
  description: [
    'Reads the configuration and the policies, then listens: the gateway on 8080, the decision API on 8181, health and metrics on 8282, unless the configuration says otherwise. It starts only when nothing is wrong, and says everything that is.',
    'A changed policy folder is live within a second; a change with an error is refused as a whole, and the last good policies go on deciding. SIGHUP reads policies at once and reopens the record file; SIGTERM waits for requests in flight and ends.',
    'The log goes to stderr, one JSON object a line. Decision records go to stdout unless "records.sink" says otherwise.',
  ],
  positionals: [],
  options: [
    {
      name: 'config',
      short: 'c',
      value: 'FILE',
      does: 'Configuration file; docs/configuration.md describes it',
      default: defaultFile,
      variable: configVariable,
    },
  ],
  examples: [
    {
      line: 'sallyport serve --config sallyport.yaml',
      does: 'Runs until told to stop.',
    },
    {
      line: 'SALLYPORT_GATEWAY_PORT=9080 sallyport serve --config sallyport.yaml | tee records.ndjson',
      does: 'On another port, with the decision records kept.',
    },
  ],
  exits: [
    [exitCodes.ok, 'stopped as asked, after requests in flight had ended'],
    [exitCodes.negative, 'stopped by an error, or cut short by a second signal'],
    [exitCodes.unusable, 'the configuration or the policies have errors'],
    [exitCodes.unavailable, 'a port cannot be listened on, or a file it needs cannot be opened'],
  ],

  async run(args, { output, environment, exitNow }) {
    const file = args.text('config') ?? (environment[configVariable] || defaultFile)
    const { config, diagnostics, texts } = await readConfig(file, environment)
    if (diagnostics.length > 0) output.note(showDiagnostics(diagnostics, texts))
    if (config === null) {
      output.error(`not started, ${file} has errors`)
      return exitCodes.unusable
    }
    const log = createProcessLog(config.log.level)
    try {
      const runtime = await start(config, { file, environment, log, exitNow })
      const { stopped } = supervise(runtime, {
        log,
        events: process,
        closeTimeoutMs: config.gateway.drainTimeoutMs + closeMarginMs,
        exitNow,
      })
      await stopped
      return exitCodes.ok
    } catch (error) {
      if (error instanceof UnusablePolicies) {
        const located = locatedIn(config.policies.dir)
        const found = located.diagnostics(error.diagnostics)
        if (found.length > 0) output.note(showDiagnostics(found, located.texts(error.texts)))
        output.error(`not started, ${error.message}`)
        return exitCodes.unusable
      }
      if (error instanceof Fault) {
        output.error(`not started, ${error.message}`)
        return error.code === 'ERR_READ' ? exitCodes.unusable : exitCodes.unavailable
      }
      throw error
    }
  },
}

interface ServeContext extends Pick<CommandContext, 'environment' | 'exitNow'> {
  readonly file: string
  readonly log: Log
}

/** One process serves by itself; several have a primary. */
async function start(config: Config, context: ServeContext): Promise<Supervised> {
  const { log, exitNow } = context
  const count = countWorkers(config)
  if (count === 1) {
    const { startRuntime } = await import('../runtime/runtime.ts')
    return startRuntime(config, { log })
  }
  // Of the same kind as this file: a source or what was built from it.
  const file = join(import.meta.dirname, `worker${extname(import.meta.filename)}`)
  const workers = startWorkerPrograms(file, count)
  const { startPrimary } = await import('../runtime/primary.ts')
  const primary = await startPrimary(config, {
    log,
    workers,
    gaveUp: () => {
      log.error({}, 'No worker could be kept serving: giving up')
      primary.abandon()
      exitNow(exitCodes.negative)
    },
  })
  let current = config
  return {
    ...primary,
    restart: async () => {
      const next = await readAgain(current, context)
      if (next === null) return
      try {
        await primary.restart(next, Math.max(countWorkers(next), 1))
        current = next
        log.info({}, 'Serving from new workers')
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        log.error({ reason }, 'New workers could not start: the old ones go on')
      }
    },
  }
}

async function readAgain(
  before: Config,
  { file, environment, log }: ServeContext,
): Promise<Config | null> {
  const { config, diagnostics } = await readConfig(file, environment)
  if (config === null) {
    const errors = diagnostics.map((found) => `${describePlace(found)}: ${found.message}`)
    log.error({ errors }, 'The configuration has errors: nothing is restarted')
    return null
  }
  const pinned = findPinnedChanges(before, config)
  if (pinned.length === 0) return config
  log.error({ pinned }, 'These settings need the whole process started anew: nothing is restarted')
  return null
}
