import type { Log } from '../telemetry/log.ts'

/** What of `process` is used: signals and last-resort errors. */
interface ProcessEvents {
  on(event: string, listener: (...values: readonly unknown[]) => void): unknown
}

export interface Supervised {
  /** Reads the policies again and reopens the record file. */
  reload(): Promise<void>
  /** Settles when everything has been shut down in order. */
  close(): Promise<void>
}

export interface SupervisionOptions {
  readonly log: Log
  readonly events: ProcessEvents
  /** Past it a shutdown counts as stuck. */
  readonly closeTimeoutMs: number
  readonly exitNow: (code: number) => void
}

export interface Supervision {
  /** Settles when the process has been told to stop and everything has been shut down. */
  readonly stopped: Promise<void>
}

/**
 * SIGTERM and SIGINT drain, a second one ends at once; SIGHUP reloads. An error that nobody handled
 * ends the process: what state it left behind is unknown, and guessing on would be failing open.
 */
export function supervise(runtime: Supervised, options: SupervisionOptions): Supervision {
  const { log, events, exitNow } = options
  const stopped = Promise.withResolvers<void>()
  let isStopping = false

  const stop = (signal: unknown): void => {
    if (isStopping) {
      log.warn({ signal }, 'Stopped at once by a second signal')
      exitNow(1)
      return
    }
    isStopping = true
    log.info({ signal }, 'Stopping: no new connections, waiting for requests in flight')
    const timer = setTimeout(() => {
      log.error({ timeoutMs: options.closeTimeoutMs }, 'Stopping took too long and was cut short')
      exitNow(1)
    }, options.closeTimeoutMs)
    closeAll(timer).catch(die)
  }
  const closeAll = async (timer: NodeJS.Timeout): Promise<void> => {
    await runtime.close()
    clearTimeout(timer)
    log.info({}, 'Stopped')
    stopped.resolve()
  }
  const reload = (): void => {
    log.info({}, 'Reloading on SIGHUP')
    runtime.reload().catch(die)
  }
  const die = (error: unknown): void => {
    log.error({ err: describeError(error) }, 'Stopping because of an error nobody handled')
    exitNow(1)
  }

  const listeners: readonly (readonly [string, (...values: readonly unknown[]) => void])[] = [
    ['SIGTERM', stop],
    ['SIGINT', stop],
    ['SIGHUP', reload],
    ['uncaughtException', die],
    ['unhandledRejection', die],
  ]
  for (const [event, listener] of listeners) events.on(event, listener)
  return { stopped: stopped.promise }
}

function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) }
  return { name: error.name, message: error.message, stack: error.stack }
}
