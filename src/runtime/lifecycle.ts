import type { Log } from '../telemetry/log.ts'
import { describeError } from './describe-error.ts'

/** What of `process` is used: signals and last-resort errors. */
interface ProcessEvents {
  on(event: string, listener: (...values: readonly unknown[]) => void): unknown
}

export interface Supervised {
  /** Reads the policies again and reopens the record file. */
  reload(): Promise<void>
  /** Settles when everything has been shut down in order. */
  close(): Promise<void>
  /** Serves from new processes, of which it has several; absent where there is but this one. */
  restart?(): Promise<void>
  /** Ends other processes of its own before this one ends at once. */
  abandon?(): void
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
 * SIGTERM and SIGINT drain, a second one ends at once; SIGHUP reloads, SIGUSR2 replaces workers. An error that nobody handled
 * ends the process: what state it left behind is unknown, and guessing on would be failing open.
 */
export function supervise(runtime: Supervised, options: SupervisionOptions): Supervision {
  const { log, events, exitNow } = options
  const stopped = Promise.withResolvers<void>()
  let isStopping = false

  const stop = (signal: unknown): void => {
    if (isStopping) {
      log.warn({ signal }, 'Stopped at once by a second signal')
      runtime.abandon?.()
      exitNow(1)
      return
    }
    isStopping = true
    log.info({ signal }, 'Stopping: no new connections, waiting for requests in flight')
    const timer = setTimeout(() => {
      log.error({ timeoutMs: options.closeTimeoutMs }, 'Stopping took too long and was cut short')
      runtime.abandon?.()
      exitNow(1)
    }, options.closeTimeoutMs)
    closeAll(timer).catch(fail)
  }
  const closeAll = async (timer: NodeJS.Timeout): Promise<void> => {
    await runtime.close()
    clearTimeout(timer)
    log.info({}, 'Stopped')
    await log.flush?.()
    stopped.resolve()
  }
  const reload = (): void => {
    log.info({}, 'Reloading on SIGHUP')
    runtime.reload().catch(fail)
  }
  const restart = (): void => {
    if (runtime.restart === undefined || isStopping) {
      log.warn({}, 'SIGUSR2 is for several workers, and there are none to replace')
      return
    }
    log.info({}, 'Restarting the workers on SIGUSR2')
    runtime.restart().catch(fail)
  }
  const fail = (error: unknown): void => die(error, log, exitNow)

  const listeners: readonly (readonly [string, (...values: readonly unknown[]) => void])[] = [
    ['SIGTERM', stop],
    ['SIGINT', stop],
    ['SIGHUP', reload],
    ['SIGUSR2', restart],
    ['uncaughtException', fail],
    ['unhandledRejection', fail],
  ]
  for (const [event, listener] of listeners) events.on(event, listener)
  return { stopped: stopped.promise }
}

/** The last line of a process whose state nobody knows any more. */
export function die(error: unknown, log: Log, exitNow: (code: number) => void): void {
  log.error({ err: describeError(error) }, 'Stopping because of an error nobody handled')
  // What was said before is on its way to the system: a moment, so that it is not overtaken.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, lastWordsMs)
  exitNow(1)
}

const lastWordsMs = 20
